// Requests whose best plans have meetings.
import { create } from "@bufbuild/protobuf";
import { generateCity } from "../../datasets/city.ts";
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { SearchOptionsSchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { loanRequest } from "../oracle/loans/generate.ts";

/** Small requests that need loans, and days of a city in which no centre has parts. */
export function* lendingRequests(seeds: number): Generator<{ request: AssignRequest; isSmall: boolean }> {
  for (let seed = 1; seed <= seeds; seed++) {
    const small = loanRequest(seed);
    small.search!.iterations = 300n;
    yield { request: small, isSmall: true };
    if (seed % 12 > 0) continue;
    const city = generateCity({ orders: 20, engineers: 8, seed, vanStock: 40, centreStock: false });
    city.search = create(SearchOptionsSchema, { iterations: 1_000n });
    yield { request: city, isSmall: false };
  }
}
