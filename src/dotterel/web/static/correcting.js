// Decides about events without leaving the page: accept, reject, edit, undo; by button or, for the current event, by key.
//
// Works on what templates/correcting.html makes: elements with data-correct (the event's id), and forms .editing.
// The current event is the one that has the focus in it, else the one within .lit, .current or [aria-current], else the
// only one of the page. After each decision the element sends an event `corrected` that bubbles; its detail holds
// {event, kind, number, message, undone}: a page that shows the event's fields listens and loads them anew.

import { complete } from "./completing.js";
import { send, tell } from "./desk.js";

const DECIDED = { accept: "accepted", reject: "rejected", edit: "edited" };
const made = "decisions:" + document.querySelector("meta[name=secret]").content; // of this run of the desk
const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1);

/** Whether what is pressed is meant for a field, or for the browser. */
export function typed(event) {
  const { target } = event;
  return (
    event.ctrlKey || event.metaKey || event.altKey || event.isComposing || localStorage.getItem("keys") === "off" ||
    (target instanceof Element && target.closest("input, select, textarea, [contenteditable], dialog") !== null)
  );
}

const remembered = () => JSON.parse(sessionStorage.getItem(made) ?? "[]");
const remember = (list) => sessionStorage.setItem(made, JSON.stringify(list.slice(-200)));

/** Every element that is about an event. */
const about = (event) => [...document.querySelectorAll(`[data-correct="${CSS.escape(event)}"]`)];

function label(element, decided) {
  element.dataset.decided = decided;
  const place = element.querySelector("[data-label]");
  if (place) place.textContent = capital(decided || "not checked yet");
}

/** Say beside the event what happened to it, with a way back where there is one. */
function say(element, message, { failed = false, undo = null } = {}) {
  const place = element?.querySelector(".told");
  if (!place) return tell(message, failed);
  place.replaceChildren(message);
  place.classList.toggle("failed", failed);
  place.hidden = false;
  place.scrollIntoView({ block: "nearest" });
  if (undo) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Undo";
    button.addEventListener("click", () => undoOne(undo));
    place.append(button);
  }
}

/** Send a decision and remember it for undo. Throws an Error that says what happened. */
export async function decide(path, fields, event, before = "") {
  const told = await send(path, fields);
  const one = { undo: told.undo, number: told.number, kind: told.kind, event, before };
  remember([...remembered(), one]);
  return { ...told, one };
}

/** Take a decision back. Throws an Error that says what happened. */
export async function takeBack(one) {
  const told = await send(one.undo, { number: one.number });
  remember(remembered().filter((other) => other.undo !== one.undo || other.number !== one.number));
  return told;
}

/** The last decision that was made in this tab; undefined where there is none. */
export const last = () => remembered().at(-1);

function announce(element, detail) {
  element.dispatchEvent(new CustomEvent("corrected", { detail, bubbles: true }));
}

async function undoOne(one) {
  const elements = about(one.event);
  try {
    const told = await takeBack(one);
    for (const element of elements) label(element, one.before);
    say(elements[0], told.message);
    announce(elements[0] ?? document, { ...one, message: told.message, undone: true });
  } catch (error) {
    say(elements[0], error.message, { failed: true });
  }
}

async function submit(form, element) {
  const buttons = [...element.querySelectorAll("button")];
  for (const button of buttons) button.disabled = true;
  const { event } = Object.fromEntries(new FormData(form));
  try {
    const told = await decide(form.getAttribute("action"), new FormData(form), event, element.dataset.decided);
    label(element, DECIDED[told.kind]);
    if (form.matches(".editing")) close(form);
    say(element, told.message, { undo: told.one });
    announce(element, { ...told.one, message: told.message, undone: false });
  } catch (error) {
    say(form.matches(".editing") ? form : element, error.message, { failed: true });
  } finally {
    for (const button of buttons) button.disabled = false;
  }
}

