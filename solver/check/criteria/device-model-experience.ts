// device_model_experience: repairs of the model count whole, others of its family half.
import type { Engineer } from "../../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { halved } from "../curves.ts";

/** Score 0 to 10000; undefined when the order names neither model nor family. */
export function deviceModelExperienceScore(
  order: Order,
  engineer: Engineer,
  halfRepairs: number,
  neutralScore: number,
): number | undefined {
  const { model = "", family = "" } = order.device ?? {};
  if (model === "" && family === "") return undefined;
  if (engineer.deviceExperience.length === 0) return neutralScore;
  let repairsTwice = 0;
  for (const row of engineer.deviceExperience) {
    const share = row.model !== "" && row.model === model ? 2 : row.family !== "" && row.family === family ? 1 : 0;
    repairsTwice += share * row.repairs;
  }
  return 10_000 - halved(repairsTwice, 2 * halfRepairs);
}
