// PyVRP and OR-Tools, through the machine's Python: the problem goes in, routes and trace come out as JSON.
import { inFile, type Peer, run } from "./peer.ts";
import { vrplib } from "./vrplib.ts";

/** Python with the packages: `SHANPAI_PYTHON`, else python3. */
const python = () => process.env.SHANPAI_PYTHON ?? "python3";

const PYVRP = `
import json, sys
from pyvrp import read, solve
from pyvrp.stop import MaxRuntime
path, seconds, seed = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
result = solve(read(path, round_func="none"), stop=MaxRuntime(seconds), seed=seed, display=False)
answer = {"routes": []}
if result.is_feasible():
    # Up to 0.12 routes are rows of places, since then they have clients counted from 0 between depots.
    rows = lambda route: list(route.visits()) if hasattr(route, "visits") else [stop.idx + 1 for stop in route if "CLIENT" in str(stop.type)]
    answer["routes"] = [rows(route) for route in result.best.routes()]
    trace, clock = [], 0.0
    for took, datum in zip(result.stats.runtimes, result.stats.data):
        clock += took
        if getattr(datum, "best_feas", False) and (not trace or datum.best_cost < trace[-1][1]):
            trace.append([clock, datum.best_cost])
    if trace: answer["trace"] = trace
print(json.dumps(answer))
`;

const ORTOOLS = `
import json, sys, time
from ortools.constraint_solver import pywrapcp, routing_enums_pb2
p = json.load(sys.stdin)
matrix, windows, service, demand = p["matrix"], p["windows"], p["service"], p["demand"]
manager = pywrapcp.RoutingIndexManager(len(matrix), p["vehicles"], 0)
routing = pywrapcp.RoutingModel(manager)
way = routing.RegisterTransitCallback(lambda a, b: matrix[manager.IndexToNode(a)][manager.IndexToNode(b)])
routing.SetArcCostEvaluatorOfAllVehicles(way)
took = routing.RegisterTransitCallback(lambda a, b: matrix[manager.IndexToNode(a)][manager.IndexToNode(b)] + service[manager.IndexToNode(a)])
horizon = windows[0][1]
routing.AddDimension(took, horizon, horizon, False, "Time")
clock = routing.GetDimensionOrDie("Time")
for node in range(1, len(matrix)):
    clock.CumulVar(manager.NodeToIndex(node)).SetRange(*windows[node])
load = routing.RegisterUnaryTransitCallback(lambda a: demand[manager.IndexToNode(a)])
routing.AddDimension(load, 0, p["capacity"], True, "Load")
search = pywrapcp.DefaultRoutingSearchParameters()
search.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
search.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
search.time_limit.FromMilliseconds(int(1000 * p["seconds"]))
begin, trace = time.monotonic(), []
def seen():
    cost = routing.CostVar().Max()
    if not trace or cost < trace[-1][1]:
        trace.append([time.monotonic() - begin, cost])
routing.AddAtSolutionCallback(seen)
solution = routing.SolveWithParameters(search)
routes = []
if solution:
    for vehicle in range(p["vehicles"]):
        index, route = solution.Value(routing.NextVar(routing.Start(vehicle))), []
        while not routing.IsEnd(index):
            route.append(manager.IndexToNode(index))
            index = solution.Value(routing.NextVar(index))
        if route: routes.append(route)
print(json.dumps({"routes": routes, "trace": trace}))
`;

/** Finds a Python package. */
async function findPackage(module: string): Promise<{ version: string } | { absent: string }> {
  const say = `import ${module}, importlib.metadata as m; print(m.version(${JSON.stringify(module)}))`;
  try {
    return { version: (await run(python(), ["-c", say], "", 60)).trim() };
  } catch (error) {
    const words = (error as Error).message;
    const why = /No module named/.test(words) ? `${python()} has no package ${module}` : words.split("\n").at(-1);
    return { absent: `${why}; pip install ${module}, or name a Python that has it in SHANPAI_PYTHON` };
  }
}

export const pyvrp: Peer = {
  name: "pyvrp",
  find: () => findPackage("pyvrp"),
  solve: async (problem, seconds, seed) =>
    inFile("problem.txt", vrplib(problem), async (path) =>
      JSON.parse(await run(python(), ["-c", PYVRP, path, `${seconds}`, `${seed}`], "", seconds)),
    ),
};

/** It has no seed: runs differ by the clock alone. */
export const ortools: Peer = {
  name: "ortools",
  find: () => findPackage("ortools"),
  solve: async (problem, seconds) =>
    JSON.parse(await run(python(), ["-c", ORTOOLS], JSON.stringify({ ...problem, seconds }), seconds)),
};
