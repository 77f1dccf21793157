// parts_from_centre: the way to the centre and the pick-up there, where something has to be fetched.
import { lin, notAsked, type Verdict } from "../verdict.ts";
import { type Visited, wordsOf } from "../visited.ts";

export function partsFromCentre(visited: Visited): Verdict {
  const { problem, route, stop } = visited;
  const fetched = stop.parts.filter(({ centreId }) => centreId !== undefined);
  if (fetched.length === 0) return notAsked(visited, () => ({ en: "Nothing has to be fetched.", zh: "无需取件。" }));
  const { centreId } = fetched[0]!;
  const before = route.stops.slice(0, route.stops.indexOf(stop));
  const supply = before.findLast((other) => other.kind === "supply" && other.centreId === centreId);
  const ticks = supply ? supply.departure - supply.start + supply.travelTicks : 0;
  return {
    status: "evaluated",
    score: lin(ticks, 0, 3600 * problem.ticksPerSecond),
    costTicks: 0,
    inputs: () => ({ from_centre: wordsOf(fetched) }),
    sentence: () => ({
      en: `Fetched at ${centreId}; the way there is charged as time.`,
      zh: `在 ${centreId} 取件，绕行计入时间。`,
    }),
  };
}
