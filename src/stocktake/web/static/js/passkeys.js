/* Binds the passkey buttons of a page to the sign-in library, which speaks to the browser. */

function settings(button) {
  const { credential, passwordless, options } = button.dataset;
  const kind = button.dataset.passkey;
  return {
    ids: { [kind]: button.id, credential, passwordless },
    data: options ? JSON.parse(options) : undefined,
  };
}

function show(selector, isShown) {
  document.querySelectorAll(selector).forEach((part) => { part.hidden = !isShown; });
}

function bind() {
  const forms = window.allauth?.webauthn?.forms;
  if (!forms || !window.PublicKeyCredential) return;
  show("[data-passkey-part]", true);
  show("[data-passkey-missing]", false);
  for (const button of document.querySelectorAll("[data-passkey]")) {
    button.addEventListener("click", () => show("[data-passkey-fault]", false));
    forms[`${button.dataset.passkey}Form`](settings(button));
  }
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  show("[data-passkey-fault]", true);
});

bind();
