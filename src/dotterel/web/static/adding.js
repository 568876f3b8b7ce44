// Adding a missed event: words are selected in the text, or written and found there; the form is filled from their sentence.
// Offsets count characters as Python does: one for what JavaScript counts as two (an emoji, say).

import { send, tell } from "./desk.js";

const details = document.querySelector("#adding");
const form = details.querySelector("form");
const named = JSON.parse(form.dataset.named); // [start, end, id, name]
const sentences = JSON.parse(form.dataset.sentences); // [start, end]
const found = document.querySelector("#words-found");
const other = document.querySelector("#other-place");
const count = (words) => [...words].length;
let places = []; // of the words that were written: {block, at} with `at` in JavaScript's counting
let place = 0;
let filled = null; // the sentence that the sides were filled from

/** Where a point of the page lies in the report's text; null where it lies outside of it. */
function offset(node, at) {
  const block = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-from]");
  if (!block) return null;
  const range = document.createRange();
  range.setStart(block, 0);
  range.setEnd(node, at);
  return { block, at: Number(block.dataset.from) + count(range.toString()) };
}

/** The words that are selected in the text: {words, start}; null where there are none, or they run over a paragraph. */
export function selected() {
  const selection = getSelection();
  if (selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const from = offset(range.startContainer, range.startOffset);
  const to = offset(range.endContainer, range.endOffset);
  if (!from || !to || from.block !== to.block) return null;
  const raw = range.toString();
  const words = raw.trim();
  return words ? { words, start: from.at + count(raw.slice(0, raw.indexOf(words))) } : null;
}

/** The stretch of a block, in JavaScript's counting, as a range of the page. */
function rangeOf(block, from, to) {
  const range = document.createRange();
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  let seen = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.data.length;
    if (from >= seen && from <= seen + length) range.setStart(node, from - seen);
    if (to <= seen + length) {
      range.setEnd(node, to - seen);
      return range;
    }
    seen += length;
  }
  return range;
}

function highlight(range) {
  if (!("highlights" in CSS)) return;
  if (range) CSS.highlights.set("chosen", new Highlight(range));
  else CSS.highlights.delete("chosen");
}

/** All places of the words in the text. */
function look(words) {
  const all = [];
  for (const block of document.querySelectorAll("[data-from]")) {
    const whole = block.textContent;
    for (let at = whole.indexOf(words); words && at >= 0; at = whole.indexOf(words, at + words.length)) all.push({ block, at });
  }
  return all;
}

/** Tell where the words stand, with what stands around them. */
function tellPlace(words) {
  other.hidden = places.length < 2;
  found.replaceChildren();
  if (!words) return highlight(null);
  if (!places.length) {
    found.textContent = "These words do not stand in the text; write them exactly as they do.";
    return highlight(null);
  }
  const { block, at } = places[place];
  const whole = block.textContent;
  const mark = document.createElement("mark");
  mark.textContent = words;
  const before = whole.slice(Math.max(0, at - 40), at);
  const after = whole.slice(at + words.length, at + words.length + 40);
  const which = places.length > 1 ? `Place ${place + 1} of ${places.length}: ` : "";
  found.append(`${which}…${before}`, mark, `${after}…`);
  const range = rangeOf(block, at, at + words.length);
  highlight(range);
  range.startContainer.parentElement?.scrollIntoView({ block: "nearest" });
}

/** The words in the form, their place, and who is named in their sentence. */
function choose(words, start = null) {
  places = look(words);
  const starts = places.map(({ block, at }) => Number(block.dataset.from) + count(block.textContent.slice(0, at)));
  place = Math.max(0, start === null ? 0 : starts.indexOf(start));
  if (start !== null && starts.indexOf(start) < 0) places = []; // chosen across an overlap: the words' own place counts
  form.elements.words.value = words;
  form.elements.start.value = start ?? starts[place] ?? "";
  if (start === null || places.length) tellPlace(words);
  if (form.elements.start.value !== "") fill(Number(form.elements.start.value), count(words));
}

/** Whoever is named before the words acted, whoever is named behind them was acted upon: to be corrected by the reader. */
function fill(start, length) {
  const sentence = sentences.find(([a, b]) => a <= start && start < b);
  if (!sentence || filled === `${start}`) return;
  filled = `${start}`;
  const inside = named.filter(([a, b]) => a >= sentence[0] && b <= sentence[1]);
  const names = (list) => [...new Set(list.map(([, , , name]) => name))];
  const who = names(inside.filter(([, b]) => b <= start));
  put("actors", who);
  put("recipients", names(inside.filter(([a]) => a >= start + length)).filter((name) => !who.includes(name)));
}

