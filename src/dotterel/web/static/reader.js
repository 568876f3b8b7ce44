// The reader: a record lights up its words, words light up their records; which kinds are marked; keys.

import { tell } from "./desk.js";

const reader = document.querySelector(".reader");
let text = []; // the segments that are words of a record
let records = []; // the cards, in order
let cards = new Map(); // key -> card
let words = new Map(); // key -> its segments, in order
let marks = []; // the segments that are marked, which the arrow keys go to
const bar = document.querySelector("#lit-bar");
const narrow = matchMedia("(max-width: 980px)");
let lit = []; // keys
let last = { segment: null, depth: 0 }; // a second click on the same words goes one span further out

const layers = (segment) => segment.dataset.refs.split(" ").map((keys) => keys.split(",").filter((key) => cards.has(key)));

/** Take in what the page holds now. */
function gather() {
  text = [...reader.querySelectorAll("[data-refs]")];
  records = [...reader.querySelectorAll(".record[data-key]")];
  cards = new Map(records.map((card) => [card.dataset.key, card]));
  words = new Map([...cards.keys()].map((key) => [key, []]));
  for (const segment of text) for (const key of new Set(layers(segment).flat())) words.get(key).push(segment);
  marks = text.filter((segment) => segment.classList.length > 1);
  marks.forEach((segment, n) => (segment.tabIndex = n ? -1 : 0));
}

/** The name of a record, as its card has it. */
function named(key) {
  const link = cards.get(key).querySelector(".point").cloneNode(true);
  link.querySelectorAll(".hushed").forEach((one) => one.remove());
  return link.textContent.replace(/\s+/g, " ").trim();
}

/** What the words of a segment are to the one record that is lit: "who", "where". */
function role(segment) {
  if (lit.length !== 1) return "";
  const ends = (segment.dataset.ends ?? "").split("|").filter((end) => end.startsWith(`${lit[0]}:`));
  return ends.map((end) => end.slice(end.indexOf(":") + 1)).join(", ");
}

function mark() {
  const chosen = new Set(lit.flatMap((key) => words.get(key)));
  reader.classList.toggle("has-lit", lit.length > 0);
  for (const segment of text) {
    segment.classList.toggle("lit", chosen.has(segment));
    const what = chosen.has(segment) ? role(segment) : "";
    if (what) segment.dataset.role = what;
    else delete segment.dataset.role;
  }
  for (const [key, card] of cards) {
    card.classList.toggle("lit", lit.includes(key));
    const link = card.querySelector(".point");
    if (lit.includes(key)) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

function say() {
  bar.hidden = lit.length === 0;
  const more = lit.length > 1 ? ` and ${lit.length - 1} more` : "";
  document.querySelector("#lit-told").textContent = lit.length ? named(lit[0]) + more : "";
}

/** The address tells what is lit, so that it can be shared or loaded anew. */
function keep() {
  const here = new URL(location.href);
  here.hash = "";
  here.searchParams.delete("event");
  here.searchParams.delete("record");
  const event = lit.length ? cards.get(lit[0]).dataset.event : null;
  if (event) here.searchParams.set("event", event);
  else if (lit.length) here.searchParams.set("record", lit[0]);
  history.replaceState(null, "", here);
}

/** Light up these records and their words, and nothing else. */
function light(keys) {
  lit = keys;
  mark();
  say();
  keep();
}

function showWords(key = lit[0]) {
  words.get(key)?.[0]?.scrollIntoView({ block: "center" });
}

/** The section of a record that is folded away opens. */
function unfold(card) {
  const folded = card.closest("details.more");
  if (folded) folded.open = true;
}

function showRecord(key = lit[0]) {
  const card = cards.get(key);
  if (!card) return;
  unfold(card);
  card.scrollIntoView({ block: "nearest" });
}

function lightRecord(key, focus = false) {
  last = { segment: null, depth: 0 };
  light([key]);
  unfold(cards.get(key));
  if (focus) cards.get(key).querySelector(".point").focus({ preventScroll: true });
  if (!narrow.matches) showRecord(key);
  showWords(key);
}

/** The records of the innermost words here; asked again at the same place, those of the words around them. */
function lightWords(segment) {
  const found = layers(segment).filter((keys) => keys.length);
  if (!found.length) return;
  const depth = last.segment === segment ? (last.depth + 1) % found.length : 0;
  last = { segment, depth };
  light(found[depth]);
  if (!narrow.matches) showRecord();
}

function clear() {
  last = { segment: null, depth: 0 };
  light([]);
}

function step(by) {
  if (!records.length) return;
  const at = lit.length ? records.findIndex((card) => card.dataset.key === lit[0]) : by > 0 ? -1 : 0;
  const next = records[(at + by + records.length) % records.length];
  lightRecord(next.dataset.key, true);
}

// Clicks
reader.addEventListener("click", (event) => {
  const point = event.target.closest(".point");
  if (point && (event.ctrlKey || event.metaKey || event.shiftKey)) return; // opens elsewhere
  const card = event.target.closest(".record[data-key]");
  if (card && (point || !event.target.closest("a, button, summary, input, select, textarea, form, dl"))) {
    event.preventDefault();
    lightRecord(card.dataset.key);
    return;
  }
  const within = event.target.closest(`a[href*="event="]`);
  const other = within && records.find((one) => one.dataset.event === new URL(within.href).searchParams.get("event"));
  if (other && card) {
    event.preventDefault();
    lightRecord(other.dataset.key, true);
    return;
  }
  const segment = event.target.closest(".seg");
  if (segment && getSelection().isCollapsed) lightWords(segment);
});
bar.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.step) step(Number(button.dataset.step));
  else if (button.dataset.to === "record") showRecord();
  else if (button.dataset.to === "words") showWords();
  else clear();
});

