// The engineers of one generated centre: homes, shifts, trades, vans and the records that matching looks at.
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import {
  type Engineer,
  EngineerSchema,
  type ShiftSchema,
  type SkillSchema,
} from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import { VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { JOBS, TRADES, type Trade } from "./catalogue.ts";
import { at, between, minutes } from "./clock.ts";
import { centrePlace, drawPlace } from "./districts.ts";
import type { Random } from "./random.ts";
import { drawStock } from "./van-stock.ts";

/** The skill that exists, but is valid for nobody through the afternoon. */
export const EXPIRED_SKILL = "pressure_vessel";

// Two characters each, 144 different names for the first 144 engineers of a centre.
const COLOURS = [..."青白红金紫银翠蓝灰彩晨晚"];
const NATURE = [..."松鹭枫雀杏竹燕棠鹤榴云溪"];

/** Most kilograms and units of parts by vehicle. */
const VANS: Readonly<Partial<Record<VehicleMode, { kg: number; parts: number }>>> = {
  [VehicleMode.E_BIKE]: { kg: 20, parts: 30 },
  [VehicleMode.TRANSIT]: { kg: 15, parts: 20 },
  [VehicleMode.MOTORBIKE]: { kg: 35, parts: 40 },
  [VehicleMode.CAR]: { kg: 300, parts: 150 },
};

/** Draws engineer number `index` (from 0) of the city of centre number `city` (from 0). */
export function drawEngineer(random: Random, id: string, index: number, city: number, centreId: string): Engineer {
  const trade = TRADES[index % TRADES.length]!;
  const mode = random.weighted(trade.modes).mode;
  const van = VANS[mode]!;
  const senior = random.chance(40);
  const skills = drawSkills(random, trade, senior);
  // The first of the heating trade holds the certificate that runs out this morning.
  if (index === TRADES.findIndex((each) => each.name === "heating"))
    skills.push({ skillId: EXPIRED_SKILL, level: 7, validUntil: at(9) });
  const jobs = JOBS.filter((job) => skills.some((skill) => skill.skillId === job.skill));
  const families = [...new Set(jobs.map((job) => job.family))];
  const fixes = random.int(20, 120);
  const offers = random.int(40, 160);
  const starts = random.int(60, 260);
  const target = random.pick([2100, 2400, 2700]);
  return create(EngineerSchema, {
    id,
    name: `${COLOURS[index % 12]}${NATURE[(index + Math.floor(index / 12)) % 12]}`,
    labels: { trade: trade.name },
    shifts: [drawShift(random, city)],
    vehicleMode: mode,
    skills,
    brandCertificates: [...new Set(jobs.flatMap((job) => job.brands))]
      .filter(() => random.chance(60))
      .map((brand) => (random.chance(10) ? { brand, validUntil: at(24 * 5) } : { brand })),
    toolIds: [...trade.tools, ...trade.extraTools.filter(() => random.chance(50))],
    stock: drawStock(random, jobs),
    partCapacity: van.parts,
    capacities: [{ dimension: "kg", amount: van.kg }],
    lending: { mayLend: random.chance(70), hub: random.chance(8) },
    operatingCentreId: centreId,
    maxOrders: random.int(6, 9),
    ...(random.chance(25) ? { maxLegDuration: minutes(random.pick([60, 75])) } : undefined),
    trustLimitMinor: BigInt(random.pick([20_000, 30_000, 50_000]) * 100),
    deviceExperience: families.map((family) => ({ family, repairs: random.int(0, 40) })),
    rating: { stars: random.int(38, 50) / 10, count: random.int(5, 400) },
    onTime: { successes: Math.floor((starts * random.int(82, 99)) / 100), total: starts },
    firstTimeFixes: families.map((family) => ({
      family,
      rate: { successes: Math.floor((fixes * random.int(70, 98)) / 100), total: fixes },
    })),
    acceptance: {
      own: { successes: Math.floor((offers * random.int(70, 100)) / 100), total: offers },
      peers: { successes: offers * 9, total: offers * 10 },
    },
    tier: {
      attendanceDays: random.int(16, 24),
      ordersPerDay: random.int(20, 60) / 10,
      targetDays: 22,
      targetOrdersPerDay: 4,
    },
    workload: {
      minutes: Math.floor((target * random.int(60, 115)) / 100),
      targetMinutes: target,
      orders: random.int(14, 32),
      targetOrders: 24,
      earningsMinor: BigInt(random.int(1200, 3200) * 100),
      targetEarningsMinor: 240_000n,
    },
    languages: ["zh-CN", ...(random.chance(25) ? ["en"] : []), ...(random.chance(30) ? ["wuu"] : [])],
    wagePerHourMinor: BigInt((senior ? random.int(55, 75) : random.int(38, 52)) * 100),
    costPerKmMinor: mode === VehicleMode.CAR ? 90n : 20n,
  });
}

function drawSkills(random: Random, trade: Trade, senior: boolean) {
  const ids = [
    ...trade.skills,
    ...trade.extraSkills.filter(({ percent }) => random.chance(percent)).map(({ id }) => id),
  ];
  return ids.map((skillId): MessageInitShape<typeof SkillSchema> => {
    const level = random.chance(4) ? 0 : senior ? random.int(6, 10) : random.int(3, 7);
    // Some certificates run out at noon: no use for the windows of the afternoon.
    const validUntil = random.chance(5) ? at(12) : random.chance(50) ? at(24 * random.int(30, 700)) : undefined;
    return validUntil ? { skillId, level, validUntil } : { skillId, level };
  });
}

function drawShift(random: Random, city: number): MessageInitShape<typeof ShiftSchema> {
  const kind = random.weighted([
    { weight: 4, from: 8, to: 16.5, pause: { window: between(11.5, 13), duration: minutes(45) } },
    { weight: 3, from: 12, to: 20.5, pause: { window: between(16.5, 18.5), duration: minutes(30) } },
    { weight: 4, from: 9, to: 18, pause: { window: between(11.5, 13), duration: minutes(45) } },
  ]);
  const home = drawPlace(random, city);
  const tea = { window: between(14.5, 16), duration: minutes(15), paid: true, priceMinor: 1500n };
  return {
    time: between(kind.from, kind.to),
    startPlace: random.chance(15) ? centrePlace(city) : home,
    ...(random.chance(90) ? { endPlace: home } : undefined),
    ...(random.chance(40) ? { maxOvertime: minutes(30) } : undefined),
    breaks: [kind.pause, ...(random.chance(10) ? [tea] : [])],
  };
}
