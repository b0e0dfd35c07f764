// What this device keeps, it keeps for one reader. Each page says who reads it, by a mark that names nobody: what was
// kept for somebody else, or for a reader who has left, goes. Members, and whoever put the site on their home screen,
// get the worker, which shows a page of ours where there is no connection.

const told = document.querySelector("meta[name=reader]");

const empty = async (reader) => {
  if (!await caches.has("kept")) return;
  const kept = await (await caches.open("kept")).keys();
  if (!kept.length || kept.some((one) => new URL(one.url).searchParams.get("reader") !== reader)) {
    await caches.delete("kept");
  }
};

// The one script that may become a worker; text alone is refused by our policy (require-trusted-types-for).
const trusted = (address) => {
  if (!window.trustedTypes) return address;
  return window.trustedTypes.createPolicy("worker", { createScriptURL: () => address }).createScriptURL("");
};

if (told && "caches" in window) {
  empty(told.content);
}
if (told && "serviceWorker" in navigator) {
  const wanted = told.content.startsWith("m-") || document.querySelector("form[data-push]");
  if (wanted || window.matchMedia("(display-mode: standalone)").matches) {
    navigator.serviceWorker.register(trusted(told.dataset.worker)).catch(() => {}); // without it all works but this
  }
}

// A link that is shared opens the sheet of the telephone; where there is none, it stays a link to write a mail.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-share]");
  if (!link || !navigator.share) return;
  event.preventDefault();
  navigator.share({ title: document.title, url: link.dataset.share }).catch(() => {}); // who changes their mind
});

// Escape folds what is open around the keyboard, else the menu; the keyboard stays where it was opened.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  const open = document.activeElement?.closest("details[open]") || document.querySelector(".menu-more[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});

// A page that answers a form stands in the history under its address alone: Back and Reload ask for the page, and never
// end at the browser's question whether to send the form again.
if (history.state === null) {
  history.replaceState({}, "", location.href);
}
