// htmx puts answers of our own server into the page as HTML, so that is the one thing the default policy lets pass.
// Text that would become code or a script's address is refused by the browser (require-trusted-types-for).
if (window.trustedTypes && window.trustedTypes.createPolicy) {
  window.trustedTypes.createPolicy("default", { createHTML: (html) => html });
}
