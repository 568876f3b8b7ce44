// How circles of the map are drawn: size, colours, the ring of shares, and the words in them.

const [LARGEST, RING] = [24, 4]; // pixels: radius, and what of it is the ring of shares

/** A colour of the style sheet, in the theme of the page. */
export const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Which circle stands at those degrees; -1 where none does. */
export function indexOf(columns, at) {
  return columns.latitude.findIndex((north, i) => north === at?.latitude && columns.longitude[i] === at.longitude);
}

const hollows = (columns) => columns.acts.map((acts, i) => columns.area[i] === acts);

function short(many) {
  if (many < 1000) return String(many);
  return many < 9950 ? `${(many / 1000).toFixed(1)}k` : `${Math.round(many / 1000)}k`;
}

function radius(acts, most, words) {
  return Math.max(LARGEST * Math.sqrt(acts / most), acts === 1 ? 9 : 12 + 2.4 * words.length);
}

/** The ring of each circle, a part for each quad class, clockwise from the top. */
function rings(columns, radii) {
  const top = Math.PI / 2;
  const outer = radii.map((radius, i) => (columns.acts[i] > 1 ? radius : NaN)); // NaN: a single act needs none
  const made = { outer, inner: outer.map((radius) => radius - RING) };
  let before = columns.acts.map(() => 0);
  for (const quad of [1, 2, 3, 4]) {
    const after = before.map((sum, i) => sum + columns[`quad_${quad}`][i]);
    const angle = (sums) => sums.map((sum, i) => top - (2 * Math.PI * sum) / columns.acts[i]);
    // A ring of one part would be no part at all, for it ends where it begins.
    made[`from_${quad}`] = angle(before);
    made[`to_${quad}`] = angle(after).map((end, i) => (after[i] - before[i] === columns.acts[i] ? end + 1e-6 : end));
    before = after;
  }
  return made;
}

/** The edge of each circle; the one at the marked degrees, whose acts are listed, stands out. */
export function edges(columns, marked) {
  const hollow = hollows(columns);
  const at = indexOf(columns, marked);
  const listed = columns.acts.map((_, i) => i === at);
  const plain = (i) => (hollow[i] ? `--mark-${columns.quad[i]}` : "--ring");
  return { line: listed.map((is, i) => colour(is ? "--focus" : plain(i))), edge: listed.map((is) => (is ? 8 : 2)) };
}

/** The columns that the plot draws, from those that the desk tells. */
export function drawable(columns, signs, marked) {
  const most = Math.max(25, ...columns.acts);
  const hollow = hollows(columns);
  const text = columns.acts.map((acts) => (acts === 1 ? "" : short(acts)));
  const by = (name, other) => columns.quad.map((quad, i) => colour(hollow[i] && other ? other : `--${name}-${quad}`));
  const radii = columns.acts.map((acts, i) => radius(acts, most, text[i]));
  return {
    ...columns,
    ...rings(columns, radii),
    text,
    sign: columns.quad.map((quad) => signs[quad]),
    size: radii.map((one) => 2 * one),
    lift: text.map(() => -3),
    drop: text.map((words) => (words ? 6 : 0)),
    fill: by("mark", "--surface"),
    ...edges(columns, marked),
    ink: columns.quad.map((quad, i) => colour(hollow[i] ? `--quad-${quad}-ink` : `--on-${quad}`)),
  };
}
