// What the criteria read of orders and engineers, in the solver's terms.
import type { Engineer, Rate } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import type { Place } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import type { Cases, EngineerInputs, OrderInputs, Point } from "../../solver/model/criteria-inputs.ts";
import { compareIds } from "../../solver/model/ids.ts";
import type { Clock } from "./request-clock.ts";

const SECONDS_A_DAY = 86_400;
/** Output beyond this says nothing more. */
const MOST_PERCENT = 1_000_000;

const sorted = (texts: Iterable<string>) => [...new Set(texts)].sort(compareIds);

/** The language of a tag without script and region: who speaks zh-CN understands zh-Hans. */
const primary = (tag: string) => tag.split("-")[0]!.toLowerCase();

function pointOf(place: Place | undefined): Point | undefined {
  if (place?.position.case !== "geo") return undefined;
  const { latitude, longitude } = place.position.value;
  return { latitude, longitude };
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
    languages: sorted((wishes?.languages ?? []).map(primary)),
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
  const [first] = [...engineer.shifts].sort((a, b) => clock.at(a.time!.start!) - clock.at(b.time!.start!));
  const { rating, onTime, acceptance, tier } = engineer;
  return {
    home: pointOf(first?.startPlace),
    centreId: engineer.operatingCentreId,
    territoryCells: sorted(engineer.territoryCells),
    certificates: certificates(engineer, clock),
    experience: engineer.deviceExperience.map(({ model, family, repairs }) => ({ model, family, repairs })),
    rating: rating && { milliStars: Math.round(rating.stars * 1000), count: rating.count },
    onTime: onTime && cases(onTime),
    fixes: engineer.firstTimeFixes.flatMap(({ skillId, family, rate }) =>
      rate ? [{ skillId, family, ...cases(rate) }] : [],
    ),
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
    topLevel: Math.max(0, ...engineer.skills.map((skill) => skill.level)),
    languages: sorted(engineer.languages.map(primary)),
    gender: engineer.gender.toLowerCase(),
  };
}

/** Of several certificates of one maker the one that lasts longest. */
function certificates(engineer: Engineer, clock: Clock): EngineerInputs["certificates"] {
  const until = new Map<string, number | undefined>();
  for (const { brand, validUntil } of engineer.brandCertificates) {
    const end = validUntil && clock.at(validUntil);
    const before = until.get(brand);
    const lastsLonger = !until.has(brand) || (before !== undefined && (end === undefined || end > before));
    if (lastsLonger) until.set(brand, end);
  }
  return [...until].sort(([a], [b]) => compareIds(a, b));
}

function outputPercent(tier: Engineer["tier"]): number | undefined {
  if (tier === undefined) return undefined;
  const milli = (perDay: number) => Math.round(perDay * 1000);
  const target = tier.targetDays * milli(tier.targetOrdersPerDay);
  if (target === 0) return undefined;
  return Math.min(MOST_PERCENT, Math.floor((100 * tier.attendanceDays * milli(tier.ordersPerDay)) / target));
}
