// Completes the names of actors as they are typed: the choices of an input's datalist, the most frequent first.

let asked = 0;

/** Put into the datalist of an input whom its words could name. */
export async function complete(input) {
  const turn = ++asked;
  await new Promise((resolve) => setTimeout(resolve, 120));
  if (turn !== asked || input.value.trim().length < 2) return;
  const answer = await fetch(`/actors/complete?q=${encodeURIComponent(input.value)}`).catch(() => null);
  if (turn !== asked || !answer?.ok) return;
  const options = (await answer.json()).map((one) => {
    const option = document.createElement("option");
    option.value = one.value;
    const events = one.events === 1 ? "1 event" : `${one.events.toLocaleString("en")} events`;
    option.label = [one.value === one.name ? "" : one.name, one.country, events].filter(Boolean).join(" · ");
    return option;
  });
  document.getElementById(input.getAttribute("list"))?.replaceChildren(...options);
}

document.addEventListener("input", (event) => {
  if (event.target.matches?.("input[data-complete]")) complete(event.target);
});
