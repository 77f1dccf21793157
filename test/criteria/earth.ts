// Requests of pairs on the earth: where cells and metres mean something.
import type { MessageInitShape } from "@bufbuild/protobuf";
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { PlaceSchema } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { between } from "../oracle/build.ts";

export const on = (latitude: number, longitude: number) =>
  ({ position: { case: "geo", value: { latitude, longitude } } }) as const satisfies MessageInitShape<
    typeof PlaceSchema
  >;

/** An order there. */
export const orderOn = (latitude: number, longitude: number) => ({ place: on(latitude, longitude) });

/** An engineer whose only shift starts there. */
export const startsOn = (latitude: number, longitude: number) => ({
  shifts: [{ time: between(0, 1000), startPlace: on(latitude, longitude) }],
});

/** Travel by great circle: the roads are not known. */
export const roadless = (request: AssignRequest) => {
  delete request.travel;
};
