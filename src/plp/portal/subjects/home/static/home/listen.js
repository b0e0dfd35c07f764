// A call for help is heard once, where the browser lets a page make a sound. Without this script it is red and on top
// of the page. Asking does not keep a session open.

const asked = document.querySelector("script[data-listen]").dataset.listen;
const EVERY = 30_000; // milliseconds between two looks
const BEEPS = [0, 0.3, 0.6]; // seconds

const sound = () => {
  const context = new AudioContext();
  if (context.state !== "running") return; // nobody has touched this page yet: the browser keeps it silent
  for (const begin of BEEPS) {
    const tone = context.createOscillator();
    tone.frequency.value = 880;
    tone.connect(context.destination);
    tone.start(context.currentTime + begin);
    tone.stop(context.currentTime + begin + 0.2);
  }
};

const newest = async () => {
  const answer = await fetch(asked, { headers: { "Plp-Listening": "1" }, redirect: "error" }).catch(() => null);
  return answer && answer.ok ? Number(await answer.text()) : 0; // the second of the newest call; 0: nobody calls
};

const isReloaded = performance.getEntriesByType("navigation")[0]?.type === "reload";
let heard = await newest();
if (!isReloaded && Date.now() / 1_000 - heard < EVERY / 1_000) sound(); // it came just before this page

setInterval(async () => {
  const call = await newest();
  if (call <= heard) return;
  heard = call;
  sound();
  setTimeout(() => location.reload(), 1_500);
}, EVERY);