/** Open the form of an event beneath its buttons. */
async function open(element) {
  let form = element.querySelector(".editing");
  if (!form) {
    const link = element.querySelector("[data-edit]");
    try {
      const answer = await fetch(`${link.getAttribute("href")}&part=1`);
      if (!answer.ok) throw new Error(`The form could not be loaded (${answer.status}).`);
      const found = new DOMParser().parseFromString(await answer.text(), "text/html");
      form = document.importNode(found.querySelector(".editing"), true);
    } catch (error) {
      say(element, error.message, { failed: true });
      return;
    }
    element.append(form);
    prepare(form);
    for (const place of element.querySelectorAll(":scope > .told")) place.hidden = true;
  }
  form.elements.type.focus();
}

function close(form) {
  const element = form.closest("[data-correct]");
  if (!element) return; // a page of its own, which has a link back
  form.remove();
  element.querySelector("[data-edit]").focus();
}

/** The modes of the chosen type and no others; a line more where the last is written into; names completed. */
export function prepare(form) {
  if (form.dataset.ready) return;
  form.dataset.ready = "1";
  const { type, mode } = form.elements;
  const choices = [...mode.children];
  const fit = () => {
    const chosen = mode.value;
    mode.replaceChildren(...choices.filter((one) => one.tagName === "OPTION" || one.label === type.value));
    mode.value = [...mode.options].some((one) => one.value === chosen) ? chosen : "";
  };
  type.addEventListener("change", fit);
  fit();
  form.addEventListener("input", (event) => {
    const set = event.target.closest(".parties");
    if (!set) return;
    const lines = [...set.querySelectorAll("input")];
    if (lines.at(-1).value) {
      const more = lines.at(-1).cloneNode();
      more.value = "";
      lines.at(-1).setAttribute("aria-label", `${set.querySelector("legend").textContent}, ${lines.length}`);
      set.append(more);
    }
    complete(event.target);
  });
  for (const button of form.querySelectorAll("[data-cancel]")) button.hidden = !form.closest("[data-correct]");
}

/** The element of the event that keys are meant for. */
function current() {
  const focused = document.activeElement?.closest("[data-correct], [data-event]");
  const within = focused?.matches("[data-correct]") ? focused : focused?.querySelector("[data-correct]");
  if (within) return within;
  const all = [...document.querySelectorAll("[data-correct]")];
  return all.find((one) => one.closest(".lit, .current, [aria-current=true]")) ?? (all.length === 1 ? all[0] : null);
}

const KEYS = { a: "/corrections/accept", r: "/corrections/reject" };

document.addEventListener("submit", (event) => {
  const element = event.target.closest("[data-correct]:not([data-own])");
  if (!element) return;
  event.preventDefault();
  submit(event.target, element);
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-correct]:not([data-own]) [data-edit]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    open(link.closest("[data-correct]"));
  }
  if (event.target.closest("[data-cancel]")) {
    const form = event.target.closest(".editing");
    if (!form.closest("[data-own]")) close(form);
  }
});
document.addEventListener("keydown", (event) => {
  const form = event.target instanceof Element ? event.target.closest(".editing") : null;
  if (form && !form.closest("[data-own]")) {
    if (event.key === "Escape") {
      event.preventDefault();
      close(form);
    }
  }
  if (form && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
  }
});
// Before the keys of the page: with an event that is current, these are about it. Selected words are not.
document.addEventListener(
  "keydown",
  (event) => {
    if (typed(event) || event.defaultPrevented || !getSelection().isCollapsed) return;
    const element = current();
    if (element?.closest("[data-own]")) return;
    if (event.key === "u" && last()) undoOne(last());
    else if (element && KEYS[event.key]) element.querySelector(`form[action="${KEYS[event.key]}"]`)?.requestSubmit();
    else if (element && event.key === "e") open(element);
    else return;
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);

for (const form of document.querySelectorAll(".editing")) prepare(form);
