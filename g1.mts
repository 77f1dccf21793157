console.error("a", process.cpuUsage());
const { generateDay } = await import("./datasets/day/generated.ts");
console.error("b", process.cpuUsage());
const d = generateDay({ orders: 125, engineers: 38, seed: 1 });
console.error("c", process.cpuUsage(), d.events.length);
