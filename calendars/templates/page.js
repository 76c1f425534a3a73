"use strict";

// Every entry stands once in the detail of its week, with its data; whatever else shows it has data-of="its id".
const form = document.getElementById("filters");
const FIELDS = [...form.querySelectorAll("[data-chosen]")].map((mark) => mark.dataset.chosen);
const note = document.getElementById("note");
const entries = [...document.querySelectorAll("[data-kind]")];
const copies = [...document.querySelectorAll("[data-of]")];
const figures = [...document.querySelectorAll("[data-figure]")];

const words = (text) => text?.split(" ") ?? [];
const entryOf = (copy) => document.getElementById(copy.dataset.of);
const stands = (entry) => !["cancelled", "on-hold"].some((state) => entry.classList.contains(state));
const isSession = (entry) => stands(entry) && entry.classList.contains("card");
const isWork = (entry) => stands(entry) && entry.dataset.kind === "distance-work";
const sum = (some, field) => some.reduce((total, entry) => total + Number(entry.dataset[field] ?? 0), 0);

const MEASURES = {
  sessions: (some) => some.filter(isSession).length,
  minutes: (some) => duration(sum(some.filter(isSession), "minutes")),
  work: (some) => duration(sum(some.filter(isWork), "minutes")),
  days: (some) => sum(some.filter(stands), "days"),
};

function duration(minutes) {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (!minutes) return "0 h";
  if (!hours) return `${rest} min`;
  return rest ? `${hours} h ${String(rest).padStart(2, "0")}` : `${hours} h`;
}

// The choice: values by field, from the form and to the fragment of the address.

function chosen() {
  const data = new FormData(form);
  return Object.fromEntries(FIELDS.map((field) => [field, data.getAll(field)]));
}

function fits(entry, choice) {
  return FIELDS.every((field) => {
    if (!choice[field].length) return true;
    return words(entry.dataset[field]).some((value) => choice[field].includes(value));
  });
}

function readAddress() {
  const fragment = location.hash.slice(1);
  if (fragment && !fragment.includes("=")) return;
  const asked = new URLSearchParams(fragment);
  for (const box of form.querySelectorAll("input")) box.checked = asked.getAll(box.name).includes(box.value);
}

