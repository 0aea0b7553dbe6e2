// All that htmx and HTML can't do by themselves: modal dialogs, "select all", the spoken
// progress, presses that last, and saying that the site doesn't answer. Every page works
// without this file.
"use strict";

const byId = (id) => document.getElementById(id);

// --- Dialogs: shown as modal, and the focus goes back to the button that asked -------------
let opener = null;
document.addEventListener("click", (event) => {
  const button = event.target.closest("button, a.button");
  if (button && !button.closest("dialog")) opener = button;
});
document.addEventListener("htmx:afterSettle", () => {
  const dialog = document.querySelector("#dialog dialog");
  if (!dialog || dialog.open) return;
  dialog.addEventListener("close", () => {
    dialog.remove(); // or the next swap anywhere would show it again
    opener?.focus();
  });
  dialog.showModal();
});

// --- Select all, and how many are selected ---------------------------------------------
const boxes = () => [...document.querySelectorAll("input[name=posting]")];
const showSelected = () => {
  const counter = byId("selected-count");
  if (!counter) return;
  const all = boxes();
  const checked = all.filter((box) => box.checked).length;
  counter.textContent = checked ? `(${checked})` : "";
  const master = byId("select-all");
  if (!master) return;
  master.checked = checked > 0 && checked === all.length;
  master.indeterminate = checked > 0 && checked < all.length;
};
document.addEventListener("change", (event) => {
  if (event.target.id === "select-all")
    for (const box of boxes()) box.checked = event.target.checked;
  showSelected();
});
for (const happened of ["htmx:afterSettle", "DOMContentLoaded", "pageshow"])
  window.addEventListener(happened, showSelected);

// --- The list, found anew: how many are told, and the focus stays near --------------------
document.addEventListener("htmx:afterSettle", ({ detail: { target } }) => {
  const found = byId("found");
  if (target?.id !== "jobs" || !found) return;
  byId("found-said").textContent = found.innerText;
  if (document.activeElement === document.body) found.focus({ preventScroll: true });
});

// --- Polls: seldom in a tab that nobody sees, and none while the panel is pushed ---------
const HIDDEN_EVERY = 30000;
const PUSHED_WITHIN = 20000; // a stream that says nothing for longer may be dead
let askedAt = 0;
let pushedAt = -PUSHED_WITHIN;
document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt, requestConfig } = event.detail;
  if (requestConfig.triggeringEvent) return; // a person, or another part of the page
  const now = performance.now();
  const pushed = elt.id === "progress" && now - pushedAt < PUSHED_WITHIN;
  if (pushed || (document.hidden && now - askedAt < HIDDEN_EVERY)) event.preventDefault();
  else askedAt = now;
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) htmx.trigger(document.body, "enrichment-changed");
});
const alive = () => (pushedAt = performance.now());
const happened = (message) => htmx.trigger(document.body, message.data);
document.addEventListener("htmx:sseOpen", ({ detail: { source } }) => {
  for (const name of ["progress", "alive"]) source.addEventListener(name, alive);
  source.addEventListener("happened", happened);
});
document.addEventListener("htmx:sseError", () => (pushedAt = -PUSHED_WITHIN));

// --- A press is heard: what is pressed stays in its place until it is let go --------------
const HELD_FOR = 10000; // at most; a browser may never tell the end
const ASK_AFTER = 500; // the answer to the click itself comes first
const ASKED_BY = { "progress": "enrichment-changed", "live-progress": "enrichment-changed", "job-rows": "run-ended" };
let pressed = null;
let pressedAt = 0;
const missed = new Set();
document.addEventListener("pointerdown", ({ target }) => {
  pressed = target;
  pressedAt = performance.now();
});
const letGo = () => {
  pressed = null;
  for (const event of missed) setTimeout(() => htmx.trigger(document.body, event), ASK_AFTER);
  missed.clear();
};
for (const end of ["pointerup", "pointercancel"])
  document.addEventListener(end, () => setTimeout(letGo)); // after the click
const keep = (event) => {
  const again = ASKED_BY[event.target.id];
  if (!again || !event.target.contains(pressed)) return;
  if (performance.now() - pressedAt > HELD_FOR) return;
  missed.add(again);
  event.preventDefault();
};
for (const change of ["htmx:beforeSwap", "htmx:sseBeforeMessage"])
  document.addEventListener(change, keep);

// --- Progress for screen readers: in its own place, now and then ------------------------
const SPOKEN_EVERY = 15000;
let spokenAt = 0;
document.addEventListener("htmx:afterSettle", () => {
  const said = byId("announcement");
  const text = byId("progress")?.dataset.announcement;
  if (!said || !text || said.textContent === text) return;
  if (Date.now() - spokenAt < SPOKEN_EVERY) return;
  spokenAt = Date.now();
  said.textContent = text;
});

// --- The site doesn't answer: said, and taken back by the next answer -------------------
const trouble = (shown) => () => {
  const note = byId("trouble");
  if (note) note.hidden = !shown;
};
for (const failed of ["htmx:responseError", "htmx:sendError", "htmx:timeout"])
  document.addEventListener(failed, trouble(true));
document.addEventListener("htmx:beforeOnLoad", (event) => {
  if (event.detail.xhr.status < 400) trouble(false)();
});
