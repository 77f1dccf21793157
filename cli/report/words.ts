// The contract's codes in words: modes, kinds of stop, part sources, measures, reasons and criteria.
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Order } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import {
  CriterionRow_Status,
  Stop_Kind,
  type UnassignedReason,
  UnassignedReason_Code,
} from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { Measure } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";

export const MODE_WORDS: Readonly<Record<VehicleMode, string>> = {
  [VehicleMode.UNSPECIFIED]: "car",
  [VehicleMode.FOOT]: "foot",
  [VehicleMode.E_BIKE]: "e-bike",
  [VehicleMode.MOTORBIKE]: "motorbike",
  [VehicleMode.CAR]: "car",
  [VehicleMode.TRANSIT]: "transit",
};

export type StopKind = "service" | "supply" | "loan" | "break";

export const KIND_WORDS: Readonly<Record<Stop_Kind, StopKind | undefined>> = {
  [Stop_Kind.UNSPECIFIED]: undefined,
  [Stop_Kind.SERVICE]: "service",
  [Stop_Kind.SUPPLY]: "supply",
  [Stop_Kind.LOAN]: "loan",
  [Stop_Kind.BREAK]: "break",
};

export const STATUS_WORDS: Readonly<Record<CriterionRow_Status, string>> = {
  [CriterionRow_Status.UNSPECIFIED]: "",
  [CriterionRow_Status.EVALUATED]: "evaluated",
  [CriterionRow_Status.EXCLUDED]: "ruled out",
  [CriterionRow_Status.NOT_EVALUATED]: "not evaluated",
  [CriterionRow_Status.OFF]: "off",
};

const MEASURE_WORDS: Readonly<Record<Measure, string>> = {
  [Measure.UNSPECIFIED]: "",
  [Measure.UNASSIGNED]: "unassigned",
  [Measure.ENGINEERS_USED]: "engineers used",
  [Measure.DISTANCE]: "distance",
  [Measure.TRAVEL_TIME]: "travel time",
  [Measure.WORKING_TIME]: "working time",
  [Measure.SOFT_COST]: "soft cost",
};

/** The objective's levels in words, in order; an empty objective has the contract's two. */
export function levelWords(request: AssignRequest): string[] {
  const levels = request.objective?.levels ?? [];
  if (levels.length === 0) return [MEASURE_WORDS[Measure.UNASSIGNED], MEASURE_WORDS[Measure.SOFT_COST]];
  return levels.map((level) =>
    level.terms.map((term) => (term.weight > 1 ? `${term.weight} × ` : "") + MEASURE_WORDS[term.measure]).join(" + "),
  );
}

/** A criterion's id for reading: `skill_match` is `skill match`. */
export function criterionWords(id: string): string {
  return id.replaceAll("_", " ");
}

/** What is to be repaired, `phone, Apple iPhone 13, fault screen`; empty when not stated. */
export function deviceWords(order: Order): string {
  const device = order.device;
  if (device === undefined) return "";
  const name = [device.brand, device.model || device.family].filter(Boolean).join(" ");
  return [device.category, name, device.fault && `fault ${device.fault}`].filter(Boolean).join(", ");
}

/** The caller's own words for an order, `customer: 王芳, floor: 3`. */
export function labelWords(order: Order): string {
  return Object.entries(order.labels)
    .map(([key, value]) => `${key}: ${value}`)
    .join(", ");
}

/** One reason in words: the answer's own sentence where it has one, then the proof it gives. */
export function reasonWords(reason: UnassignedReason): string[] {
  const proof = [
    ...reason.criteria.map((row) => {
      const examples = row.exampleEngineerIds.join(", ") + (row.engineers > row.exampleEngineerIds.length ? ", …" : "");
      return `${criterionWords(row.criterionId)} rules out ${row.engineers} (${examples})`;
    }),
    ...reason.violations.map((violation) => `${violation.field}: ${violation.description} (${violation.code})`),
  ];
  return [reason.message || sentence(reason), ...proof];
}

function sentence(reason: UnassignedReason): string {
  switch (reason.code) {
    case UnassignedReason_Code.NO_ELIGIBLE_ENGINEER:
      return "No engineer is eligible.";
    case UnassignedReason_Code.NO_FEASIBLE_TIME:
      return "It does not fit in time, even alone on the empty shift of any eligible engineer.";
    case UnassignedReason_Code.NO_PART:
      return `No eligible engineer has or can get ${reason.skus.join(", ") || "the parts"}.`;
    case UnassignedReason_Code.OUTBID:
      return `Engineer ${reason.witnessEngineerId} could serve it alone, but it fits nowhere into this plan.`;
    case UnassignedReason_Code.INVALID_INPUT:
      return "It breaks a rule of the contract.";
    case UnassignedReason_Code.NOT_WORTH_PRICE:
      return "Serving it costs more than its price.";
    default:
      return "Time ran out before a reason was proved.";
  }
}
