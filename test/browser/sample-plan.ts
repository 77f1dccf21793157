// A small day made by hand for the tests of the report: four engineers, one of them not needed, eight stops, two orders left out.
import { fromJson, type JsonObject } from "@bufbuild/protobuf";
import {
  type AssignRequest,
  AssignRequestSchema,
  type AssignResponse,
  AssignResponseSchema,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";

/** Text that must stay text wherever it is shown. */
export const HOSTILE = `<script>globalThis.hacked = true</script><img src=x onerror="globalThis.hacked = true">`;

const at = (clock: string) => `2026-03-02T${clock}:00+08:00`;
const window = (start: string, end: string) => ({ start: at(start), end: at(end) });
const minutes = (value: number) => `${value * 60}s`;
const place = (latitude: number, longitude: number, address = "") => ({ geo: { latitude, longitude }, address });
const leg = (travelMinutes: number, distanceM: number) => ({
  duration: minutes(travelMinutes),
  distanceM: String(distanceM),
});

const HOME_1 = place(31.23, 121.47, "林晓家");
const HOME_3 = place(31.19, 121.53);
const CENTRE = place(31.222, 121.5, "世纪大道 100 号");
const O1 = place(31.235, 121.51, "陆家嘴环路 1000 号");
const O2 = place(31.215, 121.49);
const O3 = place(31.25, 121.45);
const O4 = place(31.27, 121.48);
const O5 = place(31.2, 121.56);
const O6 = place(31.195, 121.57);

/** The request of the sample day. */
export function sampleRequest(): AssignRequest {
  const order = (id: string, where: JsonObject, more: JsonObject = {}): JsonObject => ({ id, place: where, ...more });
  return fromJson(AssignRequestSchema, {
    requestId: "sample",
    now: at("08:00"),
    timeZone: "Asia/Shanghai",
    currencyCode: "CNY",
    orders: [
      order("o1", O1, {
        labels: { note: HOSTILE },
        windows: [window("09:00", "10:00")],
        device: { category: "phone", brand: "Apple", model: "iPhone 13", fault: "screen" },
      }),
      order("o2", O2, { windows: [window("09:00", "10:20")], latenessGrace: minutes(30) }),
      order("o3", O3),
      order("o4", O4),
      order("o5", O5, { windows: [window("10:00", "12:00")] }),
      order("o6", O6),
      order("o7", place(31.24, 121.55, "张杨路 500 号"), { skills: { allOf: ["gas"] } }),
      order("o8", place(31.26, 121.52), { priority: 5, windows: [window("09:30", "10:00")] }),
    ],
    engineers: [
      {
        id: "e1",
        name: "林晓",
        vehicleMode: "VEHICLE_MODE_E_BIKE",
        shifts: [
          {
            time: window("08:30", "17:30"),
            startPlace: HOME_1,
            endPlace: HOME_1,
            breaks: [{ window: window("09:30", "11:00"), duration: minutes(30) }],
          },
        ],
      },
      {
        id: "e2",
        name: "王磊",
        vehicleMode: "VEHICLE_MODE_MOTORBIKE",
        shifts: [{ time: window("09:00", "18:00"), startPlace: place(31.24, 121.44) }],
      },
      { id: "e3", shifts: [{ time: window("09:30", "18:00"), startPlace: HOME_3, endPlace: HOME_3 }] },
      { id: "e4", name: "Ana", shifts: [{ time: window("09:00", "18:00"), startPlace: place(31.28, 121.55) }] },
    ],
    operatingCentres: [{ id: "c1", name: "浦东中心", place: CENTRE, stock: [{ sku: "SCR-13", quantity: 4 }] }],
  });
}

/** Its plan, with all sums worked out by hand. */
export function sampleResponse(): AssignResponse {
  const service = (
    orderId: string,
    where: JsonObject,
    way: JsonObject,
    times: readonly [string, string],
    more: JsonObject = {},
  ) => ({
    kind: "KIND_SERVICE",
    orderId,
    place: where,
    leg: way,
    arrival: at(times[0]),
    start: at(times[0]),
    departure: at(times[1]),
    ...more,
  });
  return fromJson(AssignResponseSchema, {
    requestId: "sample",
    plan: {
      routes: [
        {
          engineerId: "e1",
          departure: at("08:30"),
          arrival: at("11:15"),
          stops: [
            {
              kind: "KIND_SUPPLY",
              operatingCentreId: "c1",
              place: CENTRE,
              leg: leg(12, 3600),
              arrival: at("08:42"),
              start: at("08:42"),
              departure: at("08:47"),
              pickUps: [{ sku: "SCR-13", quantity: 1 }],
            },
            // Arrives 08:55, 2 minutes of set-up, 3 of waiting until the window opens.
            service("o1", O1, leg(8, 2400), ["08:55", "09:40"], {
              start: at("09:00"),
              setup: minutes(2),
              waiting: minutes(3),
              parts: [{ sku: "SCR-13", quantity: 1, source: "PART_SOURCE_CENTRE", operatingCentreId: "c1" }],
            }),
            {
              kind: "KIND_BREAK",
              breakIndex: 0,
              place: O1,
              leg: leg(0, 0),
              arrival: at("09:40"),
              start: at("09:40"),
              departure: at("10:10"),
            },
            // Begins 5 minutes after its window has closed at 10:20.
            service("o2", O2, leg(15, 4500), ["10:25", "10:55"], { lateness: minutes(5) }),
          ],
          finalLeg: leg(20, 6000),
          travel: minutes(55), // 12 + 8 + 15 + 20
          waiting: minutes(3),
          service: minutes(72), // 2 + 40 + 30
          working: minutes(135), // 08:30 to 11:15 without the break of 30
          distanceM: "16500", // 3600 + 2400 + 4500 + 6000
        },
        {
          engineerId: "e2",
          departure: at("09:00"),
          arrival: at("11:00"),
          stops: [
            service("o3", O3, leg(10, 4500), ["09:10", "09:50"], {
              parts: [
                { sku: "BAT-11", quantity: 1, source: "PART_SOURCE_ON_HAND" },
                { sku: "GLUE", quantity: 2, source: "PART_SOURCE_LOAN", lenderEngineerId: "e1", substituteFor: "TAPE" },
              ],
            }),
            service("o4", O4, leg(20, 9000), ["10:10", "11:00"]),
          ],
          travel: minutes(30),
          service: minutes(90),
          working: minutes(120),
          distanceM: "13500",
        },
        {
          engineerId: "e3",
          departure: at("09:30"),
          arrival: at("11:30"),
          stops: [
            service("o5", O5, leg(30, 12600), ["10:00", "10:30"]),
            service("o6", O6, leg(6, 2500), ["10:36", "11:06"]),
          ],
          finalLeg: leg(24, 10100),
          travel: minutes(60),
          service: minutes(60),
          working: minutes(120),
          distanceM: "25200",
        },
      ],
      unassigned: [
        {
          orderId: "o7",
          reasons: [
            {
              code: "CODE_NO_ELIGIBLE_ENGINEER",
              criteria: [{ criterionId: "skill_match", engineers: 4, exampleEngineerIds: ["e1", "e2", "e3"] }],
            },
          ],
        },
        { orderId: "o8", reasons: [{ code: "CODE_OUTBID", witnessEngineerId: "e2" }] },
      ],
    },
    // Left out: 1 + 0 and 1 + 5. Soft: working 22500 + 3 * 300 late + 300 proficiency.
    cost: {
      levels: ["7", "23700"],
      criteria: [
        { criterionId: "travel_time", cost: "8700" },
        { criterionId: "proficiency_level", cost: "300" },
        { criterionId: "time_window_fit", cost: "900" },
        { criterionId: "idle_time", cost: "180" },
        { criterionId: "service", cost: "13620" },
      ],
    },
    explanations: [
      {
        orderId: "o1",
        engineerId: "e1",
        chosen: true,
        rows: [
          { criterionId: "skill_match", status: "STATUS_EVALUATED", score: 10000, sentence: "Asks for no skill." },
          {
            criterionId: "proficiency_level",
            status: "STATUS_EVALUATED",
            score: 5000,
            cost: "300",
            sentence: "Screen repair: level 5 wanted, level not stated.",
          },
          { criterionId: "trust_limit", status: "STATUS_NOT_EVALUATED" },
        ],
      },
      {
        orderId: "o1",
        engineerId: "e2",
        rows: [{ criterionId: "skill_match", status: "STATUS_EXCLUDED", sentence: "Lacks the skill <b>screen</b>." }],
      },
    ],
    provenance: { travelSource: "great_circle", seed: "7", coreVersion: "0.1.0" },
  });
}
