// The one worker of the site: shows what a push service brings, and a page of our own where there is no connection.
// It keeps that page and its files, which say nothing of anybody. What a member keeps here, they keep themselves
// (keeping.js of the members' pages); no other page and no answer is kept. A report that was written without a
// connection (sending.js, which stands before this) it sends as soon as there is one.

const AWAY = [502, 503, 504]; // our machine, or its data, cannot be reached for a moment
const CACHE = `shell-${shell.version}`;

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([shell.page, ...shell.files])));
});

const throwOld = async () => {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("shell-") && name !== CACHE).map((name) => caches.delete(name)));
  await self.clients.claim();
};

self.addEventListener("activate", (event) => event.waitUntil(throwOld()));

// Whoever changes the language finds the page without a connection in it too.
const follow = async (language) => {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(shell.page);
  if (language && kept && kept.headers.get("Content-Language") !== language) await cache.add(shell.page);
};

const show = async (event) => {
  try {
    const answer = await fetch(event.request);
    if (AWAY.includes(answer.status)) return await caches.match(shell.page) || answer; // a report can be written there
    event.waitUntil(follow(answer.headers.get("Content-Language")).catch(() => {}));
    event.waitUntil(sendReport(shell.report).catch(() => {})); // the next page says so
    return answer;
  } catch {
    return await caches.match(shell.page) || Response.error();
  }
};

self.addEventListener("fetch", (event) => {
  if (event.request.mode === "navigate" && event.request.method === "GET") {
    event.respondWith(show(event));
  } else if (shell.files.includes(new URL(event.request.url).pathname)) {
    event.respondWith(caches.match(event.request).then((kept) => kept || fetch(event.request)));
  }
});

self.addEventListener("sync", (event) => {
  if (event.tag === "report") event.waitUntil(sendReport(shell.report)); // tried again by the browser
});

self.addEventListener("push", (event) => {
  let told = {};
  try {
    told = event.data.json();
  } catch {
    // Without words it still says that something came: a browser wants to see a notification for each push.
  }
  const { title = "PLP", body = "", tag = "plp" } = told;
  event.waitUntil(self.registration.showNotification(title, { body, tag, icon: shell.icon }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(shell.messages));
});
