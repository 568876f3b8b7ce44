// Shows what an event is after a decision about one of its tellings: the heading, the table and the telling's own facts.

import { tell } from "./desk.js";

let asked = 0;

async function anew() {
  const turn = ++asked;
  const answer = await fetch(location.href).catch(() => null);
  if (turn !== asked) return;
  if (!answer?.ok) return tell("What the event is now could not be loaded; load the page anew.", true);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = new Map([...page.querySelectorAll("[data-anew]")].map((one) => [one.dataset.anew, one]));
  if (!found.size) return tell("Every telling is rejected: the event is left out of all other pages until one is taken back.");
  for (const element of document.querySelectorAll("[data-anew]")) {
    const now = found.get(element.dataset.anew);
    element.hidden = !now;
    if (now) element.replaceChildren(...document.importNode(now, true).childNodes);
  }
  document.title = page.title;
}

document.addEventListener("corrected", anew);
