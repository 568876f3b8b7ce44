// Puts Bokeh's plots into elements with data-plot (the address of the plot), in the colours of the page.
// A click on a point follows the `href` of its row in data sources tagged "link"; data sources tagged "select:NAME"
// send an event `plotselect` with the rows' indices instead.

const nonce = document.querySelector("meta[name=nonce]").content;
const make = document.createElement.bind(document);
// Bokeh makes <style> elements, which the content security policy lets in only with the nonce of the page.
document.createElement = (name, ...rest) => {
  const made = make(name, ...rest);
  if (String(name).toLowerCase() === "style") made.nonce = nonce;
  return made;
};

function loadBokeh() {
  return new Promise((resolve, reject) => {
    if (window.Bokeh) return resolve();
    const script = make("script");
    script.src = "/bokeh/bokeh.min.js";
    script.onload = resolve;
    script.onerror = () => reject(new Error("Bokeh did not load"));
    document.head.append(script);
  });
}

function follow(source) {
  source.selected.change.connect(() => {
    const [first] = source.selected.indices;
    if (first === undefined) return;
    const href = source.get_column("href")?.[first];
    if (href) window.location.assign(href);
  });
}

function wire(view, place) {
  for (const model of view.model.document._all_models?.values() ?? []) {
    const tags = model.tags ?? [];
    if (tags.includes("link")) follow(model);
    for (const tag of tags.filter((one) => typeof one === "string" && one.startsWith("select:"))) {
      model.selected.change.connect(() => {
        const detail = { name: tag.slice(7), indices: [...model.selected.indices], data: model.data };
        place.dispatchEvent(new CustomEvent("plotselect", { detail, bubbles: true }));
      });
    }
  }
}

/** Draw, or draw anew, the plot of an element. */
export async function draw(place) {
  const asked = (place.dataset.asked = String(Number(place.dataset.asked ?? 0) + 1));
  place.setAttribute("aria-busy", "true");
  try {
    const url = new URL(place.dataset.plot, window.location.href);
    url.searchParams.set("theme", document.documentElement.dataset.theme);
    const [answer] = await Promise.all([fetch(url, { headers: { Accept: "application/json" } }), loadBokeh()]);
    const item = await answer.json();
    if (!answer.ok) throw new Error(item.error);
    if (place.dataset.asked !== asked) return; // asked for another since
    place.replaceChildren();
    const made = await window.Bokeh.embed.embed_item(item, place);
    const views = [...(made.roots ?? made)];
    for (const view of views) wire(view, place);
    place.dispatchEvent(new CustomEvent("plotdrawn", { detail: { views }, bubbles: true }));
  } catch (error) {
    const told = make("p");
    told.className = "failed";
    told.textContent = `The plot could not be drawn: ${error.message}`;
    place.replaceChildren(told);
  } finally {
    place.setAttribute("aria-busy", "false");
  }
}

const drawAll = () => document.querySelectorAll("[data-plot]").forEach(draw);
document.addEventListener("themechange", drawAll);
drawAll();
