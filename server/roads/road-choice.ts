// The road engine that a request names, as far as this server lets it.
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import type { ModeProfile } from "../../proto/gen/shanpai/dispatch/v1/travel_pb.ts";
import type { RoadEngine } from "../../solver/roads/engine.ts";
import { HTTP_DEFAULTS } from "../../solver/roads/http.ts";
import { osrmEngine } from "../../solver/roads/osrm.ts";
import { valhallaServer } from "../../solver/roads/valhalla.ts";
import { valhallaInProcess } from "../../solver/roads/valhalla-in-process.ts";
import { RequestError } from "../errors.ts";
import { durationMs } from "../pool/peek.ts";
import type { RoadSetup } from "./road-setup.ts";

/** An engine and its names of the vehicle modes. */
export interface Chosen {
  readonly source: "osrm" | "valhalla";
  readonly engine: RoadEngine;
  /** Undefined: the engine has no usual profile for the mode, and the request names none. */
  readonly profileOf: (mode: VehicleMode) => string | undefined;
}

type Profiles = Readonly<Partial<Record<VehicleMode, string>>>;

/** Usual names of OSRM's profiles; of public transport it knows nothing. */
const OSRM_PROFILES: Profiles = {
  [VehicleMode.FOOT]: "foot",
  [VehicleMode.E_BIKE]: "bike",
  [VehicleMode.MOTORBIKE]: "driving",
  [VehicleMode.CAR]: "driving",
};

/** Names of Valhalla's costings; for public transport it makes no tables. */
const VALHALLA_PROFILES: Profiles = {
  [VehicleMode.FOOT]: "pedestrian",
  [VehicleMode.E_BIKE]: "bicycle",
  [VehicleMode.MOTORBIKE]: "motorcycle",
  [VehicleMode.CAR]: "auto",
};

/** The engine of a request whose travel asks for one. Throws RequestError where it may not be asked, RoadError where it cannot be had. */
export function engineOf(request: AssignRequest, setup: RoadSetup): Chosen {
  const source = request.travel?.source;
  if (source?.case !== "osrm" && source?.case !== "valhalla") throw new Error("the request names no road engine");
  const { baseUrl, profiles, timeout } = source.value;
  const options = {
    ...HTTP_DEFAULTS,
    timeoutMs: timeout ? Math.ceil(durationMs(timeout)) : setup.timeoutMs,
    retries: setup.retries,
    concurrency: setup.concurrency,
  };
  const url = baseUrl || (source.case === "osrm" ? setup.osrmUrl : undefined);
  if (url !== undefined) mayBeAsked(url, source.case, setup);
  if (source.case === "osrm") {
    if (url === undefined) throw notConfigured("travel.osrm.base_url is empty, and this server has no OSRM of its own");
    const engine = osrmEngine(`OSRM at ${url}`, () => url, options);
    return { source: "osrm", engine, profileOf: profileOf(profiles, OSRM_PROFILES) };
  }
  if (url === undefined && setup.valhallaTiles === undefined)
    throw notConfigured("travel.valhalla.base_url is empty, and this server has no Valhalla of its own");
  const engine =
    url === undefined ? valhallaInProcess(setup.valhallaTiles!) : valhallaServer(`Valhalla at ${url}`, url, options);
  return { source: "valhalla", engine, profileOf: profileOf(profiles, VALHALLA_PROFILES) };
}

const root = (url: string) => url.replace(/\/+$/, "");

/** Requests come from outside, and a server reaches hosts that its callers do not. */
function mayBeAsked(url: string, source: string, { allowed, osrmUrl }: RoadSetup): void {
  if (allowed === "any" || allowed.some((one) => root(one) === root(url)) || url === osrmUrl) return;
  throw new RequestError(
    "PERMISSION_DENIED",
    `travel.${source}.base_url ${url} is not among the road engines that requests may name here (setting roadEngines)`,
  );
}

const notConfigured = (words: string) => new RequestError("FAILED_PRECONDITION", words);

function profileOf(own: readonly ModeProfile[], usual: Profiles): Chosen["profileOf"] {
  const named = new Map(own.map(({ vehicleMode, profile }) => [vehicleMode, profile]));
  return (mode) => named.get(mode) ?? usual[mode];
}
