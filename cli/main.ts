#!/usr/bin/env node
// The shanpai command: its commands with their options; what they do is loaded when they run.
import { existsSync, readFileSync } from "node:fs";
import { Command, CommanderError, Option } from "commander";

/** What --travel takes. */
const TRAVEL_SOURCES = "great_circle, osrm:URL, valhalla:URL or valhalla:FOLDER";
const TRAVEL_OPTION = `${TRAVEL_SOURCES}, instead of the request's`;

type Run = () => Promise<number>;

/** Runs a command and leaves its exit code; output is written out before the process ends by itself. */
async function exitWith(run: Run): Promise<void> {
  try {
    process.exitCode = await run();
  } catch (error) {
    process.exitCode = (await import("./failure.ts")).reportFailure(error);
  }
}

// A reader such as `head` may close the pipe before everything is written, and that is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

const program = new Command("shanpai")
  .description("Decides who goes where: engineers, orders, parts and routes.")
  .version(version())
  // Options behind the name of a command are its own: `bench` and `bench core` have some of the same name.
  .enablePositionalOptions()
  .exitOverride()
  .addHelpText(
    "after",
    "\nExit codes: 0 ok, 1 findings in a plan or invalid results, 2 usage or bad input, 3 server or solver failure.",
  );

program
  .command("solve")
  .description("the best plan for a request")
  .argument("<request>", "AssignRequest in proto3 JSON; - reads standard input")
  .option("-o, --output <file>", "where the answer goes; default: standard output")
  .option("--time-limit <time>", "longest solve, such as 10s, 500ms or 2m; default: the request's")
  .option("--iterations <n>", "iterations of each worker, for plans that repeat; default: the request's")
  .option("--seed <n>", "seed of everything random; default: the request's")
  .option("--workers <n>", "workers on the request, 1 to 64; default: the request's")
  .option("--candidates <n|all>", "engineers tried first for an order, 1 to 10000, or all; default: the request's")
  .option(
    "--regions",
    "plan operating centres or regions one by one, --workers side by side, and neighbours together: for a whole country",
  )
  .option("--prove", "prove a lower bound of the plan after the search, where one can be proved")
  .option("--prove-time-limit <time>", "longest proof, within the time limit; default: half of it")
  .option(
    "--policy <file|preset>",
    "Policy in proto3 JSON, or balanced, fastest, customer_first, first_time_fix, fair or emergency, instead of the request's",
  )
  .option("--check", "run the independent checker on the answer; findings go to stderr")
  .option("--format <format>", "json, table, html or geojson; default: table on a terminal, else json")
  .option("--server <host:port>", "ask this server instead of solving here")
  .option("--travel <source>", TRAVEL_OPTION)
  .option(
    "--instructions <language>",
    "turn-by-turn steps and geometry of every leg, in a language such as zh-Hans or en",
  )
  .action((request, options) => exitWith(async () => (await import("./commands/solve.ts")).solve(request, options)));

program
  .command("evaluate")
  .description("findings and cost of a plan, and how another plan differs")
  .argument("<request>", "AssignRequest in proto3 JSON; - reads standard input")
  .argument("<plan>", "AssignResponse or Plan in proto3 JSON; times may be left out")
  .option("--compare <plan>", "another plan for the same request")
  .option("--why-not <order:engineer...>", "say why the engineer does not serve the order in the plan")
  .option("--server <host:port>", "ask this server instead of judging here")
  .option("--format <format>", "json or table; default: table on a terminal, else json")
  .option("--travel <source>", TRAVEL_OPTION)
  .action((request, plan, options) =>
    exitWith(async () => (await import("./commands/evaluate.ts")).evaluate(request, plan, options)),
  );

