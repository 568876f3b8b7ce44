// What every page has: the theme switch, the menu on narrow screens, and `send` for scripts that change something.

const root = document.documentElement;

document.querySelector("#theme")?.addEventListener("click", () => {
  root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
  localStorage.setItem("theme", root.dataset.theme);
  document.dispatchEvent(new CustomEvent("themechange"));
});

const menu = document.querySelector("#menu");
menu?.addEventListener("click", () => {
  const open = menu.getAttribute("aria-expanded") !== "true";
  menu.setAttribute("aria-expanded", String(open));
  document.querySelector("#sections").classList.toggle("open", open);
});

/** Say something in the page's live region, for eyes and for screen readers. */
export function tell(message, failed = false) {
  const place = document.querySelector("#notice");
  place.textContent = message;
  place.classList.toggle("failed", failed);
  place.hidden = !message;
}

/** Words as a sentence, so that another can stand behind it. */
function sentence(words) {
  return words && !/[.!?]$/.test(words) ? `${words.charAt(0).toUpperCase()}${words.slice(1)}.` : words;
}

/** Send a form's fields to the desk; its answer as an object. Throws an Error that says what happened and what was kept. */
export async function send(path, fields) {
  const secret = document.querySelector("meta[name=secret]").content;
  let answer;
  try {
    answer = await fetch(path, {
      method: "POST",
      headers: { Accept: "application/json", "X-Desk-Secret": secret },
      body: fields instanceof FormData ? fields : new URLSearchParams(fields),
    });
  } catch {
    throw new Error("The desk does not answer; is dotterel serve still running? Nothing was changed.");
  }
  const told = await answer.json().catch(() => ({ error: `The desk answered ${answer.status}.`, kept: "" }));
  if (!answer.ok) throw new Error([sentence(told.error), told.kept].filter(Boolean).join(" "));
  return told;
}
