// Shows what a push service brings, and opens the page of messages. Keeps nothing: no cache, no database, no name.

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("push", (event) => {
  let told = {};
  try {
    told = event.data.json();
  } catch {
    // Without words it still says that something came: a browser wants to see a notification for each push.
  }
  const { title = "PLP", body = "", tag = "plp" } = told;
  event.waitUntil(self.registration.showNotification(title, { body, tag, icon: "/static/shell/favicon.svg" }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow("/m/messages/"));
});
