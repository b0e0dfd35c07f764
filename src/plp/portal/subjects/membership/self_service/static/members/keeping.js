// "On this device": keep the last messages, put the site on the home screen. What is kept is one answer of our own
// server, under an address that holds the mark of its reader; leaving, or another reader, empties it (device.js).

const card = document.querySelector("[data-device]");
const address = card.dataset.device;
const part = (name) => card.querySelector(`[data-${name}]`);
const show = (name, shown) => { part(name).hidden = !shown; };

const isKept = async () => (await caches.has("kept")) && Boolean(await (await caches.open("kept")).match(address));

const keep = async () => {
  const answer = await fetch(address, { redirect: "error" });
  if (!answer.ok) throw new Error("not given");
  await (await caches.open("kept")).put(address, answer);
};

const draw = async () => {
  const kept = await isKept();
  show("keep", !kept);
  show("kept", kept);
};

const press = (name, act) => part(name).querySelector("button").addEventListener("click", () => {
  show("trouble", false);
  act().then(draw).catch(() => show("trouble", true));
});

if ("caches" in window && "serviceWorker" in navigator) {
  press("keep", keep);
  press("kept", () => caches.delete("kept"));
  isKept().then((kept) => (kept ? keep() : null)).catch(() => {}).then(draw); // what was read now is kept too
  card.hidden = false;
}

// Chromium hands over its question, to be asked where it is understood; an iPhone has it in its own menu alone.
window.addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  show("install", true);
  part("install").querySelector("button").addEventListener("click", () => {
    show("install", false);
    event.prompt();
  }, { once: true });
});
show("iphone", navigator.standalone === false);
