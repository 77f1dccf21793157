// More legs than may be asked for: those between near orders, and all legs of an order before it is left out.
import { create, toBinary } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { PlaceSchema } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { connect } from "../../server/client.ts";
import { readConfig } from "../../server/config.ts";
import { startServer } from "../../server/main.ts";
import { createRoadDesk } from "../../server/roads/road-desk.ts";
import { ROAD_DEFAULTS } from "../../server/roads/road-setup.ts";
import { checkResponse } from "../../solver/check/check.ts";
import { crossing } from "./street-network.ts";
import { placeAt, townRequest, townTiles } from "./town.ts";

/** 40 orders, each to all others, and the depot with all of them: 40 * 39 + 2 * 40 legs. */
const LEGS = 1_640;
const LIMIT = 1_400;

test("a plan with legs held back leaves no order out before all of its legs are known", async () => {
  const tiles = await townTiles();
  const request = townRequest({ travel: { source: { case: "valhalla", value: {} } } });
  const [order] = request.orders;
  // 40 services of 20 minutes do not fit into the nine hours of one engineer.
  request.orders = Array.from({ length: 40 }, (_, index) => {
    const place = create(PlaceSchema, placeAt(crossing(index % 10, 1 + Math.floor(index / 10))));
    return { ...order!, id: `order-${10 + index}`, place, windows: [] };
  });
  request.engineers.length = 1;
  const settings = {
    port: 0,
    warmUpMs: 0,
    drainMs: 500,
    logLevel: "silent",
    travel: `valhalla:${tiles}`,
    workers: 1,
  } as const;
  const server = await startServer(readConfig({ ...settings, roadMaxPairs: LIMIT }));
  const client = connect(`127.0.0.1:${server.port}`);
  const desk = createRoadDesk({ ...ROAD_DEFAULTS, valhallaTiles: tiles, maxPairs: LIMIT });
  try {
    const response = await client.assign(request);
    const left = response.plan!.unassigned.map(({ orderId }) => orderId);
    expect(left.length).toBeGreaterThan(5);
    expect(Number(response.travelReport!.pairs)).toBeLessThanOrEqual(LIMIT);

    const patience = { deadline: Number.POSITIVE_INFINITY, signal: new AbortController().signal };
    const asked = toBinary(AssignRequestSchema, request);
    const [first, again] = [
      (await desk.travel(asked, patience, "assign"))!,
      (await desk.travel(asked, patience, "assign", left))!,
    ];
    expect([first.heldBack, again.heldBack]).toEqual([true, true]);
    // The answer was made with what the second fetch brought.
    expect(response.travelReport!.pairs).toBe(again.report.pairs);
    expect(again.report.pairs).not.toBe(first.report.pairs);
    const { durations } = again.tables.modes[0]!;
    const size = again.tables.points.length / 2;
    const known = (row: number) =>
      durations.subarray(row * size, (row + 1) * size).filter((ticks) => ticks >= 0).length;
    const rowOf = (id: string) => {
      const { latitude, longitude } = request.orders.find((one) => one.id === id)!.place!.position.value as never;
      return Array.from({ length: size }, (_, row) => row).find(
        (row) => again.tables.points[2 * row] === latitude && again.tables.points[2 * row + 1] === longitude,
      )!;
    };
    for (const id of left) expect([id, known(rowOf(id))]).toEqual([id, size - 1]);
    expect(durations.filter((ticks) => ticks > 0).length).toBeLessThan(LEGS);
    expect(checkResponse(request, response, again.tables)).toEqual([]);
  } finally {
    await desk.close();
    client.close();
    await server.close();
  }
}, 120_000);
