// The network: a slider over time that puts other data into the graph and the tables, and keeps the address of it.
import { tell } from "./desk.js";

const graph = document.querySelector("#graph");
const told = document.querySelector("#told");
const time = document.querySelector("#time");
const formed = document.querySelector("#coalitions");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const SETTLED = 350; // milliseconds without a move, after which what takes longer is asked for
const GLIDE = 260; // milliseconds that parties take to their new places
const PACE = 1100; // milliseconds a window while playing
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** This page's address with other days; "" for all days. */
function addressOf(path, since, until) {
  const url = new URL(window.location.href);
  url.pathname = path;
  for (const [name, value] of [["since", since], ["until", until]]) {
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  }
  return url;
}

async function ask(url, signal) {
  const answer = await fetch(url, { headers: { Accept: "application/json" }, signal });
  const item = await answer.json();
  if (!answer.ok) throw new Error(item.error);
  return item;
}

// The graph

let gliding = 0;

function source(name) {
  return window.Bokeh?.documents.at(-1)?.get_model_by_name(name);
}

/** The places of the parties a part of the way from where they are to where they go. */
function between(from, to, part) {
  return to.id.map((id, n) => {
    const start = from.get(id);
    if (!start || part >= 1) return [to.x[n], to.y[n]];
    return [start[0] + (to.x[n] - start[0]) * part, start[1] + (to.y[n] - start[1]) * part];
  });
}

function put(sources, spots) {
  const places = new Map(sources.parties.id.map((id, n) => [id, spots[n]]));
  const ends = (tied) => ({
    ...tied,
    x0: tied.a.map((id) => places.get(id)[0]),
    y0: tied.a.map((id) => places.get(id)[1]),
    x1: tied.b.map((id) => places.get(id)[0]),
    y1: tied.b.map((id) => places.get(id)[1]),
  });
  source("hostile").data = ends(sources.hostile);
  source("friendly").data = ends(sources.friendly);
  source("parties").data = { ...sources.parties, x: spots.map((spot) => spot[0]), y: spots.map((spot) => spot[1]) };
}

function show(sources) {
  const parties = source("parties");
  if (!parties) return; // not drawn yet; it will be, from its new address
  cancelAnimationFrame(gliding);
  const from = new Map(parties.data.id.map((id, n) => [id, [parties.data.x[n], parties.data.y[n]]]));
  if (still.matches) return put(sources, between(from, sources.parties, 1));
  const start = performance.now();
  const step = (now) => {
    const part = Math.min(1, Math.max(0, now - start) / GLIDE);
    put(sources, between(from, sources.parties, part * (2 - part)));
    if (part < 1) gliding = requestAnimationFrame(step);
  };
  gliding = requestAnimationFrame(step);
}

// A click on a party is one on the ends of its ties as well: the party counts.
let clicked = null;
graph.addEventListener("plotselect", ({ detail }) => {
  const href = detail.indices.length ? detail.data.href?.[detail.indices[0]] : null;
  if (!href) return;
  const first = clicked === null;
  if (first || detail.name === "parties") clicked = href;
  if (first) setTimeout(() => window.location.assign(clicked));
});

// Coalitions take longer, and are asked for once the slider rests.
let resting = 0;

async function list() {
  try {
    const item = await ask(addressOf("/network/coalitions", ...days()));
    formed.querySelector(".told").innerHTML = item.told; // made by the desk, where all words are escaped
  } catch (error) {
    formed.querySelector(".told").textContent = `The coalitions could not be listed: ${error.message}`;
  }
}

function days() {
  const asked = new URL(window.location.href).searchParams;
  return [asked.get("since") ?? "", asked.get("until") ?? ""];
}

// Time

let asking = null;

