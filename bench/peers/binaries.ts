// VROOM and HGS-VRPTW, as programs on the PATH.
import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { inFile, type Peer, run } from "./peer.ts";
import type { PeerProblem } from "./problem.ts";
import { vrplib } from "./vrplib.ts";

/** The first of `names` on the PATH. */
async function onPath(names: readonly string[]): Promise<string | undefined> {
  for (const name of names)
    for (const folder of (process.env.PATH ?? "").split(delimiter)) {
      const path = join(folder, name);
      const found = await access(path, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (found) return path;
    }
  return undefined;
}

/** The input of VROOM (docs/API.md of its repository). */
export function vroomInput({ matrix, windows, service, demand, capacity, vehicles }: PeerProblem) {
  return {
    vehicles: Array.from({ length: vehicles }, (_, id) => ({
      ...{ id, start_index: 0, end_index: 0, capacity: [capacity], time_window: windows[0] },
    })),
    jobs: windows.slice(1).map((window, at) => ({
      ...{
        id: at + 1,
        location_index: at + 1,
        service: service[at + 1],
        delivery: [demand[at + 1]],
        time_windows: [window],
      },
    })),
    matrices: { car: { durations: matrix } },
  };
}

/** It has no seed and ends by itself: its thoroughness is the highest, its time the limit. */
export const vroom: Peer = {
  name: "vroom",
  find: async () => {
    const path = await onPath(["vroom"]);
    if (!path)
      return { absent: "no program vroom on the PATH; github.com/VROOM-Project/vroom, or pip install pyvroom" };
    const help = await run(path, ["--help"], "", 60).catch((error: Error) => error.message);
    return { version: /(?:version|Version:?|^|\s)v?(\d+\.\d+(?:\.\d+)?)/.exec(help)?.[1] ?? "of unknown version" };
  },
  solve: async (problem, seconds) => {
    const path = (await onPath(["vroom"]))!;
    const output = await inFile("problem.json", JSON.stringify(vroomInput(problem)), (file) =>
      run(path, ["-i", file, "-x", "5", "-t", "1", "-l", `${seconds}`], "", seconds),
    );
    const answer = JSON.parse(output) as { routes: { steps: { type: string; id?: number; job?: number }[] }[] };
    return {
      routes: answer.routes.map(({ steps }) =>
        steps.flatMap(({ type, id, job }) => (type === "job" ? [id ?? job!] : [])),
      ),
    };
  },
};

/** Routes and costs in the words of HGS-VRPTW: `Route #1: 3 1 2` and `Cost 1234`, the last plan counts. */
export function hgsAnswer(output: string): number[][] {
  const lines = output.split("\n");
  const first = lines.findLastIndex((line) => /^Route #1:/.test(line));
  if (first < 0) return [];
  const rest = lines.slice(first).map((line) => /^Route #\d+:(.*)$/.exec(line)?.[1]);
  const end = rest.indexOf(undefined);
  return rest.slice(0, end < 0 ? undefined : end).map((row) => row!.trim().split(/\s+/).filter(Boolean).map(Number));
}

/** HGS-VRPTW of the DIMACS challenge and EURO Meets NeurIPS 2022. HGS-CVRP (`hgs`) knows no time windows. */
export const hgs: Peer = {
  name: "hgs",
  find: async () => {
    if (await onPath(["genvrp"])) return { version: "genvrp" };
    const plain = (await onPath(["hgs"])) ? " (the program hgs is HGS-CVRP, which knows no time windows)" : "";
    return {
      absent: `no program genvrp, HGS-VRPTW, on the PATH${plain}; github.com/ortec/euro-neurips-vrp-2022-quickstart`,
    };
  },
  solve: async (problem, seconds, seed) => {
    const path = (await onPath(["genvrp"]))!;
    const output = await inFile("problem.txt", vrplib(problem), (file) =>
      run(
        path,
        [file, `${seconds}`, "-seed", `${seed}`, "-veh", `${problem.vehicles}`, "-useWallClockTime", "1"],
        "",
        seconds,
      ),
    );
    return { routes: hgsAnswer(output) };
  },
};
