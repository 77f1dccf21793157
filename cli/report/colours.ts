// One hue for each route of a plan.
import type { RouteView } from "./plan-view.ts";

/** Degrees for CSS `oklch`; neighbours in the plan are a golden angle apart, so no two in a row look alike. */
export function hue({ index }: Pick<RouteView, "index">): number {
  return Math.round((255 + index * 137.508) % 360);
}
