// The script of the plan page: selection, details at the pointer, zoom. Plain browser JavaScript, kept as text because the page carries it.

export const PAGE_SCRIPT = `"use strict";
const page = document.documentElement;
const map = document.getElementById("map");
const tip = document.getElementById("tip");

// Selection: one route at a time, on the map and in the timeline.
let selected = null;
function select(route, reveal) {
  tip.hidden = true;
  selected = route === selected ? null : route;
  page.classList.toggle("has-selection", selected !== null);
  for (const element of document.querySelectorAll("[data-route]")) {
    const on = element.dataset.route === selected;
    element.classList.toggle("selected", on);
    if (element.classList.contains("lane")) {
      element.querySelector(".pick").setAttribute("aria-expanded", String(on));
      element.querySelector(".detail").hidden = !on;
      if (on && reveal) element.scrollIntoView({ block: "nearest" });
    } else if (on) {
      // Last drawn lies on top.
      element.parentNode.append(element);
    }
  }
}
document.addEventListener("click", (event) => {
  const target = event.target.closest("button.pick, svg.bars, .map .route");
  if (target) select(target.closest("[data-route]").dataset.route, target.matches(".route"));
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  tip.hidden = true;
  if (selected !== null) select(selected);
});

// Details at the pointer. The words are the elements' accessible names.
function wordsOf(element) {
  const owner = element.closest && element.closest("[data-tip]:not([aria-expanded=true]), svg [role=img]");
  return owner && (owner.dataset.tip || owner.getAttribute("aria-label"));
}
document.addEventListener("pointermove", (event) => {
  const words = wordsOf(event.target);
  tip.hidden = !words;
  if (!words) return;
  if (tip.textContent !== words) tip.textContent = words;
  const right = event.clientX + 14 + tip.offsetWidth > innerWidth - 8;
  const below = event.clientY + 16 + tip.offsetHeight > innerHeight - 8;
  tip.style.left = Math.max(8, right ? event.clientX - 10 - tip.offsetWidth : event.clientX + 14) + "px";
  tip.style.top = Math.max(8, below ? event.clientY - 10 - tip.offsetHeight : event.clientY + 16) + "px";
});
document.addEventListener("pointerleave", () => { tip.hidden = true; });
document.addEventListener("scroll", () => { tip.hidden = true; }, { passive: true });

// Zoom by buttons and by ctrl and wheel, move by dragging. Marks keep their size through --zoom.
if (map) {
  const full = { x: 0, y: 0, width: Number(map.dataset.width), height: Number(map.dataset.height) };
  let box = { ...full };
  const show = () => {
    box.x = Math.min(Math.max(box.x, 0), full.width - box.width);
    box.y = Math.min(Math.max(box.y, 0), full.height - box.height);
    map.setAttribute("viewBox", [box.x, box.y, box.width, box.height].join(" "));
    map.style.setProperty("--zoom", String(box.width / full.width));
  };
  const zoom = (factor, x, y) => {
    const width = factor === 0 ? full.width : Math.min(full.width, Math.max(full.width / 40, box.width * factor));
    const scale = width / box.width;
    box = { x: x - (x - box.x) * scale, y: y - (y - box.y) * scale, width, height: box.height * scale };
    show();
  };
  for (const button of document.querySelectorAll("[data-zoom]"))
    button.addEventListener("click", () => zoom(Number(button.dataset.zoom), box.x + box.width / 2, box.y + box.height / 2));
  const unit = () => box.width / map.getBoundingClientRect().width;
  map.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const frame = map.getBoundingClientRect();
    zoom(event.deltaY > 0 ? 1.15 : 0.87, box.x + (event.clientX - frame.left) * unit(), box.y + (event.clientY - frame.top) * unit());
  }, { passive: false });
  map.addEventListener("pointermove", (event) => {
    if (event.buttons !== 1) return;
    box.x -= event.movementX * unit();
    box.y -= event.movementY * unit();
    show();
  });
}
`;