program
  .command("recommend")
  .description("the best engineers and arrival slots for one order against a running plan")
  .argument("<request>", "AssignRequest in proto3 JSON; - reads standard input")
  .requiredOption("--order <id>", "the order to place; where the plan serves it, it is taken out first")
  .option(
    "--plan <file>",
    "the running plan, an AssignResponse or Plan in proto3 JSON; default: the request's current_plan",
  )
  .option("--limit <k>", "most answers, 1 to 100; default: 5")
  .option("--slots <n>", "most answers for one engineer and shift, 1 to 10; default: 1")
  .option("--explain", "all criteria of each answer in the table")
  .option("--server <host:port>", "ask this server instead of answering here")
  .option("--format <format>", "table or json; default: table on a terminal, else json")
  .option("--travel <source>", TRAVEL_OPTION)
  .action((request, options) =>
    exitWith(async () => (await import("./commands/recommend.ts")).recommend(request, options)),
  );

program
  .command("reoptimize")
  .description(
    "running plans planned anew: one request, a folder of them, or a stream (JSON Lines); never worse than the plan at now",
  )
  .argument(
    "<request|folder|stream>",
    "AssignRequest in proto3 JSON, a folder of such files, a .jsonl file, or - for a stream",
  )
  .option(
    "--plan <file|folder>",
    "the running plan, an AssignResponse or Plan in proto3 JSON; default: the request's current_plan",
  )
  .option(
    "--freeze-until <time>",
    "stops that begin until then keep engineer and sequence: 14:30 or 2026-03-02T14:30:00+08:00",
  )
  .option("--stability <weight>", "equivalent seconds that one customer's changed engineer costs (plan_stability)")
  .option("--time-limit <time>", "longest solve, such as 10s")
  .option("--iterations <n>", "iterations of each worker, for plans that repeat")
  .option("--seed <n>", "seed, 0 to 2^64 - 1")
  .option("--jobs <n>", "solves side by side, 1 to 64", "1")
  .option("--resume", "go on with --output: what is answered there is not asked again")
  .option("--server <host:port>", "ask this server instead of solving here")
  .option(
    "--format <format>",
    "one request: table (what changed) or json (the answer); default: table on a terminal, else json",
  )
  .option(
    "-o, --output <file|folder>",
    "the answer; a folder's answers and report.jsonl; a stream's answers, a line each",
  )
  .action((path, options) =>
    exitWith(async () => (await import("./commands/reoptimize.ts")).reoptimize(path, options)),
  );

const generate = program.command("generate").description("requests and days from a seed");

for (const [name, description] of [
  ["city", "a request: a day of phone and appliance repairs in a city"],
  ["day", "a day file of the same city: orders come in over the day, and not everything goes as planned"],
] as const)
  generate
    .command(name)
    .description(description)
    .option("--orders <n>", "orders, 0 to 50000", "125")
    .option("--engineers <n>", "engineers, 1 to 20000", "38")
    .option("--centres <n>", "operating centres, 1 to 1000", "1")
    .option("--seed <n>", "seed, 0 to 4294967295", "1")
    .option("--van-stock <percent>", "of the SKUs of its trade, what a van carries", "60")
    .option("--lenders <who>", "consent: whoever consents; hubs: of these who carries much; none", "consent")
    .option("--no-centre-stock", "centres have tools, but no parts")
    .option("-o, --output <file>", "where it goes; default: standard output")
    .action((options) => exitWith(async () => (await import("./commands/generate.ts")).generate(name, options)));

generate
  .command("road-day")
  .description("the city's jobs on a road network, with arrivals and windows of recorded pick-ups")
  .requiredOption("--nodes <csv>", "places on roads: lon, lat, and in_largest_scc where some cannot be left or reached")
  .requiredOption(
    "--pickups <csv>",
    "recorded orders: accept_time, time_window_start, time_window_end (MM-DD HH:MM:SS)",
  )
  .option("--orders <n>", "orders, 0 to 50000", "125")
  .option("--engineers <n>", "engineers, 1 to 10000", "38")
  .option("--seed <n>", "seed, 0 to 4294967295", "1")
  .option("-o, --output <file>", "where the request goes; default: standard output")
  .action((options) => exitWith(async () => (await import("./commands/generate.ts")).generateRoadDay(options)));

