// What the criteria read of orders and engineers, in the solver's terms.
import type { Engineer, Rate, Shift } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import type { Place } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import type { Cases, EngineerInputs, OrderInputs } from "../../solver/model/criteria-inputs.ts";
import { compareIds, sortedIds } from "../../solver/model/ids.ts";
import { Point } from "../../solver/model/point.ts";
import type { Clock } from "./request-clock.ts";

const SECONDS_A_DAY = 86_400;
/** Output beyond this says nothing more. */
const MOST_PERCENT = 1_000_000;

/** The languages of tags without script and region: who speaks zh-CN understands zh-Hans. */
const primaries = (tags: readonly string[]) =>
  sortedIds(
    tags.map((tag) => {
      const end = tag.indexOf("-");
      return (end < 0 ? tag : tag.slice(0, end)).toLowerCase();
    }),
  );

function pointOf(place: Place | undefined): Point | undefined {
  if (place?.position.case !== "geo") return undefined;
  return new Point(place.position.value.latitude, place.position.value.longitude);
}

const cases = (rate: Rate): Cases => ({ successes: rate.successes, total: rate.total });

export function orderInputs(order: Order, clock: Clock, published: OrderInputs["published"]): OrderInputs {
  const { device, previousVisit: visit, customerAttributes: wishes } = order;
  return {
    point: pointOf(order.place),
    centreId: order.operatingCentreId,
    vip: order.vipTier > 0,
    brand: device?.brand ?? "",
    family: device?.family ?? "",
    model: device?.model ?? "",
    warranty: device?.manufacturerWarranty ?? false,
    lastVisit:
      visit === undefined || visit.engineerId === ""
        ? undefined
        : {
            engineerId: visit.engineerId,
            days:
              visit.finishedAt &&
              Math.max(0, Math.floor(-clock.at(visit.finishedAt) / (SECONDS_A_DAY * clock.ticksPerSecond))),
            held: visit.held,
            rework: visit.rework,
          },
    languages: primaries(wishes?.languages ?? []),
    gender: (wishes?.engineerGender ?? "").toLowerCase(),
    vipTier: order.vipTier,
    severity: order.severity,
    ageS: order.createdAt && Math.max(0, Math.floor(-clock.at(order.createdAt) / clock.ticksPerSecond)),
    dueTicks: order.visitDueAt && clock.at(order.visitDueAt),
    published,
    trustValue: Number(order.trustValueMinor),
    takenAlong: order.takenAlong,
    budget: order.budgetMinor === undefined ? undefined : Number(order.budgetMinor),
    visitFee: Number(order.visitFeeMinor),
  };
}

export function engineerInputs(engineer: Engineer, clock: Clock): EngineerInputs {
  const { rating, onTime, acceptance, tier } = engineer;
  return {
    home: pointOf(firstShift(engineer, clock)?.startPlace),
    centreId: engineer.operatingCentreId,
    territoryCells: sortedIds(engineer.territoryCells),
    certificates: certificates(engineer, clock),
    experience: engineer.deviceExperience.map(({ model, family, repairs }) => ({ model, family, repairs })),
    rating: rating && { milliStars: Math.round(rating.stars * 1000), count: rating.count },
    onTime: onTime && cases(onTime),
    fixes: fixes(engineer),
    acceptance: acceptance?.own && {
      own: cases(acceptance.own),
      peers: acceptance.peers ? cases(acceptance.peers) : { successes: 0, total: 0 },
    },
    outputPercent: outputPercent(tier),
    workload: engineer.workload && { minutes: engineer.workload.minutes, target: engineer.workload.targetMinutes },
    trustLimit: engineer.trustLimitMinor === undefined ? undefined : Number(engineer.trustLimitMinor),
    trustCarried: Number(engineer.trustCarriedMinor),
    wagePerHour: Number(engineer.wagePerHourMinor),
    costPerKm: Number(engineer.costPerKmMinor),
    topLevel: topLevel(engineer),
    languages: primaries(engineer.languages),
    gender: engineer.gender.toLowerCase(),
  };
}

/** The shift that starts first. */
function firstShift({ shifts }: Engineer, clock: Clock): Shift | undefined {
  let first = shifts[0];
  for (const shift of shifts) if (clock.at(shift.time!.start!) < clock.at(first!.time!.start!)) first = shift;
  return first;
}

function fixes({ firstTimeFixes }: Engineer): EngineerInputs["fixes"] {
  const list: EngineerInputs["fixes"][number][] = [];
  for (const { skillId, family, rate } of firstTimeFixes)
    if (rate) list.push({ skillId, family, successes: rate.successes, total: rate.total });
  return list;
}

function topLevel({ skills }: Engineer): number {
  let top = 0;
  for (const { level } of skills) top = Math.max(top, level);
  return top;
}

/** Of several certificates of one maker the one that lasts longest. */
function certificates({ brandCertificates }: Engineer, clock: Clock): EngineerInputs["certificates"] {
  const until = new Map<string, number | undefined>();
  for (const { brand, validUntil } of brandCertificates) {
    const end = validUntil && clock.at(validUntil);
    const before = until.get(brand);
    const lastsLonger = !until.has(brand) || (before !== undefined && (end === undefined || end > before));
    if (lastsLonger) until.set(brand, end);
  }
  const list = [...until];
  return list.length > 1 ? list.sort(([a], [b]) => compareIds(a, b)) : list;
}

function outputPercent(tier: Engineer["tier"]): number | undefined {
  if (tier === undefined) return undefined;
  const milli = (perDay: number) => Math.round(perDay * 1000);
  const target = tier.targetDays * milli(tier.targetOrdersPerDay);
  if (target === 0) return undefined;
  return Math.min(MOST_PERCENT, Math.floor((100 * tier.attendanceDays * milli(tier.ordersPerDay)) / target));
}
