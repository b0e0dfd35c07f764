// A form that came while our data were away: sent again by itself, as long as its page is open. Once it is taken, the
// next page says so; else this one comes back. Whoever presses the button before has sent it: the clock stops, also for
// the page that "back" brings out again.

const SECONDS = 30;

const form = document.querySelector("[data-send-again]");
const clock = setTimeout(() => form.requestSubmit(), SECONDS * 1000);
form.addEventListener("submit", () => clearTimeout(clock));
