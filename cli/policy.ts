// Policies of the command line: a preset by its name, or a file.
import { create } from "@bufbuild/protobuf";
import { type Policy, type Policy_Preset, PolicySchema } from "../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { PRESET_NAMES } from "../server/messages/policy-from-proto.ts";
import { readMessage } from "./files.ts";

/** A preset by its name, or the policy in a file. */
export async function policyOf(nameOrPath: string): Promise<Policy> {
  const preset = Object.entries(PRESET_NAMES).find(([, name]) => name === nameOrPath)?.[0];
  if (preset === undefined) return readMessage(PolicySchema, nameOrPath);
  return create(PolicySchema, { preset: Number(preset) as Policy_Preset });
}
