// Small planar requests for end-to-end tests.
import { create } from "@bufbuild/protobuf";
import { type AssignRequest, AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { SearchOptions_Mode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";

interface Search {
  mode?: SearchOptions_Mode;
  timeLimit?: { seconds: bigint; nanos?: number };
  iterations?: bigint;
  seed?: bigint;
  workers?: number;
}

const SHIFT_START = 1_800_000_000n; // seconds since 1970, UTC
const SHIFT_END = SHIFT_START + 36_000n; // ten hours

const at = (x: number, y: number) => ({ position: { case: "planar" as const, value: { x, y } } });

/** A day with `orders` orders on a fixed spiral of up to 5000 units and `engineers` engineers at the origin; one unit takes 1 s. */
export function dayRequest(orders: number, engineers: number, search: Search): AssignRequest {
  return create(AssignRequestSchema, {
    now: { seconds: SHIFT_START },
    timeZone: "Asia/Shanghai",
    travel: { source: { case: "planar", value: {} } },
    orders: Array.from({ length: orders }, (_, index) => {
      const radius = (5_000 * (index + 1)) / orders;
      const angle = 2.399963 * index; // golden angle: spread, and no two orders in one direction
      return {
        id: `order-${index}`,
        place: at(Math.round(radius * Math.cos(angle)), Math.round(radius * Math.sin(angle))),
        serviceDuration: { seconds: 1_200n },
      };
    }),
    engineers: Array.from({ length: engineers }, (_, index) => ({
      id: `engineer-${index}`,
      shifts: [
        {
          time: { start: { seconds: SHIFT_START }, end: { seconds: SHIFT_END } },
          startPlace: at(0, 0),
          endPlace: at(0, 0),
        },
      ],
    })),
    search,
  });
}

/** A request that searches until somebody ends it. */
export function longRequest(search: Search = {}): AssignRequest {
  return dayRequest(60, 6, { timeLimit: { seconds: 50n }, ...search });
}

/** A request that is solved in a moment. */
export function shortRequest(): AssignRequest {
  return dayRequest(4, 2, { iterations: 50n, seed: 1n });
}
