// Legs from one place to several, for sources that know them pair by pair.
import type { Travel } from "./travel.ts";

export function legsByPair(duration: Travel["duration"], distance: Travel["distance"]): Travel["legs"] {
  return (mode, from, to, count, ticks, metres) => {
    for (let index = 0; index < count; index++) {
      ticks[index] = duration(mode, from, to[index]!);
      metres[index] = distance(mode, from, to[index]!);
    }
  };
}
