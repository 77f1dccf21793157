// A request with one operating centre that has some units of a part.
import { create } from "@bufbuild/protobuf";
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { OperatingCentreSchema } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import { lasts, point } from "../oracle/build.ts";

/** A centre at (x, 0), where a pick-up takes `pickS` seconds. */
export const centreWith =
  (sku: string, quantity: number, x = 50, pickS = 10) =>
  (request: AssignRequest): void => {
    const stock = [{ sku, quantity }];
    request.operatingCentres = [
      create(OperatingCentreSchema, { id: "c", place: point(x, 0), stock, pickDuration: lasts(pickS) }),
    ];
  };