function writeAddress(choice) {
  const asked = new URLSearchParams(FIELDS.flatMap((field) => choice[field].map((value) => [field, value])));
  history.replaceState(null, "", `${location.pathname}${location.search}${asked.size ? `#${asked}` : ""}`);
}

// Showing what fits.

function apply() {
  const choice = chosen();
  for (const entry of entries) entry.hidden = !fits(entry, choice);
  for (const copy of copies) copy.hidden = entryOf(copy).hidden;
  const shown = entries.filter((entry) => !entry.hidden);
  for (const figure of figures) figure.textContent = measure(figure, shown);
  for (const mark of document.querySelectorAll("[data-several]")) mark.hidden = audiences(mark, shown) < 2;
  for (const work of document.querySelectorAll(".planner .work, .work-sum")) {
    work.hidden = !within(work.querySelector("[data-where]").dataset.where, shown).some(isWork);
  }
  for (const week of document.querySelectorAll(".week-detail")) week.hidden = isEmpty(week);
  for (const list of document.querySelectorAll(".list")) list.hidden = isEmpty(list);
  for (const mark of document.querySelectorAll("[data-chosen]")) mark.textContent = choice[mark.dataset.chosen].length || "";
  document.querySelector(".nothing").hidden = shown.length > 0;
  document.body.classList.toggle("filtered", shown.length < entries.length);
  setTabStop();
}

function isEmpty(box) {
  const held = [...box.querySelectorAll("[data-kind], [data-of]")];
  return !held.some((each) => !each.hidden);
}

function within(where, shown) {
  if (!where) return shown;
  const at = where.indexOf("=");
  return shown.filter((entry) => words(entry.dataset[where.slice(0, at)]).includes(where.slice(at + 1)));
}

function measure(figure, shown) {
  return MEASURES[figure.dataset.figure](within(figure.dataset.where, shown));
}

function audiences(mark, shown) {
  return new Set(within(mark.dataset.several, shown).filter(isWork).map((entry) => entry.dataset.group)).size;
}

// The note beside an entry of the planner: what, when, with whom.

let beside = null;

function showNote(copy) {
  beside = copy;
  note.replaceChildren(...[...entryOf(copy).childNodes].map((node) => node.cloneNode(true)));
  note.className = entryOf(copy).className;
  note.hidden = false;
  copy.setAttribute("aria-describedby", "note");
  placeNote();
}

function placeNote() {
  if (!beside) return;
  const { top, bottom, left } = beside.getBoundingClientRect();
  const room = document.documentElement;
  const below = bottom + note.offsetHeight + 8 < room.clientHeight;
  note.style.top = `${below ? bottom + 4 : Math.max(4, top - note.offsetHeight - 4)}px`;
  note.style.left = `${Math.max(4, Math.min(left, room.clientWidth - note.offsetWidth - 4))}px`;
}

function hideNote() {
  beside = null;
  note.hidden = true;
  document.querySelector("[aria-describedby=note]")?.removeAttribute("aria-describedby");
}

const noted = (event) => event.target.closest?.(".planner [data-of]");

let pointer = "mouse";

function tap(event) {
  const copy = noted(event);
  if (!copy) return hideNote();
  if (pointer === "mouse") return undefined;
  event.preventDefault();
  return showNote(copy);
}

// The planner is one stop of the tab key; arrows go from entry to entry, a page key from month to month.

const links = () => [...document.querySelectorAll(".planner a[data-of]")].filter((link) => !link.hidden).sort(byDay);
const dayOf = (link) => link.closest("td").dataset.day;
const byDay = (one, other) => dayOf(one).localeCompare(dayOf(other));

function setTabStop(to) {
  const all = links();
  for (const link of all) link.tabIndex = -1;
  const stop = to ?? all[0];
  if (stop) stop.tabIndex = 0;
}

const STEPS = {
  ArrowDown: (all, at) => all[at + 1],
  ArrowUp: (all, at) => all[at - 1],
  ArrowRight: (all, at) => all.find((link) => monthOf(link) > monthOf(all[at])),
  ArrowLeft: (all, at) => all.findLast((link) => monthOf(link) < monthOf(all[at])),
  Home: (all) => all[0],
  End: (all) => all.at(-1),
};
const monthOf = (link) => dayOf(link).slice(0, 7);

function step(event) {
  if (event.key === "Escape") return hideNote();
  const link = event.target.closest?.(".planner a[data-of]");
  if (!link || !STEPS[event.key]) return undefined;
  event.preventDefault();
  const all = links();
  const next = STEPS[event.key](all, all.indexOf(link));
  if (!next) return undefined;
  setTabStop(next);
  return next.focus();
}

// Today, by the reader's clock.

function markToday() {
  const now = new Date();
  const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0"));
  document.querySelector(`td[data-day="${day.join("-")}"]`)?.classList.add("today");
}

function closeOtherFilters(event) {
  for (const filter of form.querySelectorAll("details[open]")) if (!filter.contains(event.target)) filter.open = false;
}

function start() {
  form.hidden = false;
  readAddress();
  setTabStop();
  if (form.querySelector("input:checked")) apply();
  markToday();
  form.addEventListener("change", () => { apply(); writeAddress(chosen()); });
  form.addEventListener("reset", () => setTimeout(() => { apply(); writeAddress(chosen()); }));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", () => { readAddress(); apply(); });
  addEventListener("pointerdown", (event) => { pointer = event.pointerType; closeOtherFilters(event); });
  addEventListener("mouseover", (event) => { if (pointer === "mouse") noted(event) ? showNote(noted(event)) : hideNote(); });
  addEventListener("focusin", (event) => { if (noted(event)) showNote(noted(event)); else hideNote(); });
  addEventListener("click", tap);
  addEventListener("keydown", step);
  addEventListener("scroll", placeNote, { passive: true, capture: true });
}

start();
