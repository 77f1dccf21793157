// The benchmark suites: where their files are, how they are read, and what the published cost of a plan is.
import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join, parse } from "node:path";
import { create } from "@bufbuild/protobuf";
import picomatch from "picomatch";
import { euroNeuripsRequest } from "../datasets/euro-neurips.ts";
import { euroNeuripsCost } from "../datasets/euro-neurips-cost.ts";
import type { NumberedRoute } from "../datasets/published-cost.ts";
import { solomonRequest } from "../datasets/solomon.ts";
import { solomonCost } from "../datasets/solomon-cost.ts";
import { strspRequest } from "../datasets/strsp.ts";
import { strspCost } from "../datasets/strsp-cost.ts";
import { strspUnsupported } from "../datasets/strsp-instance.ts";
import { trspRequest } from "../datasets/trsp.ts";
import { trspCost } from "../datasets/trsp-cost.ts";
import { uhhcRequest } from "../datasets/uhhc.ts";
import { uhhcCost } from "../datasets/uhhc-cost.ts";
import { uhhcUnsupported } from "../datasets/uhhc-instance.ts";
import type { AssignRequest } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { Measure, ObjectiveSchema } from "../proto/gen/shanpai/dispatch/v1/policy_pb.ts";

/** One family of instances. */
export interface Suite {
  /** Folders of the instances below the root of all. */
  readonly folders: readonly string[];
  /** How the files of instances end; default ".txt". */
  readonly extension?: string;
  /** The text of an instance, where it lies in more than the one file. */
  readonly read?: (path: string) => Promise<string>;
  /** Why an instance cannot be stated as a request; undefined: it can, as all can where this is absent. */
  readonly unsupported?: (text: string) => string | undefined;
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

const homeHealthcare = {
  extension: ".json",
  unsupported: uhhcUnsupported,
  request: uhhcRequest,
  evaluate: (text: string, routes: readonly NumberedRoute[]) => {
    const { travel: cost, problems } = uhhcCost(text, routes);
    return { cost, problems };
  },
};

/** Tasks with the technicians of the folder that begins with `crews` behind them: those of teams are the same for all places. */
const skilledTechnicians = (crews: string) => ({
  read: async (path: string) => {
    const crew = basename(dirname(path)).replace("tasks", crews);
    const file = basename(path).replace(/^[A-Z]+\d+_(?=.*_Team)/, "");
    const technicians = join(dirname(dirname(path)), crew, `technicians_${file}`);
    return `${await readFile(path, "utf8")}\n${await readFile(technicians, "utf8")}`;
  },
  unsupported: strspUnsupported,
  request: strspRequest,
  evaluate: (text: string, routes: readonly NumberedRoute[]) => {
    const { cost, problems } = strspCost(text, routes);
    return { cost, problems };
  },
});

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
  solomon: { folders: ["solomon"], bestKnown: "solomon", ...vrptw },
  homberger: { folders: ["homberger"], bestKnown: "homberger", ...vrptw },
  "solomon-fewest": { folders: ["solomon"], bestKnown: "solomon-fewest", ...fewest },
  "homberger-fewest": { folders: ["homberger"], bestKnown: "homberger-fewest", ...fewest },
  trsp: { folders: ["trsp_pillac/crew25"], bestKnown: "trsp", ...technicians },
  "trsp-crew13": { folders: ["trsp_pillac/crew13"], bestKnown: undefined, ...technicians },
  "trsp-industrial": { folders: ["trsp_pillac/industrial"], bestKnown: "trsp-industrial", ...technicians },
  "euro-neurips": { folders: ["euro_neurips_2022"], bestKnown: "euro-neurips", ...driving },
  uhhc: { folders: ["uhhc/bazirha", "uhhc/small", "uhhc/validation"], bestKnown: "uhhc", ...homeHealthcare },
  strsp: {
    folders: ["strsp_kovacs/tasks_noTeam", "strsp_kovacs/tasks_Team"],
    bestKnown: undefined,
    ...skilledTechnicians("technicians"),
  },
  "strsp-reduced": {
    folders: ["strsp_kovacs/tasks_noTeam"],
    bestKnown: undefined,
    ...skilledTechnicians("techniciansReduced"),
  },
} as const satisfies Record<string, Suite>;

export type SuiteName = keyof typeof SUITES;

/** An instance: its file name without the ending, and the file. */
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
  const folders = suite.folders.map((folder) => join(dir, folder));
  const listed = await Promise.all(
    folders.map(async (folder) =>
      (await readdir(folder)).map((file) => ({ ...parse(file), path: join(folder, file) })),
    ),
  );
  const all = listed.flat().filter(({ ext, base }) => ext === (suite.extension ?? ".txt") && !NO_INSTANCE.test(base));
  const matches = picomatch(pattern);
  const found = all.filter(({ name }) => matches(name)).map(({ name, path }) => ({ name, path }));
  if (found.length === 0)
    throw new Error(
      `no instance in ${folders.join(", ")} matches "${pattern}"; it has ${all.length} files such as ${all[0]?.name}`,
    );
  return found.sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
}

/** The text of an instance, as `request` and `evaluate` take it. */
export async function readInstance(suite: Suite, { path }: Instance): Promise<string> {
  return suite.read ? suite.read(path) : readFile(path, "utf8");
}

/** An instance that cannot be stated, and why. */
export interface Unsupported {
  readonly instance: string;
  readonly reason: string;
}

/** Those of `instances` that can be stated, and the others. Throws where none can. */
export async function supportedInstances(
  suite: Suite,
  instances: readonly Instance[],
): Promise<{ supported: Instance[]; unsupported: Unsupported[] }> {
  const supported: Instance[] = [];
  const unsupported: Unsupported[] = [];
  for (const instance of instances) {
    const reason = suite.unsupported?.(await readInstance(suite, instance));
    if (reason === undefined) supported.push(instance);
    else unsupported.push({ instance: instance.name, reason });
  }
  if (supported.length === 0)
    throw new Error(
      `none of the ${instances.length} instances is supported, ${instances[0]?.name} has ${unsupported[0]?.reason}`,
    );
  return { supported, unsupported };
}
