// The screen of a shop: a new message sounds once somebody has touched "Turn the sound on"; before that a browser lets
// nothing sound. Without this script the page shows the same, with a button for what is new.

const offer = document.querySelector("[data-sound]");
const heard = new Set();
let audio = null;

const newest = () => [...document.querySelectorAll("[data-new]")].map((shown) => shown.dataset.new);

const play = () => {
  const start = audio.currentTime;
  for (const [place, pitch] of [880, 660, 880].entries()) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = pitch;
    volume.gain.value = 0.3;
    tone.connect(volume).connect(audio.destination);
    tone.start(start + place * 0.35);
    tone.stop(start + place * 0.35 + 0.25);
  }
};

newest().forEach((key) => heard.add(key));

if (offer && "AudioContext" in window) {
  offer.hidden = false;
  offer.addEventListener("click", () => {
    audio = new AudioContext();
    offer.hidden = true;
    play();
  });
}

document.addEventListener("htmx:afterSwap", () => {
  const fresh = newest().filter((key) => !heard.has(key));
  fresh.forEach((key) => heard.add(key));
  if (fresh.length && audio) play();
});
