// The acts behind a bar, a point or a row of the table: listed below without loading the page anew.

const place = document.querySelector("#acts");
let asked = 0;

/** List the acts of an address of the page, and have the address bar tell so. */
async function list(address) {
  const mine = (asked += 1);
  const page = new URL(address, window.location.href);
  place.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(`/dyad/acts${page.search}`);
    if (!answer.ok) throw new Error(`the desk answered ${answer.status}`);
    const words = await answer.text();
    if (mine !== asked) return; // another was chosen since
    const parsed = new DOMParser().parseFromString(words, "text/html");
    place.replaceChildren(...parsed.body.childNodes);
    history.replaceState(null, "", page);
    const heading = place.querySelector("h2");
    heading.focus({ preventScroll: true });
    heading.scrollIntoView({ block: "start" });
  } catch (error) {
    const told = document.createElement("p");
    told.className = "failed";
    told.textContent = `The acts could not be listed: ${error.message}. `;
    const link = document.createElement("a");
    link.href = page;
    link.textContent = "Load the page anew";
    told.append(link);
    place.replaceChildren(told);
  } finally {
    if (mine === asked) place.setAttribute("aria-busy", "false");
  }
}

document.addEventListener("plotselect", (event) => {
  const { name, indices, data } = event.detail;
  if (name !== "acts" || !indices.length) return;
  const column = data.get ? data.get("href") : data.href;
  list(column[indices[0]]);
});

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-acts]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  list(link.href);
});
