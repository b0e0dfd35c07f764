// Notifications on this device. The page works without this file: its form stays hidden, and it says what else there is.

const toBytes = (text) => {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
};

const subscribe = async (form) => {
  if (await Notification.requestPermission() !== "granted") throw new Error("not allowed");
  const registration = await navigator.serviceWorker.ready; // registered by device.js
  const applicationServerKey = toBytes(form.dataset.push);
  const old = await registration.pushManager.getSubscription();
  if (old) await old.unsubscribe();
  const given = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
  const { endpoint, keys } = given.toJSON();
  form.elements.subscription.value = JSON.stringify({ endpoint, keys });
  form.submit();
};

const form = document.querySelector("form[data-push]");
if (form && "serviceWorker" in navigator && "PushManager" in window && "Notification" in window) {
  const trouble = form.querySelector("[role=alert]");
  form.hidden = false;
  document.querySelector("[data-no-push]").hidden = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    trouble.hidden = true;
    subscribe(form).catch(() => { trouble.hidden = false; });
  });
}
