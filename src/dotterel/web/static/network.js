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

/** The figure, or one of its data sources, by its name. */
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
  tellOf(null, {});
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

// What is pointed at, and where a click leads

const hint = document.querySelector("#hint");
const TOLD = {
  parties: { Side: "side", Acts: "acts", Friends: "friends", Foes: "foes", "In balance": "balance" },
  friendly: { Weight: "score", Acts: "acts", "Done together": "joint", Stances: "stances" },
};
TOLD.hostile = TOLD.friendly;

/** The party or the tie under a point of the figure: the nearest that is near enough, parties before ties. */
function pointed(figure, { x, y }) {
  const across = figure.inner_width / (figure.x_range.end - figure.x_range.start);
  const down = figure.inner_height / (figure.y_range.end - figure.y_range.start);
  const far = (x0, y0) => Math.hypot((x - x0) * across, (y - y0) * down);
  const nearest = (name, reach) => {
    const { data } = source(name);
    let best = null;
    for (let n = 0; n < data.href.length; n += 1) {
      const over = reach(data, n);
      if (over <= 0 && (best === null || over < best.over)) best = { name, n, data, over };
    }
    return best;
  };
  const party = nearest("parties", (data, n) => far(data.x[n], data.y[n]) - data.size[n] / 2 - 3);
  if (party) return party;
  const tie = (data, n) => {
    const [dx, dy] = [(data.x1[n] - data.x0[n]) * across, (data.y1[n] - data.y0[n]) * down];
    const along = ((x - data.x0[n]) * across * dx + (y - data.y0[n]) * down * dy) / (dx * dx + dy * dy || 1);
    const part = Math.min(1, Math.max(0, along));
    const foot = [data.x0[n] + (data.x1[n] - data.x0[n]) * part, data.y0[n] + (data.y1[n] - data.y0[n]) * part];
    return far(...foot) - Math.max(4, data.width[n] / 2 + 2);
  };
  const ties = ["friendly", "hostile"].map((name) => nearest(name, tie)).filter(Boolean);
  return ties.sort((one, other) => one.over - other.over)[0] ?? null;
}

function tellOf(found, { sx, sy }) {
  hint.hidden = !found;
  graph.style.cursor = found ? "pointer" : "";
  if (!found) return;
  const { name, n, data } = found;
  const [title, list] = [document.createElement("strong"), document.createElement("dl")];
  title.textContent = data.name?.[n] ?? data.names[n];
  for (const [what, column] of Object.entries(TOLD[name])) {
    const [term, value] = [document.createElement("dt"), document.createElement("dd")];
    term.textContent = what;
    value.textContent = data[column][n];
    list.append(term, value);
  }
  hint.replaceChildren(title, list);
  const left = sx > graph.clientWidth / 2 ? sx - hint.offsetWidth - 14 : sx + 18;
  hint.style.left = `${Math.max(0, Math.min(left, graph.clientWidth - hint.offsetWidth))}px`;
  hint.style.top = `${Math.max(0, Math.min(sy + 12, graph.clientHeight - hint.offsetHeight))}px`;
}

graph.addEventListener("plotdrawn", () => {
  const figure = source("network");
  figure.on_event("mousemove", (event) => tellOf(pointed(figure, event), event));
  figure.on_event("mouseleave", () => tellOf(null, {}));
  figure.on_event("tap", (event) => {
    const found = pointed(figure, event);
    if (found) window.location.assign(found.data.href[found.n]);
  });
});
document.addEventListener("keydown", (event) => event.key === "Escape" && tellOf(null, {}));

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

function wire({ listed, liked, here, bars }) {
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

  /** The next window in which something happened; the one after the last is none. */
  function next(at) {
    const some = windows();
    const busy = ([since, until]) => bars.some(([n]) => n >= month(since) - first && n <= month(until) - first);
    let found = at + 1;
    while (found < some.length && !busy(some[found])) found += 1;
    return found;
  }

  async function run() {
    if (!(width.value in listed)) choose(String(liked));
    if (next(Number(when.value)) > Number(when.max)) when.value = 0;
    while (playing) {
      const began = performance.now();
      await place();
      await pause(Math.max(0, PACE - (performance.now() - began)));
      const following = next(Number(when.value));
      if (playing && following > Number(when.max)) set(false);
      else if (playing) when.value = following;
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
