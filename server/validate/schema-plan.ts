// Schema of the current plan: structure and ranges. Sums and legs are not read from it, so they are not looked at.
import { z } from "zod";
import { PartSource, Stop_Kind, Stop_Lock } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { name, rule, timestamp } from "./schema-basics.ts";

const units = z.int().min(1).max(1_000_000);
const pickUp = z.object({ sku: name, quantity: units });

const stop = z.object({
  kind: rule(z.enum(Stop_Kind), "UNKNOWN_ENUM", "must be a kind of stop", (kind) => kind !== Stop_Kind.UNSPECIFIED),
  orderId: z.string(),
  operatingCentreId: z.string(),
  breakIndex: z.int().min(0),
  arrival: timestamp.optional(),
  start: timestamp.optional(),
  departure: timestamp.optional(),
  parts: z.array(
    z.object({
      sku: name,
      quantity: units,
      source: rule(
        z.enum(PartSource),
        "UNKNOWN_ENUM",
        "must be a source of parts",
        (source) => source !== PartSource.UNSPECIFIED,
      ),
      operatingCentreId: z.string(),
      lenderEngineerId: z.string(),
    }),
  ),
  pickUps: z.array(pickUp),
  toolIds: z.array(name),
  loan: z.object({ lenderEngineerId: z.string(), borrowerEngineerId: z.string(), parts: z.array(pickUp) }).optional(),
  lock: z.enum(Stop_Lock),
});

export const plan = z.object({
  routes: z.array(z.object({ engineerId: name, shiftIndex: z.int().min(0), stops: z.array(stop) })),
  unassigned: z.array(z.object({ orderId: name })),
});
