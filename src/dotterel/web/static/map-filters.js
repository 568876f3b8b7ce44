// Filters of the map without loading the page anew: what the form and the links of the page ask for is fetched under the
// same address, and put in the place of the parts of this page that tell of what was found.

import { tell } from "/static/desk.js";

const PARTS = ["set", "told", "shades", "rest"];
const DATA = ["clusters", "acts", "extent", "shades"];
const place = document.querySelector("#map");
const form = () => document.querySelector("#filters");
const here = () => window.location.pathname + window.location.search;
let asking = 0;
let awaited = null; // the address that was asked for last, until its answer is shown
let shown = here();

/** The address that the form asks for: only what is filled in. */
function addressOf(fields) {
  const filled = [...new FormData(fields)].filter(([name, value]) => value.trim() && `${name}=${value}` !== "by=linked");
  const query = new URLSearchParams(filled.map(([name, value]) => [name, value.trim()])).toString();
  return `/map${query ? `?${query}` : ""}`;
}

/** What the desk answers under an address, as a document. Throws an Error that says what is wrong with it. */
async function read(address) {
  const answer = await fetch(address, { headers: { Accept: "text/html, application/json" } }).catch(() => {
    throw new Error("The desk does not answer; is dotterel serve still running?");
  });
  if (!answer.ok) throw new Error((await answer.json()).error);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

/** Take over what was found. `whole` takes the form too, as a link may have changed a filter. */
function put(made, whole) {
  for (const id of whole ? [...PARTS, "filters"] : PARTS) {
    document.getElementById(id).replaceWith(document.adoptNode(made.getElementById(id)));
  }
  for (const name of whole ? [] : ["since", "until"]) {
    form()[name].value = made.querySelector(`#filters [name=${name}]`).value;
  }
  for (const name of DATA) place.dataset[name] = made.querySelector("#map").dataset[name];
}

/** Show what the desk answers under an address. Enter in a changed field both changes it and submits the form: what is
 * on its way is not asked for again. */
async function show(address, changed, { whole = false, push = true } = {}) {
  if (address === awaited) return;
  awaited = address;
  const mine = ++asking;
  document.querySelector("#rest").setAttribute("aria-busy", "true");
  try {
    const made = await read(address);
    if (mine !== asking) return; // asked for something else since
    // Where there is nothing to draw, or other things are counted, the page is another.
    if (made.querySelector("#map")?.dataset.noun !== place.dataset.noun) return window.location.assign(address);
    put(made, whole);
    shown = address;
    if (push) window.history.pushState(null, "", address + window.location.hash);
    tell("");
    changed();
  } catch (error) {
    if (mine === asking) tell(error.message, true);
  } finally {
    if (mine === asking) awaited = null;
  }
  document.querySelector("#rest").removeAttribute("aria-busy");
}

/** Follow the form, the links of the page that lead to the map, and the browser's way back; `changed` is called then. */
export function follow(changed) {
  document.addEventListener("submit", (sent) => {
    if (sent.target !== form()) return;
    sent.preventDefault();
    show(addressOf(sent.target), changed);
  });
  document.addEventListener("change", ({ target }) => {
    if (target.form === form() && target.id !== "shade") show(addressOf(form()), changed);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("main a[href]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const to = new URL(link.href);
    if (document.querySelector("#shade").checked) to.searchParams.set("shade", "1");
    else to.searchParams.delete("shade");
    if (to.origin !== window.location.origin || to.pathname !== "/map" || to.pathname + to.search === shown) return;
    event.preventDefault();
    const put = show(to.pathname + to.search, changed, { whole: true });
    if (to.hash) put.then(() => document.querySelector(to.hash)?.scrollIntoView());
  });
  window.addEventListener("popstate", () => {
    if (here() !== shown) show(here(), changed, { whole: true, push: false });
  });
}

/** Note that the address of what is shown has changed otherwise. */
export function noted() {
  shown = here();
}
