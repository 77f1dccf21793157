// Ids: unique in their kind, and every reference meets its target.
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { EngineerPreference } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import type { ViolationCode } from "./codes.ts";
import { type Path, type Report, show } from "./report.ts";

/** The ids of a request by kind, each with its first row. */
export interface Ids {
  readonly orders: ReadonlyMap<string, number>;
  readonly engineers: ReadonlyMap<string, number>;
  readonly centres: ReadonlyMap<string, number>;
}

/** Gathers the ids of a request and reports those that occur twice. */
export function checkIds(request: AssignRequest, report: Report): Ids {
  const gather = (list: "orders" | "engineers" | "operatingCentres") => {
    const firstRow = new Map<string, number>();
    request[list].forEach(({ id }, row) => {
      const first = firstRow.get(id);
      if (first === undefined) firstRow.set(id, row);
      else if (id !== "") report([list, row, "id"], "DUPLICATE", `${show(id)} is also the id of ${list}[${first}]`);
    });
    return firstRow;
  };
  return { orders: gather("orders"), engineers: gather("engineers"), centres: gather("operatingCentres") };
}

const PREFERENCES = [
  "requiredEngineerIds",
  "excludedEngineerIds",
  "preferredEngineerIds",
  "secondaryEngineerIds",
  "dislikedEngineerIds",
] as const satisfies readonly (keyof EngineerPreference)[];

/** Reports references without a target. Engineers who declined or came before may be absent from the request. */
export function checkReferences(request: AssignRequest, ids: Ids, report: Report): void {
  const known = (
    id: string,
    among: ReadonlyMap<string, number>,
    path: () => Path,
    code: ViolationCode,
    kind: string,
  ) => {
    if (id !== "" && !among.has(id)) report(path(), code, `names no ${kind} of the request: ${show(id)}`);
  };
  const centre = (id: string, path: () => Path) => known(id, ids.centres, path, "UNKNOWN_CENTRE", "operating centre");
  const engineer = (id: string, path: () => Path) => known(id, ids.engineers, path, "UNKNOWN_ENGINEER", "engineer");

  request.orders.forEach((order, row) => {
    centre(order.operatingCentreId, () => ["orders", row, "operatingCentreId"]);
    const preference = order.engineerPreference;
    if (!preference) return;
    for (const list of PREFERENCES)
      preference[list].forEach((id, at) => {
        engineer(id, () => ["orders", row, "engineerPreference", list, at]);
      });
    checkContradictions(preference, ["orders", row, "engineerPreference"], report);
  });
  request.engineers.forEach((row, index) => {
    centre(row.operatingCentreId, () => ["engineers", index, "operatingCentreId"]);
  });
  request.operatingCentres.forEach((row, index) => {
    row.neighbourCentreIds.forEach((id, at) => {
      centre(id, () => ["operatingCentres", index, "neighbourCentreIds", at]);
    });
  });
  request.explain?.orderIds.forEach((id, at) => {
    known(id, ids.orders, () => ["explain", "orderIds", at], "UNKNOWN_ORDER", "order");
  });
  request.explain?.engineerIds.forEach((id, at) => {
    engineer(id, () => ["explain", "engineerIds", at]);
  });
}

function checkContradictions(preference: EngineerPreference, path: Path, report: Report): void {
  const required = new Set(preference.requiredEngineerIds);
  preference.excludedEngineerIds.forEach((id, at) => {
    if (required.has(id))
      report([...path, "excludedEngineerIds", at], "CONTRADICTION", `${show(id)} is required and excluded`);
  });
  const wish = new Map<string, string>();
  for (const list of ["preferredEngineerIds", "secondaryEngineerIds", "dislikedEngineerIds"] as const)
    preference[list].forEach((id, at) => {
      const name = list.replace("EngineerIds", "");
      const other = wish.get(id);
      if (other !== undefined && other !== name)
        report([...path, list, at], "CONTRADICTION", `${show(id)} is ${other} and ${name}`);
      wish.set(id, other ?? name);
    });
}
