// Passkeys. The page works without this file: its form stays hidden and the code of the app is typed instead.
// A form says data-passkey="get" or "create", with data-options (JSON) or data-options-from (an address giving JSON).

const toBytes = (text) => {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
};

const toText = (buffer) => {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
};

const readOptions = (options) => {
  const key = { ...options.publicKey, challenge: toBytes(options.publicKey.challenge) };
  if (key.user) key.user = { ...key.user, id: toBytes(key.user.id) };
  for (const name of ["allowCredentials", "excludeCredentials"]) {
    if (key[name]) key[name] = key[name].map((one) => ({ ...one, id: toBytes(one.id) }));
  }
  return { publicKey: key };
};

const writeCredential = (credential) => {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = toText(credential.response[name]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
};

const ask = async (form) => {
  const { passkey, options, optionsFrom } = form.dataset;
  const given = optionsFrom
    ? (await (await fetch(optionsFrom, { headers: { Accept: "application/json" } })).json()).request_options
    : JSON.parse(options);
  const credential = await navigator.credentials[passkey](readOptions(given));
  form.elements.credential.value = writeCredential(credential);
  form.submit();
};

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) break;
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const trouble = form.querySelector(".passkey-trouble");
    trouble.hidden = true;
    ask(form).catch(() => { trouble.hidden = false; });
  });
}
