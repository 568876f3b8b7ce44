// The map of acts: puts outlines and circles into the plot, asks for circles anew as the view changes, lists the
// acts of a circle or of a box. Views are kept in the fragment of the address (#view=x,y,width).

import { colour, drawable, edges, indexOf } from "/static/map-circles.js";
import { follow, noted } from "/static/map-filters.js";
import { acts, hide, hover, under } from "/static/map-tip.js";

const place = document.querySelector("#map");
const chosen = document.querySelector("#chosen");
const status = document.querySelector("#map-status");
const shade = document.querySelector("#shade");
const choose = document.querySelector("#choose");
const signs = JSON.parse(place.dataset.signs);
const told = (name) => JSON.parse(place.dataset[name]); // what the page tells of what was found
const WORLD = [-180, -87.6, 180, 87.6];
const [WIDEST, NARROWEST] = [400, 0.4]; // views, in units of the map
const APART = 46; // pixels between circles, about
const FEW = 50; // acts that are listed at once
const PAUSE = 120; // milliseconds after the last move until circles are asked for

const land = fetch(place.dataset.outlines).then((answer) => answer.json());
let map = null; // the figure, its sources and the view that is wanted
let level = null; // what the desk told of the circles that are drawn
let marked = null; // degrees of the circle whose acts are listed
let scale = 0; // pixels a unit of the map
let filtered = false; // whether what was found has changed since circles were asked for
let timer = 0;
let asked = 0;

async function fetched(address, more, accept) {
  const url = new URL(address, window.location.href);
  for (const [name, value] of Object.entries(more)) url.searchParams.set(name, value);
  const answer = await fetch(url, { headers: { Accept: accept } }).catch(() => {
    throw new Error("the desk does not answer; is dotterel serve still running?");
  });
  if (!answer.ok) {
    const told = await answer.json().catch(() => ({}));
    throw new Error(told.error ?? `the desk answered ${answer.status}`);
  }
  return answer;
}

// --- the view ---

/** Centre and width of the view. */
function view() {
  const { x_range: x, y_range: y } = map.figure;
  return { x: (x.start + x.end) / 2, y: (y.start + y.end) / 2, width: x.end - x.start };
}

/** Show a view of that centre and width, in one scale both ways. */
function show({ x, y, width }) {
  const wide = Math.min(WIDEST, Math.max(NARROWEST, width));
  const high = (wide * map.figure.inner_height) / map.figure.inner_width;
  const [cx, cy] = [Math.min(180, Math.max(-180, x)), Math.min(87, Math.max(-87, y))];
  scale = map.figure.inner_width / wide;
  map.figure.x_range.setv({ start: cx - wide / 2, end: cx + wide / 2 });
  map.figure.y_range.setv({ start: cy - high / 2, end: cy + high / 2 });
}

/** Show a box with some room around it. */
function fit([x0, y0, x1, y1], least = 6) {
  const ratio = map.figure.inner_width / map.figure.inner_height;
  const width = Math.max(x1 - x0, (y1 - y0) * ratio, least) * (x1 - x0 > 300 ? 1 : 1.2);
  show({ x: (x0 + x1) / 2, y: (y0 + y1) / 2, width });
}

/** After the map became wider or narrower: the same scale and left end, moved on where that hides the listed circle. */
function resized() {
  const { x, y, width } = view();
  const wide = map.figure.inner_width / scale;
  const left = x - width / 2;
  const index = indexOf(map.circles.data, marked);
  const right = index < 0 ? left : map.circles.data.x[index] + wide / 10;
  show({ x: Math.max(left, right - wide) + wide / 2, y, width: wide });
}

function zoom(factor) {
  const { x, y, width } = view();
  show({ x, y, width: width * factor });
}

function move(right, up) {
  const { x, y, width } = view();
  show({ x: x + (right * width) / 4, y: y + (up * width) / 6, width });
}

