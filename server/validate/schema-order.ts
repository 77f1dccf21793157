// Schema of an order: structure and ranges.
import { z } from "zod";
import { VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import {
  amount,
  duration,
  id,
  language,
  name,
  place,
  required,
  rule,
  sum,
  timestamp,
  timeWindow,
} from "./schema-basics.ts";

export const load = z.object({ dimension: name, amount: z.int().min(0).max(1_000_000_000) });

export const order = z.object({
  id,
  place: required(place),
  windows: z.array(timeWindow),
  preferredWindow: timeWindow.optional(),
  latenessGrace: duration.optional(),
  serviceDuration: duration.optional(),
  setupDuration: duration.optional(),
  priority: z.int().min(0).max(100),
  priceMinor: amount.optional(),
  createdAt: timestamp.optional(),
  visitDueAt: timestamp.optional(),
  vipTier: z.int().min(0).max(10),
  severity: z.int().min(0).max(10),
  operatingCentreId: z.string(),
  skills: z.object({ allOf: z.array(name), anyOf: z.array(name), noneOf: z.array(name) }).optional(),
  proficiencies: z.array(z.object({ skillId: name, level: z.int().min(1).max(10), hard: z.boolean() })),
  previousVisit: z.object({ engineerId: z.string(), finishedAt: timestamp.optional() }).optional(),
  parts: z.array(z.object({ sku: name, quantity: z.int().min(1).max(1_000_000), substituteSkus: z.array(name) })),
  toolIds: z.array(name),
  loads: z.array(load),
  engineerPreference: z
    .object({
      requiredEngineerIds: z.array(name),
      excludedEngineerIds: z.array(name),
      preferredEngineerIds: z.array(name),
      secondaryEngineerIds: z.array(name),
      dislikedEngineerIds: z.array(name),
    })
    .optional(),
  customerAttributes: z.object({ languages: z.array(language) }).optional(),
  declinedEngineerIds: z.array(name),
  vehicleAccess: z.array(z.enum(VehicleMode)),
  trustValueMinor: sum,
  budgetMinor: sum.optional(),
  visitFeeMinor: sum,
  engineersRequired: rule(
    z.int().min(0),
    "UNSUPPORTED",
    "must be 0 or 1: orders that need several engineers at the same time are not answered yet",
    (engineers) => engineers <= 1,
  ),
});
