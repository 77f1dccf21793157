// The request of a service technician routing instance: levels of skills, and tasks that may be outsourced at a price.
import { create } from "@bufbuild/protobuf";
import { type AssignRequest, AssignRequestSchema } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { EngineerSchema } from "../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import { OrderSchema } from "../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { type Place, PlaceSchema } from "../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import {
  CriterionMode,
  Measure,
  PolicySchema,
  SearchOptions_Mode,
} from "../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { PlanarTravel_Rounding } from "../proto/gen/shanpai/dispatch/v1/travel_pb.ts";
import { CATALOGUE } from "../solver/criteria.ts";
import { lengthOf, moment, windowOf } from "./fields.ts";
import { parseStrsp, type StrspNode } from "./strsp-instance.ts";

/** Ticks in one unit of the file: a leg is at most 0.005 longer than it is. */
const TICKS = 200;
/**
 * Weight of travel. Prices are charged in the soft cost, which holds the working time, too: against travel and prices, both this many
 * times as heavy, it only decides between plans that cost the same.
 */
const TRAVEL_WEIGHT = 10_000;
/** Minor units of the price in one unit of cost, and what one of them costs: 1 / PRICE_DIGITS of a unit, weighted like travel. */
const PRICE_DIGITS = 10_000;
const SECONDS_PER_CURRENCY_UNIT = (TRAVEL_WEIGHT / PRICE_DIGITS) * 100;

/** Everything off that costs anything but time and prices; levels rule out where a task asks for them. */
const POLICY = create(PolicySchema, {
  secondsPerCurrencyUnit: SECONDS_PER_CURRENCY_UNIT,
  criteria: CATALOGUE.filter(({ weighted }) => weighted).map(({ id }) =>
    id === "proficiency_level" ? { id, weightS: 0 } : { id, mode: CriterionMode.OFF },
  ),
});

const placeOf = ({ x, y }: StrspNode): Place => create(PlaceSchema, { position: { case: "planar", value: { x, y } } });

/**
 * The request of an instance: orders have the numbers of the tasks ("2" is the first), engineers those of the technicians. Travel is
 * rounded up, so that a plan of the request also holds in exact arithmetic. Throws as `parseStrsp` does.
 */
export function strspRequest(text: string): AssignRequest {
  const { nodes, technicians } = parseStrsp(text);
  const depot = nodes[0]!;
  return create(AssignRequestSchema, {
    now: moment(0, TICKS),
    timeZone: "UTC",
    ticksPerSecond: TICKS,
    currencyCode: "EUR",
    orders: nodes.slice(1).map((node) =>
      create(OrderSchema, {
        id: `${node.number}`,
        place: placeOf(node),
        windows: [windowOf(node.ready * TICKS, node.due * TICKS, TICKS)],
        serviceDuration: lengthOf(node.service * TICKS, TICKS),
        priceMinor: BigInt(Math.round(node.outsourcing * PRICE_DIGITS)),
        proficiencies: node.levels.flatMap((level, skill) =>
          level === 0 ? [] : [{ skillId: `${skill + 1}`, level, hard: true }],
        ),
      }),
    ),
    engineers: technicians.map((levels, index) =>
      create(EngineerSchema, {
        id: `${index + 1}`,
        shifts: [
          {
            time: windowOf(depot.ready * TICKS, depot.due * TICKS, TICKS),
            startPlace: placeOf(depot),
            endPlace: placeOf(depot),
          },
        ],
        skills: levels.flatMap((level, skill) => (level === 0 ? [] : [{ skillId: `${skill + 1}`, level }])),
      }),
    ),
    travel: { source: { case: "planar", value: { rounding: PlanarTravel_Rounding.UP } } },
    policy: POLICY,
    objective: {
      levels: [
        {
          terms: [
            { measure: Measure.TRAVEL_TIME, weight: TRAVEL_WEIGHT },
            { measure: Measure.SOFT_COST, weight: 1 },
          ],
        },
      ],
    },
    search: { mode: SearchOptions_Mode.ROUTE },
  });
}
