// Schemas of engineers and operating centres: structure and ranges.
import { z } from "zod";
import { VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import {
  amount,
  count,
  duration,
  id,
  language,
  name,
  place,
  positiveDuration,
  required,
  rule,
  sum,
  tariff,
  timestamp,
  timeWindow,
  timeZone,
} from "./schema-basics.ts";
import { load } from "./schema-order.ts";

const stockRow = z.object({
  sku: name,
  quantity: z.int().min(0).max(1_000_000),
  unlimited: z.boolean(),
  reserved: z.int().min(0),
  safetyStock: z.int().min(0),
});
const engineerStock = stockRow.extend({
  unlimited: rule(z.boolean(), "NOT_ALLOWED", "is for operating centres only", (unlimited) => !unlimited),
});
const centreStock = stockRow.extend({
  safetyStock: rule(z.int().min(0), "NOT_ALLOWED", "is for engineers only", (units) => units === 0),
});

/** Cases behind a rate or a mean: more say nothing more, and their products stay exact. */
const caseCount = z.int().min(0).max(1_000_000);
const rate = z.object({ successes: caseCount, total: caseCount });
const days = z.int().min(0).max(366);
const minutes = z.int().min(0).max(1_000_000);
const perDay = z.number().min(0).max(1_000);

const shift = z.object({
  time: required(timeWindow),
  startPlace: required(place),
  endPlace: place.optional(),
  maxOvertime: duration.optional(),
  breaks: z.array(
    z.object({
      window: required(timeWindow),
      duration: required(positiveDuration),
      place: place.optional(),
      priceMinor: amount.optional(),
    }),
  ),
  maxOrders: count.optional(),
  maxTravelDuration: duration.optional(),
  maxDistanceM: amount.optional(),
  maxWorkingDuration: duration.optional(),
});

export const engineer = z.object({
  id,
  shifts: z.array(shift).min(1),
  vehicleMode: z.enum(VehicleMode),
  skills: z.array(z.object({ skillId: name, level: z.int().min(0).max(10), validUntil: timestamp.optional() })),
  brandCertificates: z.array(z.object({ brand: name, validUntil: timestamp.optional() })),
  toolIds: z.array(name),
  stock: z.array(engineerStock),
  partCapacity: count.optional(),
  capacities: z.array(load),
  operatingCentreId: z.string(),
  territoryCells: z.array(z.string()),
  maxOrders: count.optional(),
  maxLegDuration: duration.optional(),
  trustLimitMinor: sum.optional(),
  trustCarriedMinor: sum,
  deviceExperience: z.array(z.object({ repairs: caseCount })),
  rating: z.object({ stars: z.number().min(1).max(5), count: caseCount }).optional(),
  onTime: rate.optional(),
  firstTimeFixes: z.array(z.object({ rate: rate.optional() })),
  acceptance: z.object({ own: rate.optional(), peers: rate.optional() }).optional(),
  tier: z
    .object({ attendanceDays: days, ordersPerDay: perDay, targetDays: days, targetOrdersPerDay: perDay })
    .optional(),
  workload: z.object({ minutes, targetMinutes: minutes.min(1) }).optional(),
  languages: z.array(language),
  wagePerHourMinor: tariff,
  costPerKmMinor: tariff,
});

export const operatingCentre = z.object({
  id,
  place: required(place),
  openingWindows: z.array(timeWindow),
  stock: z.array(centreStock),
  toolIds: z.array(name),
  pickDuration: duration.optional(),
  timeZone,
  territoryCells: z.array(z.string()),
  neighbourCentreIds: z.array(name),
  pickFeeMinor: sum,
});
