// What stands under the pointer on the map: which circle, and what is told of it beside the pointer.

const [NEAR, ROUND] = [14, 2]; // pixels: from the pointer to what is told; around a circle that count as it
const place = document.querySelector("#map");
const tip = document.querySelector("#tip");
const signs = JSON.parse(place.dataset.signs);
const names = JSON.parse(place.dataset.names);
const number = new Intl.NumberFormat("en");

/** 1 act; 1,234 acts. */
export const acts = (many) => `${number.format(many)} ${place.dataset.noun}${many === 1 ? "" : "s"}`;

/** Tell of no circle any more. */
export function hide() {
  tip.hidden = true;
}

/** The circle at a point of the map in pixels, on top of others. */
export function under(map, x, y) {
  const { x_range, y_range, inner_width: wide, inner_height: high } = map.figure;
  const { data } = map.circles;
  for (let i = data.x.length - 1; i >= 0; i -= 1) {
    const left = ((data.x[i] - x_range.start) / (x_range.end - x_range.start)) * wide;
    const top = ((y_range.end - data.y[i]) / (y_range.end - y_range.start)) * high;
    if (Math.hypot(left - x, top - y) <= data.size[i] / 2 + ROUND) return i;
  }
  return null;
}

function element(name, words, kind = "") {
  const made = document.createElement(name);
  made.className = kind;
  made.textContent = words;
  return made;
}

function describe(data, index) {
  const at = (name) => data[name][index];
  const list = document.createElement("ul");
  for (const [quad, sign] of Object.entries(signs)) {
    if (!at(`quad_${quad}`)) continue;
    const item = element("li", "");
    item.append(element("span", sign, `mark mark-${quad}`), `${number.format(at(`quad_${quad}`))} ${names[quad]}`);
    list.append(item);
  }
  tip.replaceChildren(element("strong", at("label")), element("div", acts(at("acts"))), list);
  if (at("area")) tip.append(element("div", `${number.format(at("area"))} known only as a country, province or sea`, "muted"));
}

/** Tell of the circle under a mouse. */
export function hover(map, moved) {
  const box = place.getBoundingClientRect();
  const [x, y] = [moved.clientX - box.left, moved.clientY - box.top];
  const index = map && moved.pointerType === "mouse" && !moved.buttons ? under(map, x, y) : null;
  place.classList.toggle("over", index !== null);
  tip.hidden = index === null;
  if (index === null) return;
  describe(map.circles.data, index);
  const [wide, high] = [tip.offsetWidth, tip.offsetHeight];
  tip.style.left = `${x + NEAR + wide > box.width ? Math.max(0, x - NEAR - wide) : x + NEAR}px`;
  tip.style.top = `${Math.max(0, Math.min(y + NEAR, box.height - high))}px`;
}