/** The view that the address tells, if any. */
function addressed() {
  const [x, y, width] = (/^#view=(.+)$/.exec(window.location.hash)?.[1] ?? "").split(",").map(Number);
  return [x, y, width].every(Number.isFinite) ? { x, y, width } : null;
}

function keep() {
  const { x, y, width } = view();
  const hash = `#view=${[x, y, width].map((value) => value.toFixed(2)).join(",")}`;
  window.history.replaceState(null, "", window.location.pathname + window.location.search + hash);
}

function moved() {
  hide();
  scale = map.figure.inner_width / view().width;
  window.clearTimeout(timer);
  timer = window.setTimeout(ask, PAUSE);
}

// --- circles ---

/** Make a circle stand out, or none. */
function mark(at) {
  marked = at;
  map.circles.data = { ...map.circles.data, ...edges(map.circles.data, at) };
}

async function ask() {
  const now = view();
  if (now.width > WIDEST || now.width < NARROWEST || Math.abs(now.x) > 180 || Math.abs(now.y) > 87) show(now); // within
  const mine = ++asked;
  const { x_range: x, y_range: y } = map.figure;
  const cells = Math.max(1, Math.round(map.figure.inner_width / APART));
  const box = { x0: x.start, x1: x.end, y0: y.start, y1: y.end };
  place.dataset.asking = String(mine);
  try {
    const answer = await fetched(place.dataset.clusters, { ...box, cells }, "application/json");
    const found = await answer.json();
    if (mine !== asked) return;
    level = found;
    map.circles.data = drawable(found.circles, signs, marked);
    const seen = tell(found.circles, box);
    keep();
    if (!seen && filtered) fit(told("extent"));
    filtered = false;
  } catch (error) {
    status.textContent = `The circles could not be drawn: ${error.message}`;
  }
  if (mine === asked) delete place.dataset.asking;
}

/** Tell how much is in view; how many circles that is. */
function tell(columns, box) {
  const seen = columns.acts.filter(
    (_, i) => columns.x[i] >= box.x0 && columns.x[i] <= box.x1 && columns.y[i] >= box.y0 && columns.y[i] <= box.y1,
  );
  const sum = seen.reduce((one, other) => one + other, 0);
  place.dataset.circles = String(seen.length);
  status.textContent = seen.length
    ? `In view: ${acts(sum)} in ${seen.length} ${seen.length === 1 ? "circle" : "circles"}.`
    : "Nothing is in view.";
  return seen.length;
}

// --- countries ---

function nested(rings, from) {
  return rings.map((ring) => [ring.filter((_, i) => i % 2 === from)]);
}

async function drawLand() {
  const { code, rings } = await land;
  map.land.data = {
    xs: rings.map((one) => nested(one, 0)),
    ys: rings.map((one) => nested(one, 1)),
    fill: fills(code),
  };
}

function fills(codes) {
  const plain = colour("--land");
  const shades = told("shades");
  const shaded = [plain, 1, 2, 3, 4, 5].map((n) => (n === plain ? plain : colour(`--shade-${n}`)));
  return codes.map((code) => (shade.checked ? shaded[shades[code] ?? 0] : plain));
}

async function shadeLand() {
  document.querySelector("#shades").hidden = !shade.checked;
  const url = new URL(window.location.href);
  if (shade.checked) url.searchParams.set("shade", "1");
  else url.searchParams.delete("shade");
  window.history.replaceState(null, "", url);
  noted();
  if (map) map.land.data = { ...map.land.data, fill: fills((await land).code) };
}

/** The box around a country's largest piece, which lies where it is looked for. */
async function boxOf(code) {
  const { code: codes, rings } = await land;
  const [largest] = rings[codes.indexOf(code)] ?? [];
  if (!largest) return null;
  const [xs, ys] = [0, 1].map((from) => largest.filter((_, i) => i % 2 === from));
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

// --- what is chosen ---

async function list(where) {
  chosen.hidden = false;
  chosen.setAttribute("aria-busy", "true");
  try {
    const answer = await fetched(place.dataset.acts, where, "text/html");
    chosen.innerHTML = await answer.text(); // of the desk's own making, with all that reports say escaped
    chosen.scrollTop = 0;
    chosen.querySelector("h2").focus({ preventScroll: true });
  } catch (error) {
    const words = document.createElement("p");
    words.className = "failed";
    words.textContent = `What happened there could not be listed: ${error.message}`;
    chosen.replaceChildren(words);
  }
  chosen.setAttribute("aria-busy", "false");
  chosen.scrollIntoView({ block: "nearest" });
}

function listView() {
  const { x_range: x, y_range: y } = map.figure;
  list({ x0: x.start, y0: y.start, x1: x.end, y1: y.end });
}

function close() {
  chosen.hidden = true;
  chosen.replaceChildren();
  if (map) mark(null);
  place.focus({ preventScroll: true });
}

function onCircle(index) {
  const at = (name) => map.circles.data[name][index];
  hide();
  if (at("acts") <= FEW || at("places") === 1 || level.finest) {
    mark({ latitude: at("latitude"), longitude: at("longitude") });
    return list({ latitude: at("latitude"), longitude: at("longitude"), level: level.level });
  }
  const before = view().width;
  fit([at("x0"), at("y0"), at("x1"), at("y1")], NARROWEST);
  if (view().width > before * 0.7) show({ x: at("x"), y: at("y"), width: before / 2 });
}

/** Whether a circle is there, which then does what a click on it does. */
function onPoint(sx, sy) {
  const index = under(map, sx, sy);
  if (index !== null) onCircle(index);
  return index !== null;
}

function chooseBox(on) {
  choose.setAttribute("aria-pressed", String(on));
  for (const tool of map.figure.toolbar.tools) {
    if (tool.type === "BoxSelectTool") tool.active = on;
    if (tool.type === "PanTool") tool.active = !on;
  }
}

function onGeometry({ geometry, final }) {
  if (geometry.type !== "rect" || !final) return;
  chooseBox(false);
  const [x0, x1] = [geometry.x0, geometry.x1].sort((a, b) => a - b);
  const [y0, y1] = [geometry.y0, geometry.y1].sort((a, b) => a - b);
  list({ x0, y0, x1, y1 });
}

// --- wiring ---

place.addEventListener("pointermove", (moved) => hover(map, moved));
place.addEventListener("pointerleave", hide);

place.addEventListener("plotdrawn", ({ detail }) => {
  const figure = detail.views[0].model;
  const before = map ? view() : addressed();
  const named = (name) => figure.document.get_model_by_name(name);
  map = { figure, land: named("land"), circles: named("circles") };
  figure.background_fill_color = figure.border_fill_color = colour("--sea");
  figure.outline_line_color = null;
  named("countries").glyph.line_color = colour("--border");
  for (const quad of [1, 2, 3, 4]) {
    named(`share_${quad}`).glyph.setv({ fill_color: colour(`--mark-${quad}`), line_color: colour("--ring") });
  }
  figure.on_event("selectiongeometry", onGeometry);
  figure.on_event("tap", ({ sx, sy }) => onPoint(sx, sy));
  figure.on_event("doubletap", ({ sx, sy, x, y }) => onPoint(sx, sy) || show({ x, y, width: view().width / 2 }));
  drawLand();
  let started = false;
  const sized = () => {
    if (map.figure !== figure || !figure.inner_width || !figure.inner_height) return; // not laid out, or replaced
    if (started) resized();
    else if (before) show(before);
    else fit(told("extent"));
    if (!started) for (const range of [figure.x_range, figure.y_range]) range.change.connect(moved);
    started = true;
    moved();
  };
  for (const measure of ["inner_width", "inner_height"]) figure.properties[measure].change.connect(sized);
  sized();
});

const keys = {
  ArrowLeft: () => move(-1, 0), ArrowRight: () => move(1, 0), ArrowUp: () => move(0, 1), ArrowDown: () => move(0, -1),
  "+": () => zoom(0.5), "=": () => zoom(0.5), "-": () => zoom(2), 0: () => fit(told("extent")),
  Enter: listView, Escape: close,
};
place.addEventListener("keydown", (pressed) => {
  if (!map || !keys[pressed.key] || pressed.ctrlKey || pressed.metaKey || pressed.altKey) return;
  pressed.preventDefault();
  keys[pressed.key]();
});

const buttons = { nearer: () => zoom(0.5), farther: () => zoom(2), all: () => fit(told("extent")), world: () => fit(WORLD),
  choose: () => chooseBox(choose.getAttribute("aria-pressed") !== "true"), list: listView };
for (const [id, act] of Object.entries(buttons)) {
  document.getElementById(id).addEventListener("click", () => map && act());
}

chosen.addEventListener("click", ({ target }) => target.closest(".close") && close());
chosen.addEventListener("keydown", ({ key }) => key === "Escape" && close());

document.body.classList.add("mapped");
document.addEventListener("click", async ({ target }) => {
  const button = target.closest("button.show");
  if (!button || !map) return;
  const { country, x, y } = button.dataset;
  const box = country ? await boxOf(country) : null;
  if (box) fit(box);
  else if (!country) show({ x: Number(x), y: Number(y), width: 8 });
  place.scrollIntoView({ block: "nearest" });
});

shade.addEventListener("change", shadeLand);
shadeLand();
follow(() => {
  filtered = true;
  chosen.hidden = true;
  marked = null;
  shadeLand();
  if (map) ask();
});
