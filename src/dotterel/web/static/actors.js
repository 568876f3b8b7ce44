// The list of actors follows what is typed; fields that take an id offer whom the letters could mean.

const filters = document.querySelector("#filters");
const found = document.querySelector("#found");
const chosen = new Map(); // id -> name of who is to be merged, on whatever page of the list they stand
let turn = 0;

/** Have those that were chosen before stay chosen: in their rows, or beside the button where they have none here. */
function choose() {
  const merging = found.querySelector(".merge");
  for (const [id, name] of chosen) {
    const box = found.querySelector(`[name="actor"][value="${CSS.escape(id)}"]`);
    if (box) box.checked = true;
    else if (merging) {
      const label = document.createElement("label");
      const input = Object.assign(document.createElement("input"), { type: "checkbox", name: "actor", value: id, checked: true });
      label.className = "beside";
      input.dataset.name = name;
      label.append(input, name);
      merging.querySelector("legend").after(label);
    }
  }
}

found?.addEventListener("change", ({ target }) => {
  if (target.name !== "actor") return;
  if (target.checked) chosen.set(target.value, target.dataset.name);
  else chosen.delete(target.value);
});

/** Show what the filters ask for now, and put it into the address bar. */
async function show() {
  const own = ++turn;
  const asked = new URLSearchParams([...new FormData(filters)].filter(([, value]) => value.trim()));
  const address = asked.size ? `${filters.getAttribute("action")}?${asked}` : filters.getAttribute("action");
  found.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address);
    if (own !== turn) return;
    if (!answer.ok) return window.location.assign(address); // the page tells what is wrong
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    found.replaceChildren(...document.importNode(page.querySelector("#found"), true).childNodes);
    choose();
    history.replaceState(null, "", address);
  } catch {
    if (own === turn) filters.submit();
  } finally {
    if (own === turn) found.setAttribute("aria-busy", "false");
  }
}

let wait = 0;
filters?.addEventListener("input", () => {
  clearTimeout(wait);
  wait = setTimeout(show, 180);
});
filters?.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(wait);
  show();
});

let asking = 0;
document.addEventListener("input", async (event) => {
  const field = event.target;
  if (!(field instanceof HTMLInputElement) || !("complete" in field.dataset)) return;
  const own = ++asking;
  await new Promise((resolve) => setTimeout(resolve, 120));
  if (own !== asking || field.value.trim().length < 2) return;
  const answer = await fetch(`/actors/complete?q=${encodeURIComponent(field.value)}`).catch(() => null);
  if (own !== asking || !answer?.ok) return;
  const options = (await answer.json()).map((one) => {
    const option = document.createElement("option");
    option.value = one.actor_id;
    option.label = [one.name, one.country, one.events === 1 ? "1 event" : `${one.events} events`].filter(Boolean).join(" · ");
    return option;
  });
  field.list?.replaceChildren(...options);
});
