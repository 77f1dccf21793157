// One or two areas of a large request as a request of their own, and what its answer is put back as.
import { clone, create } from "@bufbuild/protobuf";
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import {
  type Engineer,
  EngineerSchema,
  type OperatingCentre,
  OperatingCentreSchema,
} from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { type Plan, PlanSchema, type Route, Stop_Kind } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { type SearchOptions, SearchOptionsSchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { type Area, pickedUp } from "./area.ts";

/** Engineers who meet somebody of another area, and with them their orders, are in no other part any more. */
export type Held = ReadonlySet<string>;

/** The request of `areas`, beginning with their routes; `areas` are among `all`, whose other routes keep what they pick up. */
export function partOf(
  request: AssignRequest,
  all: readonly Area[],
  areas: readonly Area[],
  held: Held,
  search: Omit<SearchOptions, "$typeName" | "$unknown">,
): AssignRequest {
  const { $typeName: _, explain: _explain, ...fixed } = request;
  const inside = new Set(areas);
  const routes = areas.flatMap((area) => area.routes.filter(({ engineerId }) => !held.has(engineerId)));
  const elsewhere = all.flatMap((area) =>
    area.routes.filter(({ engineerId }) => !inside.has(area) || held.has(engineerId)),
  );
  const heldOrders = ordersOf(elsewhere);
  const orders = areas.flatMap((area) => area.orders.filter(({ id }) => !heldOrders.has(id)));
  const engineers = areas.flatMap((area) => area.engineers.filter(({ id }) => !held.has(id)));
  return {
    $typeName: "shanpai.dispatch.v1.AssignRequest",
    ...fixed,
    requestId: "",
    orders,
    engineers: [...engineers, ...strangersOf(request, orders, engineers)],
    operatingCentres: centresOf(request, areas, [...orders, ...engineers], routes, elsewhere),
    currentPlan: create(PlanSchema, { routes }),
    search: create(SearchOptionsSchema, search),
  };
}

/** Engineers of other areas whom orders name: they are known, and have no time. */
function strangersOf(request: AssignRequest, orders: readonly Order[], engineers: readonly Engineer[]): Engineer[] {
  const here = new Set(engineers.map(({ id }) => id));
  const named = new Set(
    orders.flatMap(({ declinedEngineerIds, engineerPreference: like }) => [
      ...declinedEngineerIds,
      ...(like
        ? [
            ...[...like.requiredEngineerIds, ...like.excludedEngineerIds, ...like.preferredEngineerIds],
            ...[...like.secondaryEngineerIds, ...like.dislikedEngineerIds],
          ]
        : []),
    ]),
  );
  return request.engineers
    .filter(({ id }) => named.has(id) && !here.has(id))
    .map((engineer) => {
      const copy = clone(EngineerSchema, engineer);
      for (const shift of copy.shifts) shift.maxOrders = 0;
      delete copy.lending;
      return copy;
    });
}

/** The areas' centres with what others leave of their stock; those that are only named have what `routes` take there already. */
function centresOf(
  request: AssignRequest,
  areas: readonly Area[],
  naming: readonly { operatingCentreId: string }[],
  routes: readonly Route[],
  elsewhere: readonly Route[],
): OperatingCentre[] {
  const own = new Set(areas.flatMap(({ centres }) => centres.map(({ id }) => id)));
  const [mine, theirs] = [pickedUp(routes), pickedUp(elsewhere)];
  const supplied = routes.flatMap(({ stops }) => stops.map(({ operatingCentreId }) => operatingCentreId));
  const here = new Set([...own, ...supplied, ...naming.map((each) => each.operatingCentreId)]);
  return request.operatingCentres
    .filter(({ id }) => here.has(id))
    .map((centre) => {
      const taken = theirs.get(centre.id);
      if (own.has(centre.id) && !taken && centre.neighbourCentreIds.every((id) => here.has(id))) return centre;
      const copy = clone(OperatingCentreSchema, centre);
      copy.neighbourCentreIds = copy.neighbourCentreIds.filter((id) => here.has(id));
      for (const stock of copy.stock)
        if (!own.has(centre.id))
          [stock.unlimited, stock.reserved, stock.quantity] = [false, 0, mine.get(centre.id)?.get(stock.sku) ?? 0];
        else if (!stock.unlimited) stock.quantity = Math.max(0, stock.quantity - (taken?.get(stock.sku) ?? 0));
      return copy;
    });
}

function ordersOf(routes: readonly Route[]): Set<string> {
  return new Set(
    routes.flatMap(({ stops }) => stops.flatMap(({ kind, orderId }) => (kind === Stop_Kind.SERVICE ? [orderId] : []))),
  );
}

/** Puts the plan of a part back into its areas: orders go where their engineer is, those left out stay where they were. */
export function putBack(areas: readonly Area[], held: Held, part: AssignRequest, plan: Plan): void {
  const orders = new Map(part.orders.map((order) => [order.id, order]));
  const unassigned = new Map(plan.unassigned.map((row) => [row.orderId, row]));
  const served = ordersOf(plan.routes);
  for (const area of areas) {
    const own = new Set(area.engineers.map(({ id }) => id));
    const kept = area.routes.filter(({ engineerId }) => held.has(engineerId));
    const before = area.orders;
    area.routes = [...kept, ...plan.routes.filter(({ engineerId }) => own.has(engineerId))];
    const mine = ordersOf(area.routes);
    area.unassigned = before.flatMap(({ id }) => unassigned.get(id) ?? []);
    area.orders = [
      ...before.filter(({ id }) => mine.has(id) || !served.has(id)),
      ...[...mine].filter((id) => before.every((order) => order.id !== id)).flatMap((id) => orders.get(id) ?? []),
    ];
  }
}

/** Engineers of `areas` who meet somebody of another one of them, and everybody whom those meet: their times hang together. */
export function meetAcross(areas: readonly Area[]): string[] {
  const areaOf = new Map(areas.flatMap((area) => area.engineers.map(({ id }) => [id, area] as const)));
  const loans = areas.flatMap(({ routes }) => routes.flatMap(({ stops }) => stops.flatMap(({ loan }) => loan ?? [])));
  const pairs = loans.map(({ lenderEngineerId, borrowerEngineerId }) => [lenderEngineerId, borrowerEngineerId]);
  const met = new Set(pairs.filter(([one, other]) => areaOf.get(one!) !== areaOf.get(other!)).flat());
  for (let size = -1; size < met.size; ) {
    size = met.size;
    for (const pair of pairs) if (pair.some((id) => met.has(id))) for (const id of pair) met.add(id);
  }
  return [...met];
}
