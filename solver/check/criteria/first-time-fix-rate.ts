// first_time_fix_rate: fixes at the first visit, from the most particular rows that fit the order.
import { create } from "@bufbuild/protobuf";
import { type Engineer, type FixRate, RateSchema } from "../../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { shrunkRate } from "../curves.ts";

/** Score 0 to 10000; undefined when the order names no family. */
export function firstTimeFixRateScore(
  order: Order,
  engineer: Engineer,
  cases: number,
  prior: number,
  neutralScore: number,
): number | undefined {
  const family = order.device?.family ?? "";
  const { allOf = [], anyOf = [] } = order.skills ?? {};
  const skills = [...allOf, ...anyOf, ...order.proficiencies.map((need) => need.skillId)];
  if (family === "") return undefined;
  const ofFamily = (row: FixRate) => row.family === family;
  const ofSkill = (row: FixRate) => row.skillId !== "" && skills.includes(row.skillId);
  const kinds: ((row: FixRate) => boolean)[] = [
    (row) => ofFamily(row) && ofSkill(row),
    (row) => ofFamily(row) && row.skillId === "",
    (row) => row.family === "" && ofSkill(row),
    (row) => row.family === "" && row.skillId === "",
  ];
  for (const kind of kinds) {
    const rows = engineer.firstTimeFixes.filter((row) => row.rate && kind(row));
    if (rows.length === 0) continue;
    const successes = rows.reduce((sum, row) => sum + row.rate!.successes, 0);
    const total = rows.reduce((sum, row) => sum + row.rate!.total, 0);
    return shrunkRate(create(RateSchema, { successes, total }), cases, prior);
  }
  return neutralScore;
}
