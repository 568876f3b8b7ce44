// The queue: moves from event to event without loading the page, decides by key, and keeps the address at the event shown.
// The next events are fetched before they are asked for. What is decided is sent in turn, behind the coder's back: the
// next event is there at once, and a decision that could not be kept brings its event back.

import { decide, last, prepare, takeBack, typed } from "./correcting.js";

const root = document.querySelector("#review");
const progress = document.querySelector("#progress");
const said = document.querySelector("#said");
const end = document.querySelector("#end");
const keys = document.querySelector("#keys");
const AHEAD = 4;
const kept = history.state?.events ? history.state : null; // after a reload the same batch, though some are decided now
const events = kept?.events ?? JSON.parse(root.dataset.events);
const total = kept?.total ?? Number(root.dataset.total);
const done = new Map(kept?.done ?? []); // event -> what was decided
const parts = new Map(); // event -> its part of the page, as a promise
const number = (value) => value.toLocaleString("en");
let shown = root.querySelector("article").dataset.event; // the event that was asked for last
let seen = shown; // the one on the page: nothing is decided about an event that is still on its way
let at = events.indexOf(shown);
let turn = 0;
let chain = Promise.resolve(); // decisions are sent one after the other

function say(message, { failed = false, undone = null } = {}) {
  said.replaceChildren(message || "\u00a0");
  said.classList.toggle("failed", failed);
  if (!undone) return;
  const button = document.createElement("button");
  const key = document.createElement("kbd");
  button.type = "button";
  key.textContent = "u";
  key.ariaHidden = "true";
  button.append(key, " Undo");
  button.addEventListener("click", undone);
  said.append(" ", button);
}

function fetchPart(event) {
  if (!parts.has(event)) {
    const here = new URL(location.href);
    here.pathname = "/review/event";
    here.searchParams.set("event", event);
    const part = fetch(here).then(async (answer) => {
      if (!answer.ok) throw new Error(`The event could not be loaded (${answer.status}).`);
      return answer.text();
    });
    part.catch(() => parts.delete(event));
    parts.set(event, part);
  }
  return parts.get(event);
}

function keep() {
  const here = new URL(location.href);
  here.searchParams.set("event", shown);
  history.replaceState({ events, total, done: [...done] }, "", here);
}

function tellProgress() {
  const place = document.createElement("strong");
  place.textContent = at < 0 ? "Not in this queue" : `${at + 1} of ${events.length}`;
  const all = document.createElement("span");
  all.className = "muted";
  all.textContent = ` (of ${number(total)} that answer)`;
  progress?.replaceChildren(place, all);
}

function ready(article) {
  prepare(article.querySelector(".editing"));
  const [back, on] = article.querySelectorAll("[data-go]");
  for (const [link, place] of [[back, at - 1], [on, at + 1]]) {
    if (events[place] === undefined && !(place === events.length && at >= 0)) continue;
    const to = new URL(location.href);
    if (events[place]) to.searchParams.set("event", events[place]);
    link.href = to;
    link.removeAttribute("aria-disabled");
  }
}

/** Put an event on the page. */
async function show(event, focus = true) {
  const mine = ++turn;
  shown = event;
  at = events.indexOf(event);
  end.hidden = true;
  root.hidden = false;
  keep();
  tellProgress();
  let html;
  try {
    html = await fetchPart(event);
  } catch (error) {
    say(`${error.message} Is dotterel serve still running?`, { failed: true });
    return;
  }
  if (mine !== turn) return; // asked for another since
  const article = document.importNode(new DOMParser().parseFromString(html, "text/html").querySelector("article"), true);
  root.replaceChildren(article);
  seen = event;
  ready(article);
  if (focus) article.focus({ preventScroll: true });
  if (focus && scrollY > article.offsetTop) scrollTo({ top: 0 });
  for (const next of events.slice(at + 1, at + 1 + AHEAD)) fetchPart(next).catch(() => {});
}

function go(by) {
  const place = at + by;
  if (place < 0) return say("This is the first.");
  if (place >= events.length) return finish();
  return show(events[place]);
}

/** Behind the last of the batch: what was decided, and the way on. */
function finish() {
  turn += 1;
  const count = (kind) => [...done.values()].filter((one) => one === kind).length;
  const left = events.filter((event) => !done.has(event)).length;
  const parts = [["accept", "accepted"], ["reject", "rejected"], ["edit", "edited"]].map(([kind, word]) => `${count(kind)} ${word}`);
  const start = Number(root.dataset.start);
  const more = total - start - events.length;
  end.querySelector("h2").textContent = more > 0 ? `That was the batch of ${events.length}` : "That was the last";
  end.querySelector("p").textContent = `${parts.join(", ")}, ${left} left as ${left === 1 ? "it is" : "they are"}.`;
  const on = end.querySelector("[data-on]");
  on.hidden = more <= 0;
  on.textContent = `Go on with the next ${number(Math.min(more, 100))} of ${number(more)}`;
  const to = new URL(location.href);
  to.searchParams.delete("event");
  to.searchParams.set("from", start + (root.dataset.hidden ? left : events.length));
  on.href = to;
  root.hidden = true;
  end.hidden = false;
  end.focus();
}

