// Pasting and dropping: what is dropped goes into the form, and what is too much is told before it is sent.

const form = document.querySelector("#coding");
const { text, file } = form.elements;
const most = Number(form.dataset.most);
const length = document.querySelector("#length");
const busy = document.querySelector("#busy");

function tell(message, failed = false) {
  busy.textContent = message;
  busy.classList.toggle("failed", failed);
}

function count() {
  const words = text.value.trim() ? text.value.trim().split(/\s+/).length : 0;
  length.textContent = words ? `${words.toLocaleString("en")} words` : "";
}
text.addEventListener("input", count);
count();

file.addEventListener("change", () => {
  const [chosen] = file.files;
  if (chosen && chosen.size > most) tell(`This file is too large: at most ${most / 1024 / 1024} MB can be sent at once.`, true);
  else tell("");
});

document.addEventListener("dragover", (event) => {
  if (!event.dataTransfer.types.includes("Files")) return;
  event.preventDefault();
  form.classList.add("over");
});
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) form.classList.remove("over");
});
document.addEventListener("drop", (event) => {
  if (!event.dataTransfer.files.length) return;
  event.preventDefault();
  form.classList.remove("over");
  if (event.dataTransfer.files.length > 1) return tell("One file at a time; a table can hold many reports.", true);
  file.files = event.dataTransfer.files;
  file.dispatchEvent(new Event("change"));
});

form.addEventListener("submit", (event) => {
  const size = (file.files[0]?.size ?? 0) + new Blob([text.value]).size;
  if (size > most - 10_000) {
    event.preventDefault();
    tell(`This is too much to send at once: at most ${most / 1024 / 1024} MB.`, true);
    return;
  }
  tell("Sending…");
});
addEventListener("pageshow", () => tell(""));
