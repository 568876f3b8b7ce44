// The list of decisions: undoing one leaves the page where it is; the labelled sentences are counted once the page is there.

import { send, tell } from "./desk.js";

document.querySelector(".decisions")?.addEventListener("submit", async (event) => {
  const form = event.target;
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    const told = await send(form.getAttribute("action"), new FormData(form));
    const entry = form.closest("li");
    entry.classList.add("undone");
    entry.querySelector(".holds").textContent = "undone just now";
    const next = entry.nextElementSibling?.querySelector("button") ?? document.querySelector("#main");
    form.remove();
    next.focus({ preventScroll: true });
    tell(told.message);
    count();
  } catch (error) {
    button.disabled = false;
    tell(error.message, true);
  }
});

async function count() {
  const place = document.querySelector("[data-count]");
  if (!place) return;
  const answer = await fetch(place.dataset.count, { headers: { Accept: "application/json" } }).catch(() => null);
  if (answer?.ok) place.textContent = (await answer.json()).message;
}

count();
