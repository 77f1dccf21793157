// The dynamic problem of the EURO Meets NeurIPS 2022 competition by its official rules: what is known in an epoch, what must go, what routes cost.
import type { EuroNeuripsInstance } from "./euro-neurips.ts";
import type { Stream, StreamRequest } from "./euro-neurips-stream.ts";

/** What is known when an epoch begins. */
export interface Epoch {
  readonly number: number;
  /** Nothing becomes known after it. */
  readonly last: boolean;
  /** Seconds; vehicles of this epoch leave the depot then. */
  readonly departure: number;
  /** Requests that are known and have not gone, in the order of the stream. */
  readonly requests: readonly StreamRequest[];
  /** Ids of those that cannot wait for the vehicles of the next epoch; in the last epoch all. */
  readonly mustGo: ReadonlySet<number>;
}

/** Routes of an epoch: ids of requests in the order of their visits. Whatever is in none of them waits. */
export type EpochRoutes = readonly (readonly number[])[];

/** When vehicles of epoch `number` leave the depot, seconds. */
export function departureOf(stream: Stream, number: number): number {
  return stream.epochDuration * number + stream.margin;
}

/** Whether a vehicle that leaves the depot at `departure` for this one request comes in time and is back before the depot closes. */
export function reachableAlone(
  instance: EuroNeuripsInstance,
  request: Omit<StreamRequest, "id" | "epoch">,
  departure: number,
): boolean {
  const { nodes, durations } = instance;
  const start = Math.max(departure + durations[request.customer]!, request.open);
  const back = start + request.service + durations[request.customer * nodes.length]!;
  return start <= request.close && back <= nodes[0]!.close;
}

/** Epoch `number` of a stream from which the requests in `gone` have been served. */
export function epochOf(
  instance: EuroNeuripsInstance,
  stream: Stream,
  number: number,
  gone: ReadonlySet<number>,
): Epoch {
  const last = number === stream.endEpoch;
  const requests = stream.requests.filter(({ id, epoch }) => epoch <= number && !gone.has(id));
  const next = departureOf(stream, number + 1);
  const must = requests.filter((request) => last || !reachableAlone(instance, request, next));
  return {
    number,
    last,
    departure: departureOf(stream, number),
    requests,
    mustGo: new Set(must.map(({ id }) => id)),
  };
}

/**
 * Driving seconds of an epoch's routes and every broken rule in words: unknown requests and repeated ones, windows, return to the
 * depot, capacity, requests that had to go and did not.
 */
export function routesCost(
  instance: EuroNeuripsInstance,
  epoch: Epoch,
  routes: EpochRoutes,
): { driving: number; problems: string[] } {
  const known = new Map(epoch.requests.map((request) => [request.id, request]));
  const gone = new Set<number>();
  const problems: string[] = [];
  let driving = 0;
  for (const [index, route] of routes.entries()) {
    const visits = route.flatMap((id) => {
      const request = known.get(id);
      if (!request) problems.push(`route ${index}: request ${id} is not known or has gone before`);
      if (gone.has(id)) problems.push(`route ${index}: request ${id} goes twice`);
      gone.add(id);
      return request ? [request] : [];
    });
    driving += routeSeconds(instance, epoch.departure, visits, (problem) =>
      problems.push(`route ${index}: ${problem}`),
    );
  }
  for (const id of epoch.mustGo) if (!gone.has(id)) problems.push(`request ${id} cannot wait and is in no route`);
  return { driving, problems: problems.map((problem) => `epoch ${epoch.number}, ${problem}`) };
}

/** Driving time of one route from the depot and back. */
function routeSeconds(
  { nodes, durations, capacity }: EuroNeuripsInstance,
  departure: number,
  visits: readonly StreamRequest[],
  problem: (text: string) => void,
): number {
  if (visits.length === 0) {
    problem("visits nobody");
    return 0;
  }
  let [at, time, load, driving] = [0, departure, 0, 0];
  for (const visit of visits) {
    const leg = durations[at * nodes.length + visit.customer]!;
    const start = Math.max(time + leg, visit.open);
    if (start > visit.close) problem(`request ${visit.id} begins at ${start}, at most ${visit.close}`);
    [at, time, load, driving] = [visit.customer, start + visit.service, load + visit.demand, driving + leg];
  }
  const leg = durations[at * nodes.length]!;
  if (time + leg > nodes[0]!.close) problem(`back at ${time + leg}, at most ${nodes[0]!.close}`);
  if (load > capacity) problem(`load ${load}, capacity ${capacity}`);
  return driving + leg;
}

/** One epoch as it went. */
export interface EpochResult {
  readonly number: number;
  /** Requests known, of them those that had to go, and those that went. */
  readonly known: number;
  readonly mustGo: number;
  readonly gone: number;
  readonly routes: EpochRoutes;
  readonly driving: number;
}

/**
 * Runs a stream epoch by epoch: `dispatch` sees what is known and says which requests go, by which routes. The cost is the driving
 * time of all routes; `problems` names every broken rule.
 */
export async function runEpochs(
  instance: EuroNeuripsInstance,
  stream: Stream,
  dispatch: (epoch: Epoch) => Promise<EpochRoutes> | EpochRoutes,
  onEpoch: (result: EpochResult) => void = () => {},
): Promise<{ cost: number; problems: string[]; epochs: EpochResult[] }> {
  const gone = new Set<number>();
  const problems: string[] = [];
  const epochs: EpochResult[] = [];
  for (let number = stream.startEpoch; number <= stream.endEpoch; number++) {
    const epoch = epochOf(instance, stream, number, gone);
    const routes = await dispatch(epoch);
    const { driving, problems: broken } = routesCost(instance, epoch, routes);
    problems.push(...broken);
    for (const id of routes.flat()) gone.add(id);
    const result = {
      number,
      known: epoch.requests.length,
      mustGo: epoch.mustGo.size,
      gone: routes.flat().length,
      routes,
      driving,
    };
    epochs.push(result);
    onEpoch(result);
  }
  return { cost: epochs.reduce((sum, { driving }) => sum + driving, 0), problems, epochs };
}
