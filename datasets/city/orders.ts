// The orders of one generated centre: who needs which repair where, when they are at home and whom they would like to come.
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import type { Engineer } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import {
  type EngineerPreferenceSchema,
  type Order,
  OrderSchema,
} from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { JOBS, type Job } from "./catalogue.ts";
import { at, between, minutes } from "./clock.ts";
import { drawPlace } from "./districts.ts";
import { EXPIRED_SKILL } from "./engineers.ts";
import type { Random } from "./random.ts";

/** First hours of the two-hour promises. */
const SLOTS = [
  { hour: 8, weight: 3 },
  { hour: 10, weight: 6 },
  { hour: 12, weight: 3 },
  { hour: 14, weight: 6 },
  { hour: 16, weight: 5 },
  { hour: 18, weight: 2 },
] as const;

/** A part that is made no more: no van and no centre has it. */
const DISCONTINUED_SKU = "motor-tide-1998";

/** A job that nobody can do today, for a reason that can be proved. */
const IMPOSSIBLE = {
  noEngineer: {
    ...JOBS.find((job) => job.fault === "gas_valve")!,
    fault: "boiler_inspection",
    skill: EXPIRED_SKILL,
  },
  noPart: { ...JOBS.find((job) => job.fault === "drum_bearing")!, fault: "motor_burnt", skus: [DISCONTINUED_SKU] },
};

/** Where an order comes from in its city. */
export interface OrderContext {
  /** Centre number, from 0. */
  readonly city: number;
  readonly centreId: string;
  /** Engineers of the same centre. */
  readonly crew: readonly Engineer[];
  /** Orders of the same centre; from 20 on two of them are impossible. */
  readonly count: number;
}

/** Draws order number `index` (from 0) of a centre. */
export function drawOrder(random: Random, id: string, index: number, context: OrderContext): Order {
  const { count } = context;
  const noEngineer = count >= 20 && index === Math.floor(count / 3);
  const noPart = count >= 20 && index === Math.floor((2 * count) / 3);
  const job = noEngineer ? IMPOSSIBLE.noEngineer : noPart ? IMPOSSIBLE.noPart : random.weighted(JOBS);
  const capable = context.crew.filter((engineer) => engineer.skills.some((skill) => skill.skillId === job.skill));
  const length = 5 * random.int(job.minutes[0] / 5, job.minutes[1] / 5);
  const vipTier = random.chance(7) ? random.int(2, 8) : 0;
  const optional = !noEngineer && !noPart && random.chance(7);
  const windows = noEngineer ? [between(14, 16)] : drawWindows(random);
  return create(OrderSchema, {
    id,
    labels: { channel: random.pick(["app", "app", "telephone", "partner"]) },
    place: drawPlace(random, context.city),
    windows,
    ...drawPreferredWindow(random, windows),
    ...(random.chance(15) ? { latenessGrace: minutes(random.pick([15, 30])) } : undefined),
    serviceDuration: minutes(length),
    setupDuration: minutes(job.category === "phone" ? random.int(2, 4) : random.int(4, 8)),
    priority: optional ? 0 : 4 * vipTier + (job.severity >= 7 ? 2 * job.severity : 0),
    ...(optional ? { priceMinor: BigInt(random.int(50, 140) * 100) } : undefined),
    createdAt: at(0, random.int(-15 * 60, 8 * 60 - 1)),
    visitDueAt: dueAt(windows),
    vipTier,
    severity: job.severity,
    operatingCentreId: context.centreId,
    skills: { allOf: [job.skill] },
    proficiencies: [{ skillId: job.skill, level: job.level, hard: job.hard ?? false }],
    device: {
      category: job.category,
      brand: random.pick(job.brands),
      family: job.family,
      model: `${job.family}-${random.int(1, 4)}`,
      fault: job.fault,
      manufacturerWarranty: random.chance(12),
    },
    ...(capable.length > 0 && random.chance(8)
      ? {
          previousVisit: {
            engineerId: random.pick(capable).id,
            finishedAt: at(15 - 24 * random.int(2, 20)),
            held: random.chance(80),
            rework: random.chance(30),
          },
        }
      : undefined),
    parts: job.skus.map((sku, part) => ({
      sku,
      quantity: 1,
      substituteSkus: part === 0 && job.substitute ? [job.substitute] : [],
    })),
    toolIds: [...job.tools],
    loads: [{ dimension: "kg", amount: job.kg }],
    ...drawPreference(random, capable),
    customerAttributes: { languages: [random.chance(92) ? "zh-CN" : "en"] },
    declinedEngineerIds: random.chance(3) ? random.some(capable, 1).map((engineer) => engineer.id) : [],
    vehicleAccess: drawAccess(random, job),
    trustValueMinor: BigInt(job.value * 100),
    // Some phones go to the workshop, and parking is not free everywhere.
    takenAlong: job.category === "phone" && index % 4 === 0,
    visitFeeMinor: index % 5 === 0 ? 1_500n : 0n,
    ...(random.chance(10) ? { budgetMinor: BigInt(random.int(120, 400) * 100) } : undefined),
  });
}

/** Done an hour after the end of the last window, or by nine in the evening. */
function dueAt(windows: ReturnType<typeof drawWindows>) {
  const last = windows.at(-1);
  return last ? { seconds: last.end.seconds + 3600n, nanos: 0 } : at(21);
}

/** Mostly one promise of two hours; some two of them, half a day, a whole day or any time. */
function drawWindows(random: Random) {
  const kind = random.int(1, 100);
  const first = random.weighted(SLOTS).hour;
  if (kind <= 74) return [between(first, first + 2)];
  if (kind <= 86) {
    // Windows include both ends, so the second may not begin where the first ends.
    const second = random.weighted(SLOTS.filter(({ hour }) => Math.abs(hour - first) > 2)).hour;
    return [Math.min(first, second), Math.max(first, second)].map((hour) => between(hour, hour + 2));
  }
  if (kind <= 94) return [random.pick([between(8, 12), between(14, 18)])];
  if (kind <= 97) return [between(9, 18)];
  return [];
}

function drawPreferredWindow(random: Random, windows: readonly ReturnType<typeof between>[]) {
  const [window] = windows;
  if (!window || !random.chance(18)) return undefined;
  const start = window.start.seconds + BigInt(random.pick([0, 1800, 3600]));
  return { preferredWindow: { start: { seconds: start, nanos: 0 }, end: { seconds: start + 3600n, nanos: 0 } } };
}

function drawPreference(random: Random, capable: readonly Engineer[]) {
  const kind = random.int(1, 100);
  const [first, second] = random.some(capable, 2).map((engineer) => engineer.id);
  if (first === undefined || kind > 24) return undefined;
  const wish: MessageInitShape<typeof EngineerPreferenceSchema> =
    kind <= 13
      ? { preferredEngineerIds: [first], secondaryEngineerIds: second === undefined ? [] : [second] }
      : kind <= 18
        ? { dislikedEngineerIds: [first] }
        : kind <= 22
          ? { excludedEngineerIds: [first] }
          : { requiredEngineerIds: second === undefined ? [first] : [first, second] };
  return { engineerPreference: wish };
}

/** Lanes too narrow for cars, and loads too heavy for anything else. */
function drawAccess(random: Random, job: Job): VehicleMode[] {
  if (job.category === "phone")
    return random.chance(8) ? [VehicleMode.FOOT, VehicleMode.E_BIKE, VehicleMode.MOTORBIKE, VehicleMode.TRANSIT] : [];
  return job.kg >= 5 && random.chance(25) ? [VehicleMode.CAR] : [];
}