/** What comes after all that was sent before. */
function inTurn(task) {
  chain = chain.then(task).catch((error) => say(error.message, { failed: true }));
  return chain;
}

function judge(kind, word) {
  if (seen !== shown) return;
  const event = shown;
  const place = at;
  const before = root.querySelector("article").dataset.decided;
  const had = done.get(event);
  done.set(event, kind);
  inTurn(async () => {
    try {
      await decide(`/corrections/${kind}`, { event }, event, before);
      parts.delete(event);
      if (event === shown && end.hidden) await show(event, false);
      say(`${word}: ${place < 0 ? "this event" : `number ${place + 1}`}.`, { undone: undo });
    } catch (error) {
      if (had) done.set(event, had);
      else done.delete(event);
      await show(event);
      throw error;
    }
  });
  if (place >= 0) go(1);
}

function undo() {
  inTurn(async () => {
    const one = last();
    if (!one) return say("There is nothing to undo in this tab; Corrections lists all that was decided.");
    const told = await takeBack(one);
    done.delete(one.event);
    parts.delete(one.event);
    if (events.includes(one.event) || one.event === shown) await show(one.event);
    say(told.message);
  });
}

function edit(open) {
  if (seen !== shown) return;
  const editor = root.querySelector(".editor");
  editor.hidden = !open;
  if (open) {
    editor.querySelector("select").focus();
    editor.scrollIntoView({ block: "nearest" });
  } else root.querySelector("article").focus({ preventScroll: true });
}

function save(form) {
  const event = shown;
  const place = form.querySelector(".told");
  const buttons = [...form.querySelectorAll("button")];
  for (const button of buttons) button.disabled = true;
  say("Saving…");
  inTurn(async () => {
    try {
      const told = await decide("/corrections/edit", new FormData(form), event, root.querySelector("article").dataset.decided);
      done.set(event, "edit");
      parts.delete(event);
      if (event === shown) await show(event);
      say(told.message, { undone: undo });
    } catch (error) {
      place.textContent = error.message;
      place.classList.add("failed");
      place.hidden = false;
      place.scrollIntoView({ block: "nearest" });
      say("");
    } finally {
      for (const button of buttons) button.disabled = false;
    }
  });
}

const atEnd = () => !end.hidden;
const ACTS = {
  a: () => judge("accept", "Accepted"),
  r: () => judge("reject", "Rejected"),
  e: () => edit(true),
  s: () => go(1),
  o: () => root.querySelector("[data-report]").click(),
  j: () => go(1),
  ArrowRight: () => go(1),
};
const BACK = { k: true, ArrowLeft: true };

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.closest(".editing")) {
    event.preventDefault();
    return edit(false);
  }
  if (typed(event)) return;
  if (event.key === "?") keys.showModal();
  else if (event.key === "u") undo();
  else if (BACK[event.key]) atEnd() ? show(events.at(-1)) : go(-1);
  else if (ACTS[event.key] && !atEnd()) ACTS[event.key]();
  else return;
  event.preventDefault();
});
root.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  if (form.matches(".editing")) save(form);
  else if (form.getAttribute("action").endsWith("accept")) ACTS.a();
  else ACTS.r();
});
root.addEventListener("click", (event) => {
  const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
  const link = event.target.closest("[data-go], [data-edit]");
  if (link && plain) {
    event.preventDefault();
    if (link.dataset.go) go(Number(link.dataset.go));
    else edit(root.querySelector(".editor").hidden);
  }
  if (event.target.closest("[data-cancel]")) edit(false);
});

document.querySelector("#help").addEventListener("click", () => keys.showModal());
const on = document.querySelector("#keys-on");
on.checked = localStorage.getItem("keys") !== "off";
on.addEventListener("change", () => (on.checked ? localStorage.removeItem("keys") : localStorage.setItem("keys", "off")));
document.querySelector("#asked").addEventListener("change", (event) => event.currentTarget.requestSubmit());

keep();
tellProgress();
ready(root.querySelector("article"));
root.querySelector("article").focus({ preventScroll: true });
for (const next of events.slice(at + 1, at + 1 + AHEAD)) fetchPart(next).catch(() => {});