/** Show those days: at once in the address, and in graph and tables as soon as the desk has answered. */
async function go(since, until) {
  window.history.replaceState(null, "", addressOf("/network", since, until));
  document.querySelector("#asked [name=since]").value = since;
  document.querySelector("#asked [name=until]").value = until;
  graph.dataset.plot = addressOf("/network/plot", since, until).href;
  asking?.abort();
  asking = new AbortController();
  told.setAttribute("aria-busy", "true");
  try {
    const url = addressOf("/network/window", since, until);
    url.searchParams.set("theme", document.documentElement.dataset.theme);
    const item = await ask(url, asking.signal);
    show(item.sources);
    graph.dataset.shown = `${since}/${until}`;
    told.innerHTML = item.told; // made by the desk, where all words are escaped
    document.querySelector("#ties").innerHTML = item.ties;
    told.setAttribute("aria-busy", "false");
    document.querySelector("#days").textContent = item.days;
    tell("");
    clearTimeout(resting);
    resting = setTimeout(() => {
      document.querySelector("#said").textContent = item.summary;
      list();
    }, SETTLED);
  } catch (error) {
    if (error.name === "AbortError") return;
    told.setAttribute("aria-busy", "false");
    tell(`These days could not be shown: ${error.message}`, true);
  }
}

function wire({ listed, liked, here }) {
  const width = document.querySelector("#width");
  const when = document.querySelector("#when");
  const play = document.querySelector("#play");
  const mark = document.querySelector("#here");
  const near = { earlier: document.querySelector("#earlier"), later: document.querySelector("#later") };
  const windows = () => listed[width.value] ?? listed[liked];
  const month = (day) => 12 * Number(day.slice(0, 4)) + Number(day.slice(5, 7)) - 1;
  const first = month(Object.values(listed)[0][0][0]); // the narrowest windows begin with the first month
  let playing = false;

  function beside(link, step) {
    const other = width.value in listed ? windows()[Number(when.value) + step] : undefined;
    link.hidden = !other;
    if (other) link.href = addressOf("/network", other[0], other[1]);
  }

  function place() {
    const [since, until, label] = width.value in listed ? windows()[when.value] : ["", "", "All days"];
    mark.setAttribute("x", since ? month(since) - first : 0);
    mark.setAttribute("width", since ? month(until) - month(since) + 1 : 0);
    when.setAttribute("aria-valuetext", label);
    document.querySelector("#days").textContent = label;
    beside(near.earlier, -1);
    beside(near.later, 1);
    return go(since, until);
  }

  function choose(value) {
    width.querySelector("[value=own]")?.remove();
    width.value = value;
  }

  when.addEventListener("input", () => {
    if (!(width.value in listed)) choose(String(liked));
    place();
  });
  width.addEventListener("change", () => {
    const [since] = days();
    choose(width.value);
    const some = windows();
    const at = some.findIndex(([, until]) => until >= since);
    when.max = some.length - 1;
    when.value = since && at >= 0 ? at : some.length - 1;
    place();
  });
  for (const [link, step] of [[near.earlier, -1], [near.later, 1]]) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      when.value = Number(when.value) + step;
      place();
    });
  }

  async function run() {
    if (!(width.value in listed)) choose(String(liked));
    if (when.value === when.max) when.value = 0;
    while (playing) {
      const began = performance.now();
      await place();
      await pause(Math.max(0, PACE - (performance.now() - began)));
      if (playing && when.value === when.max) set(false);
      else if (playing) when.value = Number(when.value) + 1;
    }
  }

  function set(now) {
    playing = now;
    play.setAttribute("aria-pressed", String(now));
    play.textContent = now ? "❚❚ Pause" : "▶ Play";
  }

  play.addEventListener("click", () => {
    set(!playing);
    if (playing) run();
  });
  when.addEventListener("pointerdown", () => set(false));
  when.addEventListener("keydown", () => set(false));
  document.querySelector("#moving").hidden = false;
  if (here === null) mark.setAttribute("width", 0);
}

// An empty field means nothing: it does not go into the address.
document.querySelector("#asked").addEventListener("formdata", ({ formData }) => {
  const usual = { by: "country", unit: "linked", least: "1", weight: "0", top: "40" };
  for (const [name, value] of [...formData]) if (!value || usual[name] === value) formData.delete(name);
  const status = formData.getAll("status").join();
  if (status === "occurred,ongoing") formData.delete("status");
});

if (time) wire(JSON.parse(time.dataset.slider));
list();
