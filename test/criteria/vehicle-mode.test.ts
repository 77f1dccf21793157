import fc from "fast-check";
import { expect, test } from "vitest";
import { VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { CriterionMode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { expectAliveInDays, offAgainstHard } from "./alive-in-days.ts";
import { loaded, pairsBothWays } from "./loaded.ts";
import { alone } from "./pair-criterion.ts";
import { pairRequest } from "./pair-request.ts";

const { UNSPECIFIED, FOOT, E_BIKE, MOTORBIKE, CAR, TRANSIT } = VehicleMode;
const MODES = { unspecified: UNSPECIFIED, foot: FOOT, eBike: E_BIKE, motorbike: MOTORBIKE, car: CAR, transit: TRANSIT };
const ENGINEERS = Object.fromEntries(Object.entries(MODES).map(([id, vehicleMode]) => [id, { vehicleMode }]));

async function eligible(vehicleAccess: VehicleMode[], policy = {}): Promise<string[]> {
  const request = pairRequest({ o: { vehicleAccess } }, ENGINEERS, policy);
  const { core, checker } = await pairsBothWays(request);
  expect(core).toEqual(checker);
  const { excluded } = await loaded(request);
  return Object.keys(ENGINEERS).filter((name) => excluded("o", name).length === 0);
}

test("missing: without a list every mode gets there, and that is reported", async () => {
  expect(await eligible([])).toEqual(Object.keys(MODES));
  const { row } = await alone("vehicle_mode", { o: {} }, ENGINEERS);
  for (const name of Object.keys(ENGINEERS))
    expect(row("o", name)).toEqual({ status: "not_evaluated", score: 5000, cost: 0 });
});

test("by hand: a list admits its modes only; unspecified is read as car on both sides", async () => {
  expect(await eligible([FOOT, TRANSIT])).toEqual(["foot", "transit"]);
  expect(await eligible([CAR])).toEqual(["unspecified", "car"]);
  expect(await eligible([UNSPECIFIED, E_BIKE])).toEqual(["unspecified", "eBike", "car"]);
});

test("soft or off, every mode gets there", async () => {
  for (const mode of [CriterionMode.SOFT, CriterionMode.OFF])
    expect(await eligible([FOOT], { criteria: [{ id: "vehicle_mode", mode }] })).toEqual(Object.keys(MODES));
});

test("monotone: one more way to get there never rules out", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.constantFrom(...Object.values(MODES)), { minLength: 1 }), async (ways) => {
      for (let more = 2; more <= ways.length; more++) {
        const [before, after] = [await eligible(ways.slice(0, more - 1)), await eligible(ways.slice(0, more))];
        expect(after).toEqual(expect.arrayContaining(before));
      }
    }),
    { numRuns: 10, seed: 7 },
  );
});

test("alive: on a day hard, against off, changes who comes", () =>
  expectAliveInDays(offAgainstHard("vehicle_mode", "NOT_ELIGIBLE")));
