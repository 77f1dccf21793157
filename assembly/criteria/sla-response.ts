// sla_response: a visit is over when it was promised to be. Soft, or hard: then the promise ends the order's windows (route/nodes.ts).
import { orderPromised, slaWeight, slaWorst } from "../gen/layout";
import { at } from "../memory/cells";
import { costOfScore, FULL } from "./score";

/** Ticks of service of `order` that begins at `start`; the later the more. */
export function slaResponse(order: i32, start: i32): i32 {
  const slip = start - at(orderPromised, order);
  if (slip <= 0) return 0;
  const score = slip >= slaWorst ? 0 : <i32>((<i64>FULL * (slaWorst - slip)) / slaWorst);
  return costOfScore(slaWeight, score);
}
