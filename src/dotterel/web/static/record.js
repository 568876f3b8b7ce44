// The grid of the record without loading the page anew: what the form and the links of the grid ask for is fetched
// under the same address, and put in the place of the parts of this page that are marked data-part.

import { tell } from "./desk.js";

const form = () => document.querySelector("#filters");
const PARTS = ["asked", "results"];
let asking = 0;
let awaited = null; // the address that was asked for last, until its answer is shown

/** The address that the form asks for: only what is filled in, columns as one list, on the first page. */
function addressOf(fields) {
  const asked = new URLSearchParams();
  const columns = [];
  for (const [name, value] of new FormData(fields)) {
    if (name === "columns") columns.push(value);
    else if (value.trim() && !(name === "by" && value === "linked")) asked.set(name, value.trim());
  }
  const usual = fields.dataset.usual.split(",");
  if (columns.length && String(columns) !== String(usual)) asked.set("columns", columns.join(","));
  const query = asked.toString().replaceAll("%2C", ",");
  return "/record" + (query ? `?${query}` : "");
}

/** Where the focus was, to be put there again in what takes its place. */
function kept() {
  const at = document.activeElement;
  return at?.dataset?.keep ? `[data-keep="${at.dataset.keep}"]` : null;
}

/** Show what the desk answers under an address. `whole` puts in the form too, as a link may have changed a filter.
 * Enter in a changed field both changes it and submits the form: what is on its way is not asked for again. */
async function show(address, { whole = false, push = true } = {}) {
  if (address === awaited) return;
  awaited = address;
  const mine = ++asking;
  const results = document.querySelector("#results");
  results.setAttribute("aria-busy", "true");
  const focus = kept();
  const inside = results.contains(document.activeElement);
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    const made = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine !== asking) return; // asked for something else since
    if (!made.querySelector("#results")) throw new Error(made.querySelector("main [role=alert] p")?.textContent ?? `The desk answered ${answer.status}.`);
    const open = [...document.querySelectorAll("#filters details[open]")].map((one) => one.id);
    for (const id of whole ? [...PARTS, "filters"] : PARTS) {
      document.getElementById(id).replaceWith(document.adoptNode(made.getElementById(id)));
    }
    if (!whole) for (const name of ["since", "until"]) form()[name].value = made.querySelector(`#filters [name=${name}]`).value;
    for (const id of open) document.getElementById(id).open = true;
    document.title = made.title;
    if (push) history.pushState(null, "", new URL(answer.url).pathname + new URL(answer.url).search);
    if (inside) (focus && document.querySelector(focus)?.closest("a,th") ? document.querySelector(focus) : document.querySelector("#asked")).focus();
    document.querySelector("#told").textContent = document.querySelector("#count, #results .empty h2").textContent;
    tell("");
  } catch (error) {
    if (mine !== asking) return;
    results.removeAttribute("aria-busy");
    tell(error instanceof TypeError ? "The desk does not answer; is dotterel serve still running?" : error.message, true);
  } finally {
    if (mine === asking) awaited = null;
  }
}

document.addEventListener("submit", (event) => {
  if (event.target === form()) {
    event.preventDefault();
    show(addressOf(event.target));
  } else if (event.target.matches(".jump")) {
    event.preventDefault();
    show("/record?" + new URLSearchParams(new FormData(event.target)));
  }
});

document.addEventListener("change", (event) => {
  if (event.target.form === form()) show(addressOf(form()));
});

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("#results a[href]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const to = new URL(link.href);
  if (to.origin !== location.origin || to.pathname !== "/record") return;
  event.preventDefault();
  const paging = link.closest(".pages, thead") !== null;
  show(to.pathname + to.search, { whole: true }).then(() => {
    if (paging && link.closest(".pages")) document.querySelector("#results").scrollIntoView();
  });
});

window.addEventListener("popstate", () => show(location.pathname + location.search, { whole: true, push: false }));
