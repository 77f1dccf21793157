// h3_proximity: steps on the H3 grid between the order and where the engineer's first shift starts.
import { cellSteps } from "../../cells.ts";
import { missing, type Pair, scored, settingOf, type Verdict } from "../verdict.ts";

const ID = "h3_proximity";

export function h3Proximity(pair: Pair): Verdict {
  const { params } = settingOf(pair, ID);
  const here = pair.order.inputs.point;
  const { home } = pair.engineer.inputs;
  if (here === undefined || home === undefined)
    return missing(pair, ID, () => ({ en: "Places have no coordinates on the earth.", zh: "地点没有经纬度。" }));
  const resolution = params.resolution!;
  const worst = params.worst_cells!;
  const steps = cellSteps(home, here, resolution);
  const score = Math.floor((10_000 * (worst - Math.min(steps, worst))) / worst);
  return scored(
    pair,
    ID,
    score,
    () => ({ en: `${steps} cells from where the engineer starts.`, zh: `距工程师出发地 ${steps} 个网格。` }),
    () => ({
      order_cell: here.cell(resolution).index,
      engineer_cell: home.cell(resolution).index,
      grid_distance: `${steps}`,
    }),
  );
}
