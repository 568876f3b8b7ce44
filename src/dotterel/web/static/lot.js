// Asks how far the reading has come, and shows what is done.

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function show() {
  const answer = await fetch(location.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = page.querySelector("#lot");
  if (now) document.querySelector("#lot").replaceWith(now);
}

let seen = "";
for (let failed = 0; failed < 20; ) {
  try {
    const answer = await fetch(document.querySelector("#lot").dataset.progress, { headers: { Accept: "application/json" } });
    const told = await answer.json();
    failed = 0;
    if (!answer.ok || told.finished) {
      location.reload();
      break;
    }
    const now = `${told.stage} ${told.done}`;
    if (now !== seen && seen) await show();
    seen = now;
  } catch {
    failed += 1; // the desk may be slow while it loads the model
  }
  await pause(400);
}
