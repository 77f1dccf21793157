// What the pair criteria read of random orders, engineers and centres; each thing is there now and then.
import type { MessageInitShape } from "@bufbuild/protobuf";
import { latLngToCell } from "h3-js";
import type { EngineerSchema, OperatingCentreSchema } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { OrderSchema } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import type { Draws } from "./draws.ts";
import type { World } from "./world.ts";

type Init<T> = Exclude<T, { $typeName: string }>;

const BRANDS = ["Aux", "Brill"];
const FAMILIES = ["fridge", "oven"];
const MODELS = ["fridge-1", "fridge-2", "oven-1"];
const LANGUAGES = ["zh-CN", "zh-Hant", "en", "yue"];
const GENDERS = ["f", "m"];
const SKILLS = ["gas", "ice", "other"];

/** `make()` so many times in a hundred. */
const maybe = <T extends object>({ chance }: Draws, percent: number, make: () => T): T | undefined =>
  chance(percent) ? make() : undefined;

/** So many seconds before the times of the world. */
const ago = (world: World, seconds: number) => ({ seconds: world.at(0).seconds - BigInt(seconds), nanos: 0 });

/** Cells of a few places, of one resolution; none where places are not on the earth. */
function cells({ whole, one }: Draws, world: World): string[] {
  const resolution = one([6, 7, 8]);
  return Array.from({ length: whole(1, 6) }, () => world.somewhere().position).flatMap((position) =>
    position.case === "geo" ? [latLngToCell(position.value.latitude, position.value.longitude, resolution)] : [],
  );
}

export function orderPeople(
  draws: Draws,
  world: World,
  engineerIds: readonly string[],
  centreIds: readonly string[],
): Init<MessageInitShape<typeof OrderSchema>> {
  const { whole, chance, one, some } = draws;
  return {
    vipTier: chance(20) ? whole(1, 10) : 0,
    severity: chance(30) ? whole(1, 10) : 0,
    ...maybe(draws, 30, () => ({ createdAt: ago(world, whole(0, 200_000)) })),
    ...maybe(draws, 30, () => ({ visitDueAt: chance(10) ? ago(world, whole(0, 9000)) : world.at(whole(0, 400)) })),
    ...maybe(draws, 40, () => ({ trustValueMinor: BigInt(whole(0, 400)), takenAlong: chance(50) })),
    ...maybe(draws, 25, () => ({ budgetMinor: BigInt(whole(0, 400)) })),
    ...maybe(draws, 20, () => ({ visitFeeMinor: BigInt(whole(0, 200)) })),
    ...(centreIds.length > 0 && maybe(draws, 20, () => ({ operatingCentreId: one(centreIds) }))),
    ...maybe(draws, 50, () => ({
      device: {
        brand: one(["", ...BRANDS]),
        family: one(["", ...FAMILIES]),
        model: one(["", ...MODELS]),
        manufacturerWarranty: chance(15),
      },
    })),
    ...maybe(draws, 25, () => ({
      previousVisit: {
        engineerId: one(["", "gone", ...engineerIds]),
        ...(chance(80) ? { finishedAt: ago(world, whole(0, 200 * 86_400)) } : {}),
        held: chance(70),
        rework: chance(40),
      },
    })),
    ...maybe(draws, 30, () => ({
      customerAttributes: { languages: some(LANGUAGES, 30), engineerGender: one(["", ...GENDERS]) },
    })),
  };
}

export function engineerPeople(
  draws: Draws,
  world: World,
  centreIds: readonly string[],
): Init<MessageInitShape<typeof EngineerSchema>> {
  const { whole, chance, one, some } = draws;
  const rate = () => {
    const total = whole(0, 90);
    return { successes: whole(0, total), total };
  };
  return {
    ...(centreIds.length > 0 && maybe(draws, 50, () => ({ operatingCentreId: one(centreIds) }))),
    territoryCells: chance(15) ? cells(draws, world) : [],
    brandCertificates: some([...BRANDS, ...BRANDS], 40).map((brand) => ({
      brand,
      ...(chance(50)
        ? { validUntil: { ...world.at(whole(0, 500)), seconds: world.at(0).seconds + BigInt(whole(0, 12) * 86_400) } }
        : {}),
    })),
    deviceExperience: Array.from({ length: whole(0, 3) }, () => ({
      model: one(["", ...MODELS]),
      family: one(["", ...FAMILIES]),
      repairs: whole(0, 30),
    })),
    ...maybe(draws, 60, () => ({ rating: { stars: whole(10, 50) / 10, count: whole(0, 100) } })),
    ...maybe(draws, 60, () => ({ onTime: rate() })),
    firstTimeFixes: Array.from({ length: whole(0, 4) }, () => ({
      skillId: one(["", ...SKILLS]),
      family: one(["", ...FAMILIES]),
      ...(chance(90) ? { rate: rate() } : {}),
    })),
    ...maybe(draws, 60, () => ({
      acceptance: { ...(chance(90) ? { own: rate() } : {}), ...(chance(70) ? { peers: rate() } : {}) },
    })),
    ...maybe(draws, 60, () => ({
      tier: {
        attendanceDays: whole(0, 28),
        ordersPerDay: whole(0, 60) / 7,
        targetDays: whole(0, 28),
        targetOrdersPerDay: whole(0, 40) / 10,
      },
    })),
    languages: some(LANGUAGES, 30),
    gender: one(["", ...GENDERS]),
    ...maybe(draws, 50, () => ({ trustLimitMinor: BigInt(whole(0, 1200)), trustCarriedMinor: BigInt(whole(0, 300)) })),
    ...maybe(draws, 50, () => ({ wagePerHourMinor: BigInt(whole(0, 9000)), costPerKmMinor: BigInt(whole(0, 90)) })),
    ...maybe(draws, 50, () => ({ workload: { minutes: whole(0, 12), targetMinutes: whole(1, 12) } })),
  };
}

export function centrePeople(
  draws: Draws,
  world: World,
  centreIds: readonly string[],
): Init<MessageInitShape<typeof OperatingCentreSchema>> {
  return {
    ...maybe(draws, 30, () => ({ pickFeeMinor: BigInt(draws.whole(0, 200)) })),
    territoryCells: draws.chance(30) ? cells(draws, world) : [],
    neighbourCentreIds: draws.some(centreIds, 25),
  };
}
