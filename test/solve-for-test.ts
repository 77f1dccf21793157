// Solves a request in the test's own thread, through every hop but the network.
import type { AssignRequest, AssignResponse } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { type AssignControl, assign } from "../server/answer/assign.ts";
import { type Core, createCore, loadCoreModule } from "../solver/core.ts";
import { loadHighs } from "../solver/prove/highs.ts";

let core: Promise<Core> | undefined;

/** The answer to `request`; give it iterations, there is no deadline unless `control` has one. */
export async function solveForTest(
  request: AssignRequest,
  control: Partial<AssignControl> = {},
): Promise<AssignResponse> {
  core ??= loadCoreModule().then(createCore);
  return assign(await core, request, {
    ...(request.search?.prove && { highs: await loadHighs() }),
    workerIndex: 0,
    deadlineMs: Number.POSITIVE_INFINITY,
    stopped: () => false,
    ...control,
  });
}
