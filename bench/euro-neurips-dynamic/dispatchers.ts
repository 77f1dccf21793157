// Who goes now and who waits: ways to decide it for the epochs of a EURO-NeurIPS stream.
import { type Random, randomFrom } from "../../datasets/city/random.ts";
import type { EuroNeuripsInstance } from "../../datasets/euro-neurips.ts";
import { departureOf, type Epoch, type EpochRoutes, reachableAlone } from "../../datasets/euro-neurips-epochs.ts";
import type { Stream, StreamRequest } from "../../datasets/euro-neurips-stream.ts";
import type { Assigner } from "../assigner.ts";
import { solveWaves, type WaveBudget, type WaveRequest, type WaveRoute } from "./waves.ts";

/** What a dispatcher may use in each epoch. */
export interface EpochBudget {
  readonly timeLimitMs?: number | undefined;
  readonly iterations?: number | undefined;
  readonly seed: number;
}

/** Everything that a dispatcher decides with; of `stream` it reads the clock, never the requests. */
export interface Setting {
  readonly instance: EuroNeuripsInstance;
  readonly stream: Stream;
  readonly budget: EpochBudget;
  readonly assigner: Assigner;
}

export type Dispatcher = (setting: Setting, epoch: Epoch) => Promise<EpochRoutes>;

/** All known requests go at once. */
const greedy: Dispatcher = (setting, epoch) => routesFor(setting, epoch, epoch.requests, setting.budget);

/** Only what cannot wait goes. */
const lazy: Dispatcher = (setting, epoch) =>
  routesFor(
    setting,
    epoch,
    epoch.requests.filter(({ id }) => epoch.mustGo.has(id)),
    setting.budget,
  );

async function routesFor(
  { instance, assigner }: Setting,
  epoch: Epoch,
  requests: readonly StreamRequest[],
  budget: WaveBudget,
): Promise<EpochRoutes> {
  const now = requests.map((request) => ({ ...request, firstWave: 0, lastWave: 0 }));
  const routes = await solveWaves(instance, [epoch.departure], now, budget, assigner);
  return routes.map(({ visits }) => visits.map(({ id }) => id));
}

/** Requests drawn in every epoch before those are dropped that its vehicles cannot serve: the organisers' rule. */
const DRAWS = 100;

/** How scenarios are used. */
export interface ScenarioOptions {
  /** Epochs that are imagined after this one. */
  readonly ahead: number;
  /** Scenarios of each round. */
  readonly scenarios: readonly number[];
  /** A request goes when at least this share of a round's scenarios send it now, and waits when at most that share do. */
  readonly goFrom: number;
  readonly waitUpTo: number;
  /** Share of the budget for the routes of what goes. */
  readonly routesShare: number;
}

export const SCENARIO_DEFAULTS: ScenarioOptions = {
  ahead: 1,
  scenarios: [6, 6, 6],
  goFrom: 0.6,
  waitUpTo: 0.3,
  routesShare: 0.2,
};

/**
 * Plans this epoch together with imagined requests of the next ones, several times. What most of these scenarios send now goes, what
 * few do waits; the next round of scenarios decides about the others with that settled, and after the last round the majority does.
 */
export function byScenarios(options: ScenarioOptions = SCENARIO_DEFAULTS): Dispatcher {
  const { ahead, scenarios, goFrom, waitUpTo, routesShare } = options;
  return async (setting, epoch) => {
    const { instance, stream, budget, assigner } = setting;
    if (epoch.last) return greedy(setting, epoch);
    const departures = Array.from({ length: Math.min(ahead, stream.endEpoch - epoch.number) + 1 }, (_, wave) =>
      departureOf(stream, epoch.number + wave),
    );
    const total = scenarios.reduce((sum, count) => sum + count, 0);
    const share = part(budget, (1 - routesShare) / total);
    const random = randomFrom(Math.imul(budget.seed, 0x9e3779b1) + epoch.number);
    const go = new Set(epoch.mustGo);
    const wait = new Set<number>();
    for (const [round, count] of scenarios.entries()) {
      const open = epoch.requests.filter(({ id }) => !go.has(id) && !wait.has(id));
      if (open.length === 0) break;
      const votes = new Map<number, number>();
      for (let index = 0; index < count; index++) {
        const known = epoch.requests.map((request) => ({
          ...request,
          firstWave: wait.has(request.id) ? 1 : 0,
          lastWave: go.has(request.id) ? 0 : departures.length - 1,
        }));
        const imagined = departures.slice(1).flatMap((_, ahead) => draw(setting, epoch, ahead + 1, random));
        const routes = await solveWaves(
          instance,
          departures,
          [...known, ...imagined],
          { ...share, seed: random.int(0, 2 ** 31) },
          assigner,
        );
        for (const route of routes)
          if (route.wave === 0 && !canWait(instance, route, departures[1]!, go))
            for (const { id } of route.visits) votes.set(id, (votes.get(id) ?? 0) + 1);
      }
      const last = round === scenarios.length - 1;
      for (const { id } of open) {
        const sent = (votes.get(id) ?? 0) / count;
        if (sent >= (last ? 0.5 : goFrom)) go.add(id);
        else if (sent <= waitUpTo) wait.add(id);
      }
    }
    const going = epoch.requests.filter(({ id }) => go.has(id));
    return routesFor(setting, epoch, going, { ...part(budget, routesShare), seed: budget.seed });
  };
}

function part({ timeLimitMs, iterations, seed }: EpochBudget, share: number): EpochBudget {
  return {
    timeLimitMs: timeLimitMs === undefined ? undefined : Math.max(1, Math.floor(timeLimitMs * share)),
    iterations: iterations === undefined ? undefined : Math.max(1, Math.floor(iterations * share)),
    seed,
  };
}

/** Requests of the epoch `ahead` of this one as the organisers draw them: customer, window, demand and service each of any customer. */
function draw({ instance, stream }: Setting, epoch: Epoch, ahead: number, random: Random): WaveRequest[] {
  const { nodes } = instance;
  const departure = departureOf(stream, epoch.number + ahead);
  const any = () => random.int(1, nodes.length - 1);
  return Array.from({ length: DRAWS }, (_, index) => {
    const [customer, window] = [any(), nodes[any()]!];
    const request = {
      customer,
      open: window.open,
      close: window.close,
      demand: nodes[any()]!.demand,
      service: nodes[any()]!.service,
    };
    // Known requests have numbers of their own, from 1.
    return { ...request, id: -(ahead * DRAWS + index), firstWave: ahead, lastWave: Number.POSITIVE_INFINITY };
  }).filter((request) => reachableAlone(instance, request, departure));
}

/** Whether a route of this epoch could as well leave at `departure`: then nothing says that its requests must go now. */
function canWait(
  { nodes, durations }: EuroNeuripsInstance,
  { visits }: WaveRoute,
  departure: number,
  go: ReadonlySet<number>,
): boolean {
  let [at, time] = [0, departure];
  for (const { id, customer, open, close, service } of visits) {
    const start = Math.max(time + durations[at * nodes.length + customer]!, open);
    if (go.has(id) || start > close) return false;
    [at, time] = [customer, start + service];
  }
  return time + durations[at * nodes.length]! <= nodes[0]!.close;
}

/** Dispatchers by name. */
export const DISPATCHERS = { greedy, lazy, scenarios: byScenarios() } as const satisfies Record<string, Dispatcher>;

export type DispatcherName = keyof typeof DISPATCHERS;