program
  .command("import")
  .description("a published instance as a request, or as a day file")
  .argument(
    "<format>",
    "solomon, homberger, trsp, euro-neurips, uhhc or strsp; as a day file: trsp-dynamic, euro-neurips-dynamic, lade or service-requests",
  )
  .argument("<file>", "the instance; - reads standard input")
  .option("--with <file>", "technicians of strsp, release dates of trsp-dynamic, stream of euro-neurips-dynamic")
  .option("--regions <list>", "regions of lade to keep, such as 1,2; default: all")
  .option("--orders <n>", "orders of service-requests", "100")
  .option("--engineers <n>", "engineers of service-requests", "15")
  .option("--seed <n>", "seed of service-requests, 0 to 4294967295", "1")
  .option("-o, --output <file>", "where it goes; default: standard output")
  .action((format, file, options) =>
    exitWith(async () => (await import("./commands/import.ts")).importInstance(format, file, options)),
  );

program
  .command("replay")
  .description("recorded days under strategies of dispatch that see only what is known at each moment")
  .argument("<day...>", "day files (docs/replay.md); - reads standard input")
  .option("--policy <file|preset>", "Policy in proto3 JSON, or a preset, instead of the day's")
  .option(
    "--dispatch <strategy>",
    "nearest, immediate, batch, rolling or deferred, alone or as strategy/policy; several with commas",
    "rolling",
  )
  .option("--compare <side...>", "two strategies, each alone or as strategy/policy, on the same days")
  .option("--seed <list>", "every side is run with each, such as 1,2", "1")
  .option("--speed <speed>", "real or max", "max")
  .option("--iterations <n>", "iterations of each solve; default: 20000, or none with --time-limit")
  .option("--time-limit <time>", "longest solve, such as 2s")
  .option("--every <time>", "time between two plans of batch and rolling, two looks of deferred", "5m")
  .option("--freeze <time>", "rolling: stops that begin within this stay as they are", "30m")
  .option("--response <time>", "answer that customers were promised", "10m")
  .option("--scenarios <n>", "deferred: imagined futures for each decision", "5")
  .option("--promise <time>", "length of the window for the begin of a service that customers are told", "2h")
  .option(
    "--change-cost <n>",
    "equivalent seconds that another engineer, or a begin outside the window told, costs; default: as long as the window",
  )
  .option("--server <host:port>", "ask this server instead of solving here")
  .option("--format <format>", "json, csv or table; default: table on a terminal, else json")
  .option("-o, --output <file>", "where the results go; default: standard output")
  .option("--html <file>", "where a page with charts and a map of the day to step through goes")
  .action((days, options) => exitWith(async () => (await import("./commands/replay.ts")).replayDays(days, options)));

const bench = program
  .command("bench")
  .enablePositionalOptions()
  .description("published instances, solved and compared with their best-known values")
  .argument(
    "<suite>",
    "solomon, solomon-fewest, homberger, homberger-fewest, trsp, trsp-crew13, trsp-industrial or euro-neurips",
  )
  .addOption(new Option("--dir <folder>", "folder of the suites' folders").env("SHANPAI_DATA"))
  .option("--instances <glob>", "names of instances, such as R1*", "*")
  .option("--time-limit <time>", "longest solve, such as 10s; default: 10s, or none with --iterations")
  .option("--iterations <n>", "iterations of each worker")
  .option("--seeds <list>", "every instance is solved with each, such as 1,2", "1")
  .option("--workers <n>", "workers on each solve, 1 to 64", "1")
  .option("--jobs <n>", "solves side by side, 1 to 64; they share the machine", "1")
  .option("--server <host:port>", "ask this server instead of solving here")
  .option("--name <version>", "what is measured, such as v0.2; stands in the report")
  .option("-o, --output <file>", "where the report goes after every solve; - for standard output instead of the table")
  .option("--resume", "go on with the report in --output, which was begun with the same options")
  .option("--routes", "keep the plans' routes in the report")
  .option(
    "--peers <list>",
    "beside pyvrp, ortools, vroom, hgs, as far as they are on this machine: equal time, one core",
  )
  .option("--html <file>", "with --peers: where a page with performance profiles and time to target goes")
  .action((suite, options) => exitWith(async () => (await import("./commands/bench.ts")).bench(suite, options)));

