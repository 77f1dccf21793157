// tool_availability: every tool is in the van when service begins, or the engineer would not be there.
import { notAsked, satisfied, type Verdict } from "../verdict.ts";
import type { Visited } from "../visited.ts";

export function toolAvailability(visited: Visited): Verdict {
  const { toolIds } = visited.order;
  if (toolIds.length === 0)
    return notAsked(visited, () => ({ en: "The order needs no tool.", zh: "工单不需要工具。" }));
  return satisfied(
    () => ({ en: "Every tool is in the van when service begins.", zh: "开始服务时工具齐备。" }),
    () => ({ tools: toolIds.join(", ") }),
  );
}
