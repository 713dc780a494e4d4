/* The door on a phone: a tick without a new page, and every few seconds what other phones ticked. Without this script
   the same buttons send a form and show the page again. */
"use strict";

(() => {
  const EVERY = 4000;
  const fresh = (html) => new DOMParser().parseFromString(html, "text/html").querySelector("[data-deur]");

  const show = (html) => {
    const now = document.querySelector("[data-deur]");
    const next = fresh(html);
    if (!next) {
      window.location.reload();
      return;
    }
    const focus = document.activeElement && document.activeElement.closest("li[id]");
    // A number that somebody chose but did not send yet stays.
    now.querySelectorAll("select").forEach((select) => {
      const same = next.querySelector(`#${CSS.escape(select.id)}`);
      if (same && select.dataset.chosen) {
        same.value = select.value;
        same.dataset.chosen = "1";
      }
    });
    now.replaceWith(next);
    const back = focus && document.getElementById(focus.id);
    if (back) back.querySelector("button").focus({ preventScroll: true });
  };

  const ask = async (url, options) => {
    const answer = await fetch(url, { credentials: "same-origin", ...options });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.text();
  };

  let sending = 0;
  const pressed = new Map(); // a second tap within a second is the same tap
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-deur] select")) event.target.dataset.chosen = "1";
  });
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.closest("[data-deur]")) return;
    event.preventDefault();
    const home = new FormData(form).get("gezin");
    if (Date.now() - (pressed.get(home) || 0) < 1000) return;
    pressed.set(home, Date.now());
    sending += 1;
    try {
      show(await ask(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) }));
    } catch {
      form.submit();
    } finally {
      sending -= 1;
    }
  });
  setInterval(async () => {
    const busy = sending || document.hidden || (document.activeElement && document.activeElement.matches("select"));
    if (busy || !document.querySelector("[data-deur]")) return;
    try {
      const html = await ask(window.location.pathname);
      if (!sending) show(html);
    } catch {
      /* No network for a moment: the next time. */
    }
  }, EVERY);
})();
