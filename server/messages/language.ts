// The language that explanations are written in, and the names in them.
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";

/** Sentences are written in Chinese and English; whoever reads neither gets English. */
export const languageOf = ({ explain }: AssignRequest) => (/^zh(-|$)/i.test(explain?.language ?? "") ? "zh" : "en");

/** How people call an engineer of the request. */
export const nameOf = ({ engineers }: AssignRequest, engineerId: string) =>
  engineers.find(({ id }) => id === engineerId)!.name || engineerId;
