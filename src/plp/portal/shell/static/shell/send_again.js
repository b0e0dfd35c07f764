// A form that came while our data were away: sent again by itself, as long as its page is open. Once it is taken, the
// next page says so; else this one comes back.

const SECONDS = 30;

setTimeout(() => document.querySelector("[data-send-again]").requestSubmit(), SECONDS * 1000);
