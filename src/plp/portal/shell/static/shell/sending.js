// A report that was written without a connection: one, as it was typed, in a place of its own on this device. It is sent
// once, under a key of its own, and goes then; unsent it goes after a week. Used by the worker and by the page.

const WEEK = 7 * 86400000;
const REPORT = "report";

const keptReport = async (address) => {
  if (!await caches.has(REPORT)) return null;
  const kept = await (await caches.open(REPORT)).match(address);
  if (kept && Date.now() - Number(kept.headers.get("Kept-At")) < WEEK) return kept;
  await caches.delete(REPORT);
  return null;
};

const writeReport = async (address, kept, refused) => {
  const headers = {
    "Content-Type": kept.headers.get("Content-Type"),
    "Kept-At": kept.headers.get("Kept-At") || String(Date.now()),
    "Refused": refused,
  };
  await (await caches.open(REPORT)).put(address, new Response(await kept.blob(), { headers }));
};

const deleteReport = () => caches.delete(REPORT);

// What the site says of it; null where nothing waits, or where it was refused already and its writer has to change it.
const sendReport = (address) => navigator.locks.request(REPORT, async () => {
  const kept = await keptReport(address);
  if (!kept || kept.headers.get("Refused")) return null;
  const { token } = await (await fetch(address, { redirect: "error" })).json();
  const headers = { "Content-Type": kept.headers.get("Content-Type"), "X-CSRFToken": token };
  const answer = await fetch(address, { method: "POST", body: await kept.clone().blob(), headers, redirect: "error" });
  if (!answer.ok) throw new Error("not taken");
  const told = await answer.json();
  await (told.sent ? deleteReport() : writeReport(address, kept, "1"));
  return told;
});
