// Pages work without this file; it only makes three things easier: copying an address,
// following a task without reloading, and opening the print window.
(() => {
  "use strict";

  for (const button of document.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const field = document.getElementById(button.dataset.copy);
      const said = document.getElementById(button.dataset.say);
      try {
        await navigator.clipboard.writeText(field.value);
        said.textContent = "Gekopieerd";
      } catch {
        field.select();
        said.textContent = "Kopieer met Ctrl+C";
      }
    });
  }

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  const task = document.querySelector("[data-state-url]");
  if (task) {
    const bar = task.querySelector("progress");
    const message = task.querySelector("[data-message]");
    const look = async () => {
      try {
        const answer = await fetch(task.dataset.stateUrl, { headers: { Accept: "application/json" } });
        if (!answer.ok) throw new Error(String(answer.status));
        const now = await answer.json();
        if (now.state !== task.dataset.state) return window.location.reload();
        if (now.message) message.textContent = now.message;
        if (now.total) {
          bar.max = now.total;
          bar.value = now.done;
        }
      } catch {
        // The connection may come back; keep asking.
      }
      return setTimeout(look, 1500);
    };
    setTimeout(look, 1000);
  }
})();
