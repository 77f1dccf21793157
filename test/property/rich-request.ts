// Random valid requests with everything this version plans: any travel source, several centres, shifts and windows, locks aside.
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { type AssignRequest, AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type {
  EngineerSchema,
  OperatingCentreSchema,
  ShiftSchema,
} from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { OrderSchema } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { OnInvalidOrder } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import type { Draws } from "./draws.ts";
import { centrePeople, engineerPeople, orderPeople } from "./rich-people.ts";
import { objective, policy } from "./rich-policy.ts";
import { type World, worldOf } from "./world.ts";

export interface Size {
  /** Most orders, engineers and centres. */
  readonly orders: number;
  readonly engineers: number;
  readonly centres: number;
}

const SKUS = ["A", "B", "C"];
const TOOLS = ["meter", "ladder"];
const SKILLS = ["gas", "ice", "lift"];
const DIMENSIONS = ["kg", "m3"];
/** Vehicle modes of engineers; the other modes are in nobody's matrix. */
const MODES = [VehicleMode.UNSPECIFIED, VehicleMode.CAR, VehicleMode.E_BIKE];

/** A request that validation accepts, save for orders that are to be left out as broken, where there may be `broken` ones. */
export function richRequest(
  draws: Draws,
  size: Size = { orders: 30, engineers: 8, centres: 3 },
  { broken = true } = {},
): AssignRequest {
  const { whole, chance } = draws;
  const world = worldOf(draws);
  const engineerIds = Array.from({ length: whole(1, size.engineers) }, (_, row) => `e${row + 1}`);
  const centreIds = Array.from({ length: whole(0, size.centres) }, (_, row) => `c${row + 1}`);
  const orders = Array.from({ length: whole(0, size.orders) }, (_, row) =>
    order(draws, world, `o${row + 1}`, engineerIds, centreIds),
  );
  const leaveOut = broken && chance(20);
  if (leaveOut) for (const order of draws.some(orders, 15)) breakOrder(draws, world, order);
  return create(AssignRequestSchema, {
    now: world.at(chance(40) ? whole(1, 200) : 0),
    timeZone: "UTC",
    currencyCode: "CNY",
    ticksPerSecond: world.ticksPerSecond,
    orders,
    engineers: engineerIds.map((id) => engineer(draws, world, id, centreIds)),
    operatingCentres: centreIds.map((id) => centre(draws, world, id, centreIds)),
    travel: world.travel,
    objective: objective(draws),
    policy: policy(draws),
    onInvalidOrder: leaveOut ? OnInvalidOrder.LEAVE_OUT : OnInvalidOrder.UNSPECIFIED,
    search: { iterations: BigInt(whole(200, 500)), seed: BigInt(whole(0, 1000)) },
  });
}

/** Zero to three windows that share no moment, in any order. */
function windows({ whole, chance, one }: Draws, world: World) {
  const list = [];
  let from = whole(0, 250);
  for (let left = one([0, 1, 1, 1, 2, 3]); left > 0; left--) {
    const end = from + whole(0, 120);
    list.push(world.between(from, end));
    from = end + whole(2, 80);
  }
  return chance(30) ? list.reverse() : list;
}

function order(
  draws: Draws,
  world: World,
  id: string,
  engineerIds: string[],
  centreIds: string[],
): MessageInitShape<typeof OrderSchema> {
  const { chance, whole, one, some } = draws;
  return {
    id,
    place: world.somewhere(),
    windows: windows(draws, world),
    serviceDuration: world.lasts(whole(0, 40)),
    ...(chance(40) ? { setupDuration: world.lasts(whole(0, 8)) } : {}),
    ...(chance(35) ? { latenessGrace: world.lasts(whole(0, 60)) } : {}),
    ...(chance(30) ? { priority: one([1, 2, 10, 100]) } : {}),
    ...(chance(20) ? { priceMinor: BigInt(whole(0, 500)) } : {}),
    ...(chance(35)
      ? { skills: { allOf: some(SKILLS, 25), anyOf: some(SKILLS, 15), noneOf: chance(15) ? [one(SKILLS)] : [] } }
      : {}),
    proficiencies: some(SKILLS, 12).map((skillId) => ({ skillId, level: whole(1, 10), hard: chance(20) })),
    parts: some(SKUS, 25).map((sku) => ({ sku, quantity: whole(1, 3) })),
    toolIds: some(TOOLS, 15),
    loads: some(DIMENSIONS, 25).map((dimension) => ({ dimension, amount: whole(0, 6) })),
    ...(chance(25) ? { engineerPreference: preference(draws, engineerIds) } : {}),
    declinedEngineerIds: chance(8) ? [one(engineerIds), "gone"] : [],
    vehicleAccess: chance(12) ? some([...MODES, VehicleMode.FOOT], 50) : [],
    ...orderPeople(draws, world, engineerIds, centreIds),
  };
}

/** Each engineer is wished for in one way and either required, excluded or neither. */
function preference(draws: Draws, engineerIds: readonly string[]) {
  const wishes = { preferredEngineerIds: [], secondaryEngineerIds: [], dislikedEngineerIds: [] } as Record<
    "preferredEngineerIds" | "secondaryEngineerIds" | "dislikedEngineerIds",
    string[]
  >;
  for (const id of draws.some(engineerIds, 40))
    wishes[draws.one(["preferredEngineerIds", "secondaryEngineerIds", "dislikedEngineerIds"] as const)].push(id);
  const named = draws.some(engineerIds, 25);
  return draws.chance(50) ? { ...wishes, excludedEngineerIds: named } : { ...wishes, requiredEngineerIds: named };
}

function engineer(
  draws: Draws,
  world: World,
  id: string,
  centreIds: string[],
): MessageInitShape<typeof EngineerSchema> {
  const { chance, whole, one, some } = draws;
  const shifts = [];
  let from = whole(0, 100);
  for (let left = one([1, 1, 1, 2, 3]); left > 0; left--) {
    const length = whole(60, 300);
    const overtime = chance(30) ? whole(1, 40) : 0;
    shifts.push(shift(draws, world, from, from + length, overtime));
    from += length + overtime + whole(2, 60);
  }
  return {
    id,
    shifts: chance(20) ? shifts.reverse() : shifts,
    vehicleMode: one(MODES),
    skills: some(SKILLS, 75).map((skillId) => ({
      skillId,
      level: whole(0, 10),
      ...(chance(20) ? { validUntil: world.at(whole(0, 500)) } : {}),
    })),
    toolIds: some(TOOLS, 50),
    stock: some(SKUS, 60).map((sku) => {
      const quantity = whole(0, 5);
      return { sku, quantity, reserved: whole(0, quantity) };
    }),
    ...(chance(25) ? { partCapacity: whole(1, 10) } : {}),
    capacities: some(DIMENSIONS, 80).map((dimension) => ({ dimension, amount: whole(4, 20) })),
    ...(chance(20) ? { maxOrders: whole(0, 6) } : {}),
    ...(chance(15) ? { maxLegDuration: world.lasts(whole(10, 60)) } : {}),
    ...engineerPeople(draws, world, centreIds),
  };
}

function shift(
  draws: Draws,
  world: World,
  start: number,
  end: number,
  overtime: number,
): MessageInitShape<typeof ShiftSchema> {
  const { chance, whole, one } = draws;
  const home = world.somewhere();
  return {
    time: world.between(start, end),
    startPlace: home,
    ...(chance(70) ? { endPlace: chance(80) ? home : world.somewhere() } : {}),
    maxOvertime: world.lasts(overtime),
    breaks: Array.from({ length: one([0, 0, 1, 1, 2]) }, () => {
      const from = whole(start, end);
      return {
        window: world.between(from, from + whole(0, 80)),
        duration: world.lasts(whole(1, 30)),
        ...(chance(30) ? { place: world.somewhere() } : {}),
        paid: chance(40),
        ...(chance(40) ? { priceMinor: BigInt(whole(0, 100)) } : {}),
      };
    }),
    ...(chance(15) ? { maxOrders: whole(0, 5) } : {}),
    ...(chance(12) ? { maxTravelDuration: world.lasts(whole(40, 250)) } : {}),
    ...(chance(12) ? { maxDistanceM: BigInt(whole(40, 250) * world.metres) } : {}),
    ...(chance(12) ? { maxWorkingDuration: world.lasts(whole(40, 300)) } : {}),
  };
}

function centre(
  draws: Draws,
  world: World,
  id: string,
  centreIds: string[],
): MessageInitShape<typeof OperatingCentreSchema> {
  const { chance, whole, some } = draws;
  return {
    id,
    place: world.somewhere(),
    openingWindows: chance(50) ? windows(draws, world) : [],
    stock: some(SKUS, 70).map((sku) => {
      const quantity = whole(0, 8);
      return { sku, quantity, reserved: whole(0, quantity), unlimited: chance(25) };
    }),
    toolIds: some(TOOLS, 70),
    ...(chance(70) ? { pickDuration: world.lasts(whole(0, 15)) } : {}),
    ...centrePeople(draws, world, centreIds),
  };
}

/** Makes the order break one rule of the contract. */
function breakOrder({ one }: Draws, world: World, broken: MessageInitShape<typeof OrderSchema>): void {
  const faults: (() => void)[] = [
    () => {
      broken.windows = [world.between(20, 10)];
    },
    () => {
      broken.priority = 101;
    },
    () => {
      broken.engineersRequired = 2;
    },
    () => {
      broken.parts = [{ sku: "A", quantity: 0 }];
    },
  ];
  one(faults)();
}