// Keys. In the text one mark at a time takes the focus; the arrows go from mark to mark.
function goTo(mark) {
  marks.forEach((one) => (one.tabIndex = -1));
  mark.tabIndex = 0;
  mark.focus();
}

const typing = (target) => target.closest("input, select, textarea, [contenteditable]") || localStorage.getItem("keys") === "off";

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.key === "Escape" && lit.length && !event.target.closest(".editing, .adding")) return clear();
  if (typing(event.target)) return;
  const at = marks.indexOf(event.target);
  if (at >= 0 && (event.key === "ArrowRight" || event.key === "ArrowLeft")) {
    event.preventDefault();
    goTo(marks[(at + (event.key === "ArrowRight" ? 1 : -1) + marks.length) % marks.length]);
  } else if (at >= 0 && (event.key === "Enter" || event.key === " ")) {
    event.preventDefault();
    lightWords(event.target);
  } else if (event.key === "n" || event.key === "p") {
    event.preventDefault();
    step(event.key === "n" ? 1 : -1);
  }
});

// Which kinds of words are marked
const kinds = document.querySelector("#kinds");
kinds?.addEventListener("change", () => {
  const boxes = [...kinds.querySelectorAll("input[type=checkbox]")];
  const shown = boxes.filter((box) => box.checked).map((box) => box.value);
  reader.dataset.shown = shown.join(" ");
  const here = new URL(location.href);
  here.searchParams.delete("kinds");
  if (shown.length < boxes.length) for (const kind of shown.length ? shown : ["none"]) here.searchParams.append("kinds", kind);
  history.replaceState(null, "", here);
});

/** Load the text and the record anew, after something was decided; the first of these events that is there is lit up. */
async function renew(events, news) {
  const here = new URL(location.href);
  here.searchParams.delete("event");
  here.searchParams.delete("record");
  const answer = await fetch(here);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const opened = new Set([...document.querySelectorAll(".why[open]")].map((one) => one.closest(".record").id));
  for (const id of ["headline", "text", "jumps", "records"]) document.getElementById(id).replaceWith(page.getElementById(id));
  gather();
  for (const id of opened) document.getElementById(id)?.querySelector(".why")?.setAttribute("open", "");
  const card = events.map((event) => records.find((one) => one.dataset.event === event)).find(Boolean);
  if (card) lightRecord(card.dataset.key, true);
  else clear();
  tell(news);
  const bar = document.querySelector("#lit-told"); // the notice may be out of sight
  if (card) bar.textContent = `${news} Now: ${bar.textContent}`;
}

function tagged(card) {
  if (!card || card.querySelector(".by-hand")) return;
  const tag = document.createElement("span");
  tag.className = "tag by-hand";
  tag.textContent = "accepted by hand";
  card.querySelector(".facts").append(tag);
}

// What is decided about an event (correcting.js tells) changes the page. An acceptance shows on its card alone.
document.addEventListener("corrected", (event) => {
  const about = records.find((card) => card.dataset.event === event.detail.event);
  if (event.detail.kind === "accept" && !event.detail.undone) return tagged(about);
  const at = records.findIndex((card) => card.dataset.event === event.detail.event);
  const after = [...records.slice(at + 1), ...records.slice(0, Math.max(0, at)).reverse()].find((card) => card.dataset.event);
  renew([event.detail.event, after?.dataset.event ?? ""], event.detail.message);
});

// What the address asks for
gather();
const asked = location.hash.startsWith("#event-") ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
const first = asked?.closest(".record[data-key]") ?? records.find((card) => card.classList.contains("lit"));
if (first) lightRecord(first.dataset.key);
else document.querySelector(".rejected .lit")?.scrollIntoView({ block: "nearest" });
