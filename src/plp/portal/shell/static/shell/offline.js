// Shows what a member chose to keep on this device, for a month; afterwards it goes.

const MONTH = 30 * 86400000;

const filled = (name, words) => {
  const drawn = document.querySelector(`template[data-${name}]`).content.cloneNode(true);
  for (const [part, text] of Object.entries(words)) {
    const place = drawn.querySelector(`[data-part=${part}]`);
    place.textContent = text;
    place.hidden = !text;
  }
  return drawn;
};

const showMessage = ({ language, ...words }) => {
  const drawn = filled("message", words);
  drawn.querySelector("[data-words]").lang = language;
  return drawn;
};

const showDesk = ({ name, number }) => {
  const drawn = filled("desk", { name, number });
  drawn.querySelector("a").href = `tel:${number.replaceAll(/[^+\d]/g, "")}`;
  return drawn;
};

const show = async () => {
  if (!await caches.has("kept")) return;
  const cache = await caches.open("kept");
  const [address] = await cache.keys();
  const kept = address && await (await cache.match(address)).json();
  if (!kept || Date.now() - Date.parse(kept.at) > MONTH) {
    await caches.delete("kept");
    return;
  }
  document.querySelector("[data-kept]").hidden = false;
  document.querySelector("[data-not-kept]").hidden = true;
  document.querySelector("[data-since]").textContent = kept.since;
  document.querySelector("[data-messages]").append(...kept.messages.map(showMessage));
  document.querySelector("[data-desks]").append(...kept.desks.map(showDesk));
};

document.querySelector("[data-again]").addEventListener("click", () => window.location.reload());
if ("caches" in window) {
  show();
}
