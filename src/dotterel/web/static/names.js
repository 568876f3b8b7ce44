// Completes names of parties as they are written; without it the field takes any name all the same.

const list = document.querySelector("#parties");
let waiting;
let asked = 0;

async function complete(words) {
  const mine = (asked += 1);
  const answer = await fetch(`/actors/complete?q=${encodeURIComponent(words)}`, { headers: { Accept: "application/json" } });
  if (!answer.ok || mine !== asked) return;
  const found = await answer.json();
  list.replaceChildren(
    ...found.map(({ value, name, country, events }) => {
      const option = document.createElement("option");
      option.value = value;
      option.label = [name, country, `${events.toLocaleString("en")} events`].filter(Boolean).join(", ");
      return option;
    }),
  );
}

for (const field of document.querySelectorAll("input[data-names]")) {
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    const words = field.value.trim();
    if (words.length > 1) waiting = setTimeout(() => complete(words).catch(() => {}), 150);
  });
}