function put(side, names) {
  const set = form.querySelector(`[data-side=${side}]`);
  const inputs = [...set.querySelectorAll("input")];
  [...names, ""].forEach((name, n) => ((inputs[n] ?? addInput(set)).value = name));
  inputs.slice(names.length + 1).forEach((input) => (input.value = ""));
}

function addInput(set) {
  const inputs = set.querySelectorAll("input");
  const made = inputs[inputs.length - 1].cloneNode();
  made.value = "";
  made.setAttribute("aria-label", `${set.querySelector("legend").textContent}, ${inputs.length + 1}`);
  set.append(made);
  return made;
}

/** The id behind a name, where the report has but one of that name. */
function identity(name) {
  const ids = new Set(named.filter((one) => one[3] === name).map((one) => one[2]));
  return ids.size === 1 ? [...ids][0] : name;
}

/** The modes of the chosen type, and no others. */
function fitModes() {
  const { type, mode } = form.elements;
  for (const group of mode.querySelectorAll("optgroup")) group.hidden = group.disabled = group.label !== type.value;
  if (mode.selectedOptions[0]?.parentElement.disabled) mode.value = "";
}

function open(chosen) {
  details.open = true;
  if (chosen) choose(chosen.words, chosen.start);
  details.scrollIntoView({ block: "nearest" });
  (chosen ? form.elements.type : form.elements.words).focus();
}

function close() {
  details.open = false;
  form.reset();
  filled = null;
  choose("");
  fitModes();
}

// A button beside what is selected
const button = document.createElement("button");
button.type = "button";
button.id = "add-these";
button.textContent = "Add an event";
button.hidden = true;
document.querySelector("main").append(button);
document.addEventListener("selectionchange", () => {
  const chosen = selected();
  button.hidden = !chosen;
  if (!chosen) return;
  const box = getSelection().getRangeAt(0).getBoundingClientRect();
  const left = Math.min(box.left, document.documentElement.clientWidth - 140);
  button.style.left = `${Math.max(4, left) + scrollX}px`;
  button.style.top = `${box.bottom + 6 + scrollY}px`;
});
button.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the selection
button.addEventListener("click", () => {
  const chosen = selected();
  button.hidden = true;
  getSelection().removeAllRanges();
  open(chosen);
});

form.elements.words.addEventListener("input", () => {
  const words = form.elements.words.value.trim();
  const kept = form.elements.words.value;
  choose(words);
  form.elements.words.value = kept;
});
other.addEventListener("click", () => {
  place = (place + 1) % places.length;
  const { block, at } = places[place];
  const words = form.elements.words.value.trim();
  form.elements.start.value = Number(block.dataset.from) + count(block.textContent.slice(0, at));
  tellPlace(words);
  fill(Number(form.elements.start.value), count(words));
});
form.elements.type.addEventListener("change", fitModes);
form.addEventListener("input", (event) => {
  const set = event.target.closest(".parties");
  if (set && [...set.querySelectorAll("input")].every((input) => input.value.trim())) addInput(set);
});

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const fields = new FormData(form);
  fields.set("words", form.elements.words.value.trim());
  for (const side of ["actors", "recipients"]) {
    const given = fields.getAll(side).filter((name) => name.trim()).map((name) => identity(name.trim()));
    fields.delete(side);
    given.forEach((one) => fields.append(side, one));
  }
  try {
    const told = await send("/corrections/add", fields);
    sessionStorage.setItem("told", told.message);
    const here = new URL(location.href);
    here.hash = "";
    here.searchParams.delete("record");
    here.searchParams.set("event", told.event);
    location.assign(here);
  } catch (error) {
    tell(error.message, true);
    document.querySelector("#notice").scrollIntoView({ block: "nearest" });
  }
});

const cancel = document.querySelector("#adding-cancel");
cancel.hidden = false;
cancel.addEventListener("click", close);
form.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  event.preventDefault();
  close();
  details.querySelector("summary").focus();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "m" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, select, textarea") || localStorage.getItem("keys") === "off") return;
  event.preventDefault();
  open(selected());
});

fitModes();
const told = sessionStorage.getItem("told");
if (told) {
  sessionStorage.removeItem("told");
  tell(told);
}