bench
  .command("compare")
  .description("paired differences of two reports that were run alike")
  .argument("<first>", "report of bench --output")
  .argument("<second>", "report of bench --output")
  .option(
    "--across-workers",
    "the numbers of workers may differ: they are what is compared; jobs too, where as many threads ran",
  )
  .action((first, second, options) =>
    exitWith(async () => (await import("./commands/bench-compare.ts")).benchCompare(first, second, options)),
  );

bench
  .command("core")
  .description("speed of the core on generated instances, in one thread")
  .option("--instances <glob>", "names of instances, such as city-*", "*")
  .option("--time <time>", "length of the search on each instance", "2s")
  .option("-o, --output <file>", "where the figures go as JSON; - for standard output instead of the table")
  .action((options) => exitWith(async () => (await import("./commands/bench-core.ts")).benchCore(options)));

bench
  .command("recommend")
  .description("latency of one Recommend against a generated city's running day, in a worker's thread and over gRPC")
  .option("--orders <n>", "orders of the running plan, 1 to 5000; default: 125")
  .option("--engineers <n>", "engineers, 1 to 2000; default: 38")
  .option("--calls <n>", "calls of each kind; default: 300")
  .option("-o, --output <file>", "where the figures go as JSON; - for standard output instead of the table")
  .action((options) => exitWith(async () => (await import("./commands/bench-recommend.ts")).benchRecommend(options)));

bench
  .command("match")
  .description("speed of the core's assignment on generated costs, in one thread")
  .option("--instances <glob>", "names of instances, such as random-*", "*")
  .option("-o, --output <file>", "where the figures go as JSON; - for standard output instead of the table")
  .action((options) => exitWith(async () => (await import("./commands/bench-match.ts")).benchMatch(options)));

bench
  .command("euro-neurips-dynamic")
  .description("requests that become known epoch by epoch: who goes now, who waits; beside the published results")
  .addOption(new Option("--dir <folder>", "folder that holds euro_neurips_2022").env("SHANPAI_DATA"))
  .option("--instances <glob>", "names of instances", "*")
  .option("--dispatch <name>", "greedy, lazy or scenarios", "scenarios")
  .option("--time-limit <time>", "longest time for an epoch; default: 10s, or none with --iterations")
  .option("--iterations <n>", "iterations for an epoch, for decisions that repeat")
  .option("--seeds <list>", "every stream is run with each, such as 1,2", "1")
  .option("--server <host:port>", "ask this server instead of solving here")
  .option("-o, --output <file>", "where the report goes as JSON; - for standard output instead of the table")
  .action((options) =>
    exitWith(async () => (await import("./commands/bench-euro-neurips-dynamic.ts")).benchEuroNeuripsDynamic(options)),
  );

bench
  .command("city")
  .description("a whole country's day, area by area: first plan, quality after so much time, memory, growth")
  .option("--orders <n>", "orders, 1 to 50000", "5000")
  .option("--engineers <n>", "engineers, 1 to 20000", "1500")
  .option("--centres <n>", "operating centres, 1 to 1000", "40")
  .option("--time-limit <list>", "times for the whole plan, such as 15s,60s; the longest is what gaps are against")
  .option(
    "--growth <list>",
    "orders, such as 500,5000: centres of 125 orders and 38 engineers each, in place of the three above",
  )
  .option("--iterations <n>", "iterations of each area where there is no time", "2000")
  .option("--seeds <list>", "every country is planned with each", "1")
  .option("--jobs <n>", "areas side by side, 1 to 64", "2")
  .option("--chart <file>", "where a drawing (SVG) of the growth goes")
  .option("-o, --output <file>", "where the figures go as JSON; - for standard output instead of the table")
  .action((options) => exitWith(async () => (await import("./commands/bench-city.ts")).benchCity(options)));

