// What came of a replayed day, in numbers.
import { firstTimeFixRateScore } from "../solver/check/criteria/first-time-fix-rate.ts";
import { type Changes, drive, type OrderState, type World } from "./world.ts";

/** All times in seconds. */
export interface Measures {
  /** Orders that were not called off, and of them those served. */
  readonly orders: number;
  readonly served: number;
  readonly cancelled: number;
  /** Mean time from order to first answer over answered orders, and the share of all orders answered within the promise. */
  readonly responseS: number;
  readonly answeredInTime: number;
  /** Sum over services that began after their window, and how many did. */
  readonly latenessS: number;
  readonly late: number;
  /** Sums over all shifts: from first departure to the last stop's end and home, on the way, waiting at the door. */
  readonly workingS: number;
  readonly travelS: number;
  readonly idleS: number;
  readonly distanceM: number;
  readonly engineersUsed: number;
  readonly loans: number;
  /** Expected share of services that hold: the engineer's own rate where the part was there, else 0. */
  readonly firstTimeFix: number;
  /** Gini coefficient of working minutes over all engineers on shift: 0 = all alike. */
  readonly gini: number;
  /** Times a customer heard of another engineer, of a begin outside the window told, or that nobody comes; and each of them. */
  readonly changes: number;
  readonly changedEngineer: number;
  readonly changedTime: number;
  readonly changedToNobody: number;
  /** CPU of this process: the whole replay, and of it the decisions. */
  readonly cpuS: number;
  readonly dispatchCpuS: number;
  readonly solves: number;
  readonly refused: number;
}

/** First-time-fix rate: the catalogue's m and p0 (docs/criteria.md), of 10,000. */
const [CASES, PRIOR] = [20, 8_500];

/** What the loop has counted. */
export interface Counted {
  readonly responseS: number;
  readonly cpuS: number;
  readonly dispatchCpuS: number;
  readonly solves: number;
  readonly refused: number;
}

/** The measures of a day that is over. */
export function measuresOf(world: World, counted: Counted): Measures {
  const tps = world.ticksPerSecond;
  const states = [...world.orders.values()];
  const wanted = states.filter(({ status }) => status !== "cancelled");
  const services = wanted.flatMap((state) => (state.service ? [{ state, service: state.service }] : []));
  const answers = wanted.flatMap(({ createdAt, answeredAt }) =>
    answeredAt === undefined ? [] : [Math.max(0, answeredAt - createdAt) / tps],
  );
  const late = services.filter(({ service }) => service.lateness > 0);
  const engineers = new Map(world.tracks.map(({ engineer }) => [engineer.id, engineer]));
  const working = new Map([...engineers.keys()].map((id) => [id, 0]));
  for (const track of world.tracks)
    working.set(track.engineer.id, working.get(track.engineer.id)! + workingOf(world, track) / tps);
  const fixes = services.map(({ state: { order }, service }) => {
    if (!service.partsThere) return 0;
    const score = firstTimeFixRateScore(order, engineers.get(service.engineerId)!, CASES, PRIOR, PRIOR);
    return (score ?? PRIOR) / 1e4;
  });
  const trackSum = (of: (track: World["tracks"][number]) => number) =>
    world.tracks.reduce((sum, track) => sum + of(track), 0);
  return {
    orders: wanted.length,
    served: services.length,
    cancelled: states.length - wanted.length,
    responseS: mean(answers),
    answeredInTime:
      wanted.length === 0 ? 1 : answers.filter((time) => time <= counted.responseS).length / wanted.length,
    latenessS: late.reduce((sum, { service }) => sum + service.lateness, 0) / tps,
    late: late.length,
    workingS: [...working.values()].reduce((sum, each) => sum + each, 0),
    travelS: trackSum(({ travel }) => travel) / tps,
    idleS: trackSum(({ waiting }) => waiting) / tps,
    distanceM: trackSum(({ distance }) => distance),
    engineersUsed: new Set(services.map(({ service }) => service.engineerId)).size,
    loans: world.loans,
    firstTimeFix: mean(fixes),
    gini: gini([...working.values()]),
    ...changesOf(states),
    ...{ cpuS: counted.cpuS, dispatchCpuS: counted.dispatchCpuS, solves: counted.solves, refused: counted.refused },
  };
}

function changesOf(states: readonly OrderState[]) {
  const sum = (kind: keyof Changes) => states.reduce((total, { changes }) => total + changes[kind], 0);
  const [changedEngineer, changedTime, changedToNobody] = [sum("engineer"), sum("time"), sum("nobody")];
  const changes = changedEngineer + changedTime + changedToNobody;
  return { changes, changedEngineer, changedTime, changedToNobody };
}

/** From the first departure to the end of the last stop, and home. */
function workingOf(world: World, track: World["tracks"][number]): number {
  if (track.left === undefined) return 0;
  const { engineer, shift, place, free, left } = track;
  const home = shift.endPlace ? drive(world, engineer, place, shift.endPlace, free) : 0;
  return free + home - left;
}

const mean = (values: readonly number[]) =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean absolute difference of all pairs over twice the mean; 0 where all are 0. */
export function gini(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const sum = sorted.reduce((total, value) => total + value, 0);
  if (sum === 0) return 0;
  const weighted = sorted.reduce((total, value, index) => total + (2 * (index + 1) - sorted.length - 1) * value, 0);
  return weighted / (sorted.length * sum);
}
