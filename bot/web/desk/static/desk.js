// What is nicer with a script; every page works without it.
"use strict";

// After an act the focus is on what it said, on what was wrong, or on the question; where answers are
// typed one after the other, it is on the field.
const first = document.querySelector("main [autofocus]");
if (first) first.focus();
for (const id of first ? [] : ["errors", "panel", "note"]) {
  const found = document.getElementById(id);
  if (found) { found.focus({ preventScroll: id === "note" }); break; }
}

// Parts with data-live="SECONDS" and an id are fetched again, while the window is looked at and
// nobody types in them.
const seconds = Math.min(...[...document.querySelectorAll("[data-live]")].map((one) => Number(one.dataset.live)));
async function refresh() {
  if (document.hidden) return;
  try {
    const address = new URL(location.href);
    address.searchParams.delete("note");
    const answer = await fetch(address, { credentials: "same-origin" });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const old of document.querySelectorAll("[data-live]")) {
      const next = fresh.getElementById(old.id);
      if (next && !old.contains(document.activeElement)) old.replaceWith(next);
      else if (!next) old.removeAttribute("data-live");
    }
  } catch { /* The office is offline for a moment; the next try may succeed. */ }
}
if (Number.isFinite(seconds)) setInterval(refresh, Math.max(seconds, 2) * 1000);

// A file may be dropped onto its field.
for (const place of document.querySelectorAll(".drop")) {
  const field = place.querySelector("input[type=file]");
  if (!field) continue;
  place.addEventListener("dragover", (event) => { event.preventDefault(); place.classList.add("over"); });
  place.addEventListener("dragleave", () => place.classList.remove("over"));
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    place.classList.remove("over");
    if (event.dataTransfer.files.length) field.files = event.dataTransfer.files;
  });
}

// A form with data-parts="IDS" shows another choice at once: only these parts of the page are put in
// place. What is still worked out is shown by the page itself.
for (const form of document.querySelectorAll("form[data-parts]")) {
  form.addEventListener("change", async () => {
    const address = new URL(form.action);
    address.search = new URLSearchParams(new FormData(form)).toString();
    try {
      const answer = await fetch(address, { credentials: "same-origin" });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = form.dataset.parts.split(" ").map((id) => fresh.getElementById(id));
      if (!answer.ok || next.includes(null) || fresh.querySelector("[data-live]")) return location.assign(address);
      for (const part of next) document.getElementById(part.id).replaceWith(part);
      history.replaceState(null, "", address);
    } catch { location.assign(address); }
  });
}