bench
  .command("server")
  .description(
    "latency and throughput of the service at 50, 90 and 150 % of its capacity, from client processes of its own",
  )
  .option(
    "--mix <mix>",
    "match: MATCH 50x50; mixed: four of them and four Recommend for each ROUTE 125x38 with 200 ms",
    "mixed",
  )
  .option("--time <time>", "length of each measurement", "20s")
  .option("--warm-up <time>", "load before anything is measured", "5s")
  .option("--workers <n>", "solver threads of the server, 1 to 64; default: cores")
  .option("--pin", "the server on core 0 and the clients on core 1 (taskset)")
  .option("--rate <n>", "calls a second, in place of shares of the capacity")
  .option("--big", "at last, small calls while messages of 20 MB arrive")
  .option("-o, --output <file>", "where the figures go as JSON")
  .action((options) => exitWith(async () => (await import("./commands/bench-server.ts")).benchServer(options)));

bench
  .command("soak")
  .description("mixed load on the service for a long time: do memory and handles stay flat?")
  .option("--time <time>", "how long; with --solves at most", "30m")
  .option("--rate <n>", "calls a second", "20")
  .option(
    "--solves <n>",
    "at least so many solves one after the other, eight at a time, and for at least four minutes, in place of a rate",
  )
  .option("--workers <n>", "solver threads of the server, 1 to 64; default: cores")
  .option("--chart <file>", "where a drawing (SVG) goes")
  .option("-o, --output <file>", "where the samples go as JSON")
  .action((options) => exitWith(async () => (await import("./commands/bench-soak.ts")).benchSoak(options)));

bench
  .command("criteria")
  .description("speed of the pair criteria in the core and in plain TypeScript, in one thread")
  .option("--instances <glob>", "names of instances, such as city-5000*", "*")
  .option("-o, --output <file>", "where the figures go as JSON; - for standard output instead of the table")
  .action((options) => exitWith(async () => (await import("./commands/bench-criteria.ts")).benchCriteria(options)));

bench
  .command("candidates")
  .description("what plans of a generated city cost with candidates against all pairs, in one thread")
  .option("--orders <n>", "orders, 1 to 50000", "500")
  .option("--engineers <n>", "engineers, 1 to 10000", "150")
  .option("--centres <n>", "operating centres, 1 to 1000", "1")
  .option("--candidates <list>", "numbers of engineers tried for an order", "10,20,40,80")
  .option("--seeds <list>", "every arm is solved with each", "1,2,3,4,5,6,7,8,9,10")
  .option("--iterations <n>", "iterations of each solve in the first half; 0: no such half", "5000")
  .option("--time-limit <time>", "time of each solve in the second half", "1s")
  .option("-o, --output <file>", "where the figures go as JSON; - for standard output instead of the table")
  .action((options) => exitWith(async () => (await import("./commands/bench-candidates.ts")).benchCandidates(options)));

bench
  .command("travel")
  .description("seconds and memory of tables by road engine, and how far great circle is from the roads")
  .argument("<folder>", "tiles that `roads build` made")
  .requiredOption("--box <degrees>", "south,west,north,east: points are drawn in it")
  .option("--sizes <list>", "tables, sources x destinations; default: 100x100,500x500,1500x500")
  .option("--days <list>", "generated days to assign, orders x engineers; default: 125x38")
  .option("--time-limit <time>", "of each of these, tables included; default: 10s")
  .option("--seed <n>", "seed of the points; default: 1")
  .option("-o, --output <file>", "where the figures go as JSON; - for standard output instead of the table")
  .action((tiles, options) =>
    exitWith(async () => (await import("./commands/bench-travel.ts")).benchTravel(tiles, options)),
  );

