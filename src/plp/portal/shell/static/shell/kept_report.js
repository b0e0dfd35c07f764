// The form of the page without a connection: what is written is kept on this device (sending.js), and goes by itself.

const card = document.querySelector("[data-report]");
const form = card.querySelector("form");
const fields = form.elements;
const address = form.getAttribute("action");
const part = (name) => card.querySelector(`[data-${name}]`);
const show = (...names) => {
  for (const name of ["write", "waits", "sent", "trouble"]) part(name).hidden = !names.includes(name);
};

const isUrgent = () => ["now", "hour"].includes(fields.when.value);

const gate = () => {
  part("urgent").hidden = !isUrgent();
  part("told").hidden = isUrgent();
};

const empty = () => {
  form.reset();
  fields.day.value = new Date().toLocaleDateString("sv"); // the day here, as a field of days wants it
  gate();
};

const typed = async () => {
  const kept = await keptReport(address);
  return kept && kept.clone().formData();
};

const draw = async () => {
  const told = await typed();
  show(told ? "waits" : "write");
  if (!told) return;
  part("words").textContent = told.get("fact_behaviour");
  const day = new Date(`${told.get("day")}T12:00`);
  const words = day.toLocaleDateString(`${document.documentElement.lang}-BE`, { day: "numeric", month: "long", year: "numeric" });
  part("where").textContent = `${told.get("street")}, ${told.get("postcode")}, ${words} ${told.get("clock")}`;
};

const change = async () => {
  for (const [name, value] of await typed()) {
    if (typeof value === "string" && fields[name]) fields[name].value = value;
  }
  gate();
  part("write").querySelector("details").open = true;
  show("write");
};

// Who answered, is reached: the page says so above.
const showConnection = () => {
  const heading = document.querySelector("[data-connected]");
  heading.textContent = heading.dataset.connected;
  document.querySelector("[data-unconnected]").hidden = true;
  document.title = `${heading.textContent} – PLP`;
};

const send = async () => {
  const told = navigator.onLine && await sendReport(address);
  if (!told) return;
  showConnection();
  part(told.sent ? "news" : "why").textContent = told.words;
  if (told.sent) {
    empty();
    show("sent");
  } else {
    await change();
    show("write", "trouble");
  }
};

// The key of a report stays while it is changed; so do its pictures, where no others are chosen.
const keep = async () => {
  const [told, before] = [new FormData(form), await typed()];
  told.set("key", before ? before.get("key") : crypto.randomUUID());
  if (!fields.pictures.files.length) {
    told.delete("pictures");
    for (const picture of before ? before.getAll("pictures") : []) told.append("pictures", picture);
  }
  await writeReport(address, new Response(told), "");
  await draw();
  const worker = await navigator.serviceWorker?.getRegistration();
  await worker?.sync?.register("report").catch(() => {}); // where the browser sends by itself
  await send();
};

const remove = async () => {
  await deleteReport();
  empty();
  await draw();
};

form.addEventListener("change", gate);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!isUrgent()) keep().catch(draw); // without a connection it waits
});
part("send").addEventListener("click", () => {
  part("unreached").hidden = navigator.onLine;
  send().catch(draw);
});
part("change").addEventListener("click", change);
part("delete").addEventListener("click", remove);
window.addEventListener("online", () => send().catch(draw));
setInterval(() => send().catch(() => {}), 30000); // a machine that was away tells nobody that it is back

if ("serviceWorker" in navigator && "locks" in navigator) {
  empty();
  card.hidden = false;
  draw().then(send).catch(draw);
}
