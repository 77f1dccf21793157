// The benchmark suites: where their files are, how they are read, and what the published cost of a plan is.
import { readdir } from "node:fs/promises";
import { join, parse } from "node:path";
import { create } from "@bufbuild/protobuf";
import picomatch from "picomatch";
import { euroNeuripsRequest } from "../datasets/euro-neurips.ts";
import { euroNeuripsCost } from "../datasets/euro-neurips-cost.ts";
import type { NumberedRoute } from "../datasets/published-cost.ts";
import { solomonRequest } from "../datasets/solomon.ts";
import { solomonCost } from "../datasets/solomon-cost.ts";
import { trspRequest } from "../datasets/trsp.ts";
import { trspCost } from "../datasets/trsp-cost.ts";
import type { AssignRequest } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { Measure, ObjectiveSchema } from "../proto/gen/shanpai/dispatch/v1/policy_pb.ts";

/** One family of instances. */
export interface Suite {
  /** Folder of the instances below the root of all. */
  readonly folder: string;
  /** Table of best-known values; undefined: none are known. */
  readonly bestKnown: string | undefined;
  /** Fewest engineers come before the cost: a cost compares with the best-known one only where as many are used. */
  readonly fewestEngineers?: boolean;
  /** The request of an instance. */
  readonly request: (text: string) => AssignRequest;
  /** Published cost and broken rules of a plan, independent of the solver. */
  readonly evaluate: (text: string, routes: readonly NumberedRoute[]) => { cost: number; problems: string[] };
}

const vrptw = {
  request: solomonRequest,
  evaluate: (text: string, routes: readonly NumberedRoute[]) => {
    const { distance, problems } = solomonCost(text, routes);
    return { cost: distance, problems };
  },
};

const technicians = {
  request: trspRequest,
  evaluate: (text: string, routes: readonly NumberedRoute[]) => {
    const { workingTime, problems } = trspCost(text, routes);
    return { cost: workingTime, problems };
  },
};

const driving = {
  request: euroNeuripsRequest,
  evaluate: (text: string, routes: readonly NumberedRoute[]) => {
    const { driving: cost, problems } = euroNeuripsCost(text, routes);
    return { cost, problems };
  },
};

/** Fewest vehicles first, then distance. */
const fewest = {
  ...vrptw,
  request: (text: string) => {
    const request = solomonRequest(text);
    request.objective = create(ObjectiveSchema, {
      levels: [Measure.UNASSIGNED, Measure.ENGINEERS_USED, Measure.DISTANCE].map((measure) => ({
        terms: [{ measure }],
      })),
    });
    return request;
  },
  fewestEngineers: true,
};

/** All suites by name. */
export const SUITES = {
  solomon: { folder: "solomon", bestKnown: "solomon", ...vrptw },
  homberger: { folder: "homberger", bestKnown: "homberger", ...vrptw },
  "solomon-fewest": { folder: "solomon", bestKnown: "solomon-fewest", ...fewest },
  "homberger-fewest": { folder: "homberger", bestKnown: "homberger-fewest", ...fewest },
  trsp: { folder: "trsp_pillac/crew25", bestKnown: "trsp", ...technicians },
  "trsp-crew13": { folder: "trsp_pillac/crew13", bestKnown: undefined, ...technicians },
  "trsp-industrial": { folder: "trsp_pillac/industrial", bestKnown: "trsp-industrial", ...technicians },
  "euro-neurips": { folder: "euro_neurips_2022", bestKnown: "euro-neurips", ...driving },
} as const satisfies Record<string, Suite>;

export type SuiteName = keyof typeof SUITES;

/** An instance: its file name without .txt, and the file. */
export interface Instance {
  readonly name: string;
  readonly path: string;
}

/** Texts that lie beside instances. */
const NO_INSTANCE = /^(licen[cs]e|readme|source)\.txt$/i;

/**
 * Instances of `suite` below `dir` whose name matches the glob `pattern`, sorted by name with numbers in order (C1_2_1 before
 * C1_10_1). Throws if there is none.
 */
export async function findInstances(suite: Suite, dir: string, pattern: string): Promise<Instance[]> {
  const folder = join(dir, suite.folder);
  const all = (await readdir(folder))
    .map((file) => ({ ...parse(file), path: join(folder, file) }))
    .filter(({ ext, base }) => ext === ".txt" && !NO_INSTANCE.test(base));
  const matches = picomatch(pattern);
  const found = all.filter(({ name }) => matches(name)).map(({ name, path }) => ({ name, path }));
  if (found.length === 0)
    throw new Error(
      `no instance in ${folder} matches "${pattern}"; it has ${all.length} files such as ${all[0]?.name}`,
    );
  return found.sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
}