bench
  .command("parts")
  .description(
    "what loans of parts are worth: a generated city at levels of van stock, with and without a centre and lenders",
  )
  .option("--orders <n>", "orders, 1 to 50000", "125")
  .option("--engineers <n>", "engineers, 1 to 10000", "38")
  .option("--levels <list>", "percent of the SKUs of its trade that a van carries", "20,40,60,80")
  .option("--seeds <list>", "every level and variant is solved with each", "1,2,3,4,5,6,7,8,9,10")
  .option("--iterations <n>", "iterations of each solve", "4000")
  .option("--jobs <n>", "solves side by side, 1 to 64", "1")
  .option("--from <report>", "no solving: the table and chart of a report that was written before")
  .option("--chart <file>", "where the chart goes as SVG")
  .option("-o, --output <file>", "where the figures go as JSON; - for standard output instead of the table")
  .action((options) => exitWith(async () => (await import("./commands/bench-parts.ts")).benchParts(options)));

program
  .command("serve")
  .description("the gRPC server")
  .option("--port <n>", "TCP port, 0 for any free one; default 50051")
  .option("--host <address>", "address to listen on; default 127.0.0.1")
  .option("--workers <n>", "solver threads, 1 to 64; default: cores")
  .option("--travel <source>", `travel of requests that name none: ${TRAVEL_SOURCES}; default: great_circle`)
  .option(
    "--road-engines <list>",
    "roots of road engines that requests may name, with commas between them; default: none",
  )
  .option("--metrics-port <n>", "HTTP port of metrics and probes, 0 for any free one; default: none")
  .option("--config <file>", "all settings as JSON (docs/operations.md); flags win")
  .action((options) => exitWith(async () => (await import("./commands/serve.ts")).serve(options)));

const roads = program
  .command("roads")
  .description("roads for travel times, ways and instructions: an in-process Valhalla");

roads
  .command("build")
  .description("tiles from an OpenStreetMap extract; needs the package @valhallajs/valhallajs")
  .argument("<file>", "extract, .osm.pbf")
  .option("-o, --output <folder>", "where the tiles go, replacing those there; default: the extract's name with -tiles")
  .action((pbf, options) => exitWith(async () => (await import("./commands/roads.ts")).roadsBuild(pbf, options)));

roads
  .command("serve")
  .description("an OSRM server over tiles: /route/v1, /table/v1 and /nearest/v1")
  .argument("<folder>", "tiles that `roads build` made")
  .option("--port <n>", "TCP port, 0 for any free one; default 5000")
  .option("--host <address>", "address to listen on; default 127.0.0.1")
  .option("--max-table-size <n>", "sources times destinations of a table are at most its square; default 100")
  .action((tiles, options) => exitWith(async () => (await import("./commands/roads.ts")).roadsServe(tiles, options)));

program
  .command("top")
  .description("how a running server stands: lanes, calls, phases, plans")
  .argument("<host:port>", "the server's metrics port")
  .option("--interval <time>", "time between two looks", "1s")
  .option("--once", "say it once and end")
  .action((address, options) => exitWith(async () => (await import("./commands/top.ts")).top(address, options)));

program
  .command("demo")
  .description("a city's day through the whole service, beside a dispatcher without a solver")
  .option("--seed <n>", "seed of the city", "1")
  .option("--time-limit <time>", "longest solve", "20s")
  .option("--out-dir <folder>", "where request, plan and page go", "out")
  .action((options) => exitWith(async () => (await import("./commands/demo.ts")).demo(options)));

/** Version of the package, whose root is one folder up in the source and two in dist. */
function version(): string {
  const file = ["../package.json", "../../package.json"]
    .map((path) => new URL(path, import.meta.url))
    .find((url) => existsSync(url));
  return (JSON.parse(readFileSync(file!, "utf8")) as { version: string }).version;
}

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // Commander has said what is wrong; everything it refuses is a matter of usage.
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}
