// The script of a replay's maps: a clock that is moved by hand or runs, and every side's day at that moment. Plain browser JavaScript, kept as text
// because the page carries it.

export const DAY_MAP_SCRIPT = `
const { begin, end, zone, sides, size } = DATA.own;
const clock = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const slider = document.getElementById("moment");
const words = document.getElementById("moment-words");
const play = document.getElementById("play");
const dots = (name, color, symbol, symbolSize) => ({ name, type: "scatter", symbol, symbolSize, itemStyle: { color }, data: [] });
const STATES = ["waiting for an answer", "promised", "being served", "served in time", "served late", "called off"];
const SERIES = () => [
  dots(STATES[0], "#D55E00", "circle", 9),
  dots(STATES[1], "#56B4E9", "circle", 7),
  dots(STATES[2], "#0072B2", "circle", 9),
  dots(STATES[3], "#009E73", "circle", 5),
  dots(STATES[4], "#CC79A7", "circle", 7),
  dots(STATES[5], "#999999", "circle", 4),
  { name: "journeys", type: "line", symbol: "none", lineStyle: { width: 1, color: "#888888" }, data: [], silent: true },
  dots("engineers", DARK ? "#eeeeee" : "#222222", "triangle", 9),
  dots("centres", "#E69F00", "rect", 9),
];
const maps = sides.map((side, index) => {
  const chart = draw(document.querySelector('[data-map="' + index + '"]'), {
    grid: { left: 6, right: 6, top: 6, bottom: 56 },
    legend: { bottom: 0, itemHeight: 9, textStyle: { fontSize: 11 } },
    tooltip: { formatter: ({ data }) => String(data[2] || "").replace(/[&<>]/g, "") },
    xAxis: { min: 0, max: size.width, show: false },
    yAxis: { min: 0, max: size.height, show: false, inverse: true },
    series: SERIES(),
  });
  return { side, chart };
});
// Orders: [id, x, y, created, answered, cancelled, begin, finish, late]; null is never.
function stateAt([, , , created, answered, cancelled, start, finish, late], t) {
  if (created > t) return -1;
  if (cancelled !== null && cancelled <= t) return 5;
  if (start !== null && start <= t) return finish > t ? 2 : late ? 4 : 3;
  return answered !== null && answered <= t ? 1 : 0;
}
// Shifts: [engineer, x, y, stops]; stops: [x, y, leave, arrival, start, finish].
function whereAt([, x, y, stops], t) {
  let at = [x, y];
  for (const [toX, toY, leave, arrival] of stops) {
    if (t < leave) break;
    if (t < arrival) {
      const share = (t - leave) / (arrival - leave);
      return { at: [at[0] + share * (toX - at[0]), at[1] + share * (toY - at[1])], way: [at, [toX, toY]] };
    }
    at = [toX, toY];
  }
  return { at };
}
function show(t) {
  words.textContent = clock.format(1000 * t);
  for (const { side, chart } of maps) {
    const data = STATES.map(() => []);
    for (const order of side.orders) {
      const state = stateAt(order, t);
      if (state >= 0) data[state].push([order[1], order[2], order[0]]);
    }
    const ways = [];
    const people = side.shifts.map((shift) => {
      const { at, way } = whereAt(shift, t);
      if (way) ways.push(...way, [null, null]);
      return [...at, shift[0]];
    });
    chart.setOption({ series: [...data.map((points) => ({ data: points })), { data: ways }, { data: people }, { data: side.centres }] });
  }
}
slider.min = begin; slider.max = end; slider.step = 60; slider.value = begin;
let timer = 0;
const stop = () => { clearInterval(timer); timer = 0; play.textContent = "\\u25b6"; };
const step = (seconds) => {
  slider.value = Math.min(end, Number(slider.value) + seconds);
  show(Number(slider.value));
  if (Number(slider.value) + 60 > end) stop();
};
slider.addEventListener("input", () => show(Number(slider.value)));
for (const button of document.querySelectorAll("[data-step]"))
  button.addEventListener("click", () => { stop(); step(Number(button.dataset.step)); });
play.addEventListener("click", () => {
  if (timer) return stop();
  if (Number(slider.value) + 60 > end) slider.value = begin;
  play.textContent = "\\u275a\\u275a";
  timer = setInterval(() => step(120), 80);
});
const noon = begin + Math.floor((end - begin) / 2);
slider.value = noon;
show(Number(slider.value));
`;
