// A request with one constraint changed as a relaxation says, or by one unit less.
import { clone, create } from "@bufbuild/protobuf";
import { type Duration, DurationSchema, type Timestamp, TimestampSchema } from "@bufbuild/protobuf/wkt";
import { type AssignRequest, AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { SkillSchema } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import { Relaxation_Kind as Kind, type Relaxation } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { CriterionMode, CriterionSettingSchema, PolicySchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";

/** The request after the change; `less` units less of it, which is none of it where one unit is all there is. */
export function relaxed(request: AssignRequest, orderId: string, relaxation: Relaxation, less = 0): AssignRequest {
  const changed = clone(AssignRequestSchema, request);
  const { kind, subjectId, windowIndex, operatingCentreId, witness, duration } = relaxation;
  const tick = 1_000_000_000n / BigInt(request.ticksPerSecond || 1);
  const nanos = nanosOf(duration) - BigInt(less) * tick;
  const units = Number(relaxation.amount) - less;
  const order = changed.orders.find(({ id }) => id === orderId)!;
  const engineer = changed.engineers.find(({ id }) => id === witness!.engineerId)!;
  const shift = engineer.shifts[witness!.shiftIndex]!;
  const stockOf = (list: typeof engineer.stock) => {
    const row = list.find(({ sku }) => sku === subjectId);
    if (row) row.quantity += units;
    else
      list.push({
        $typeName: "shanpai.dispatch.v1.Stock",
        sku: subjectId,
        quantity: units,
        reserved: 0,
        unlimited: false,
        safetyStock: 0,
      });
  };
  switch (kind) {
    case Kind.WINDOW_END:
      order.windows[windowIndex]!.end = moved(order.windows[windowIndex]!.end!, nanos);
      break;
    case Kind.WINDOW_START:
      order.windows[windowIndex]!.start = moved(order.windows[windowIndex]!.start!, -nanos);
      break;
    case Kind.LATENESS_GRACE:
      order.latenessGrace = longer(order.latenessGrace, nanos);
      break;
    case Kind.SKILL:
      if (less > 0) break;
      engineer.skills = [
        ...engineer.skills.filter(({ skillId }) => skillId !== subjectId),
        create(SkillSchema, {
          skillId: subjectId,
          level: engineer.skills.find(({ skillId }) => skillId === subjectId)?.level ?? 0,
        }),
      ];
      break;
    case Kind.PROFICIENCY_LEVEL:
      engineer.skills.find(({ skillId }) => skillId === subjectId)!.level += units;
      break;
    case Kind.CRITERION: {
      if (less > 0) break;
      changed.policy ??= create(PolicySchema);
      const setting = changed.policy.criteria.find(({ id }) => id === subjectId);
      if (setting) setting.mode = CriterionMode.OFF;
      else changed.policy.criteria.push(create(CriterionSettingSchema, { id: subjectId, mode: CriterionMode.OFF }));
      break;
    }
    case Kind.VAN_STOCK:
      stockOf(engineer.stock);
      break;
    case Kind.CENTRE_STOCK:
      stockOf(changed.operatingCentres.find(({ id }) => id === operatingCentreId)!.stock);
      break;
    case Kind.PART_CAPACITY:
      engineer.partCapacity! += units;
      break;
    case Kind.TOOL:
      if (less === 0) engineer.toolIds.push(subjectId);
      break;
    case Kind.SHIFT_START:
      shift.time!.start = moved(shift.time!.start!, -nanos);
      break;
    case Kind.SHIFT_END:
      shift.time!.end = moved(shift.time!.end!, nanos);
      break;
    case Kind.OVERTIME:
      shift.maxOvertime = longer(shift.maxOvertime, nanos);
      break;
    case Kind.CAPACITY: {
      const row = engineer.capacities.find(({ dimension }) => dimension === subjectId);
      if (row) row.amount += units;
      else engineer.capacities.push({ $typeName: "shanpai.dispatch.v1.Load", dimension: subjectId, amount: units });
      break;
    }
    case Kind.SHIFT_MAX_ORDERS:
      shift.maxOrders! += units;
      break;
    case Kind.ENGINEER_MAX_ORDERS:
      engineer.maxOrders! += units;
      break;
    case Kind.MAX_LEG:
      engineer.maxLegDuration = longer(engineer.maxLegDuration, nanos);
      break;
    case Kind.MAX_TRAVEL:
      shift.maxTravelDuration = longer(shift.maxTravelDuration, nanos);
      break;
    case Kind.MAX_DISTANCE:
      shift.maxDistanceM! += BigInt(units);
      break;
    case Kind.MAX_WORKING:
      shift.maxWorkingDuration = longer(shift.maxWorkingDuration, nanos);
      break;
    default:
      throw new Error(`unknown kind ${kind}`);
  }
  return changed;
}

const SECOND = 1_000_000_000n;
const nanosOf = (time: Duration | Timestamp | undefined) => (time ? time.seconds * SECOND + BigInt(time.nanos) : 0n);
const parts = (nanos: bigint) => ({ seconds: nanos / SECOND, nanos: Number(nanos % SECOND) });
const moved = (moment: Timestamp, nanos: bigint) => create(TimestampSchema, parts(nanosOf(moment) + nanos));
const longer = (duration: Duration | undefined, nanos: bigint) =>
  create(DurationSchema, parts(nanosOf(duration) + nanos));
