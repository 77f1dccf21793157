// What docs/criteria.md says of each criterion beside its numbers.
import type { CriterionId } from "./criteria.ts";

export interface CriterionText {
  /** What it is about, one sentence. */
  readonly what: string;
  readonly formula: string;
  /** Fields of the contract that it reads. */
  readonly inputs: readonly string[];
  readonly example: string;
  /** Where the idea or the number comes from. */
  readonly source?: string;
}

const OWN = "a starting value of our own";

export const CRITERIA_TEXT: Readonly<Record<CriterionId, CriterionText>> = {
  h3_proximity: {
    what: "How near the order is to where the engineer's first shift starts, counted in H3 cells.",
    formula:
      "`floor(10000 * (worst_cells - k) / worst_cells)` for grid distance k, 0 from `worst_cells` on. Where H3 knows no distance, beside a pentagon and between far cells, k is the great-circle distance over the distance of neighbouring cells, rounded.",
    inputs: ["Order.place", "Shift.start_place of the first shift by time"],
    example: "3 cells away: 7500; with W = 120 that costs 30 s.",
    source: "H3, https://h3geo.org/docs/api/traversal",
  },
  travel_time: {
    what: "The way from the stop before, charged second by second.",
    formula:
      "Cost: the seconds of the leg, which are working time and cannot be turned off. Shown: `lin(seconds; 0, 7200)`. A leg over `max_leg_duration` is ruled out.",
    inputs: ["Travel", "Engineer.max_leg_duration"],
    example: "30 s of travel: 9958, 30 s.",
  },
  route_cluster_fit: {
    what: "Whether the order lies where the engineer is anyway.",
    formula:
      "`lin(detour; 0, 2 * alone)` for the travel time by way of the order from the order before, or the start of the route, to the order after, or its end, less that of the direct way, at least 0; alone: start, order, end. Where alone is 0, or one of the three ways does not exist, 10000; where there is no way alone, neutral. Stops under way are not charged; the next order then starts from the last of them.",
    inputs: ["Travel", "Shift.start_place", "Shift.end_place"],
    example: "A detour of half the way there and back: 7500; with W = 300 that costs 75 s.",
    source: OWN,
  },
  service_territory: {
    what: "Whether the order lies in the engineer's own territory.",
    formula:
      "Own 10000; a neighbour's `floor(half(metres outside; half_m) / 2)`; else 0. Hard: only the own territory may serve, with `overflow` neighbours too. Own is decided by the engineer's own cells if there are any, else by the centres of order and engineer, else by the cells of the engineer's centre. Metres outside are counted to the middle of the nearest cell; without cells the neutral score stands for `half`.",
    inputs: [
      "Order.operating_centre_id",
      "Order.place",
      "Engineer.operating_centre_id",
      "Engineer.territory_cells",
      "OperatingCentre.territory_cells",
      "OperatingCentre.neighbour_centre_ids",
    ],
    example: "5560 m outside as a neighbour's: half of 4628, 2314.",
    source: OWN,
  },
  parts_on_hand: {
    what: "Whether the parts are in the van.",
    formula:
      "Shown: units on hand over units needed. Every unit must come from somewhere: hard, and it cannot be turned off. Where no part is needed it does not apply.",
    inputs: ["Order.parts", "Engineer.stock"],
    example: "1 of 2 units in the van: 5000.",
  },
  parts_borrowable: {
    what: "Whether a colleague nearby can lend what is missing.",
    formula:
      "`half(detour; half_s)`, once for each meeting, on top of its time, which is charged as travel and work. The detour is the extra travel of both, the hand-over and the lender's waiting, seconds. Where no part is borrowed it does not apply. Hard: who lends consents and keeps what its own stops and safety stock need ([loans](plan.md#loans)).",
    inputs: ["Order.parts", "Engineer.stock", "Engineer.lending"],
    example: "15 minutes of detour: 5000; with W = 300 that costs 150 s.",
  },
  parts_from_centre: {
    what: "Whether the parts can be fetched at an operating centre on the way.",
    formula:
      "Shown: `lin(seconds of the way and the pick-up; 0, 3600)`. The way is charged as time, which cannot be turned off; a centre without stock gives nothing. Where nothing is fetched it does not apply.",
    inputs: ["OperatingCentre.stock", "OperatingCentre.opening_windows", "OperatingCentre.pick_duration"],
    example: "Half an hour for fetching: 5000.",
  },
  skill_match: {
    what: "The engineer holds the skills the order asks for, valid through the end of its last window.",
    formula: "All of `all_of`, one of `any_of`, none of `none_of`: else ruled out.",
    inputs: ["Order.skills", "Engineer.skills"],
    example: "A gas licence that ends at noon rules out for a window that ends at 13:00.",
  },
  proficiency_level: {
    what: "The engineer's level is the wanted one or a little above it: sending a master to a simple job wastes the master.",
    formula:
      "Level e, wanted r: 0 below r, `10000 - floor(5000 * (e - r) / (10 - r))` from r on; the lowest requirement counts.",
    inputs: ["Order.proficiencies", "Engineer.skills"],
    example: "Level 7 for 4: 7500; with W = 600 that costs 150 s.",
    source: OWN,
  },
  device_model_experience: {
    what: "Repairs of the order's model in 180 days; others of its family count half.",
    formula: "`10000 - half(n; half_repairs)`",
    inputs: ["Order.device", "Engineer.device_experience"],
    example: "8 repairs: 5000; with W = 300 that costs 150 s.",
    source: OWN,
  },
  brand_certification: {
    what: "The maker's certificate is valid through the order's last window.",
    formula:
      "10000; 9000 where it ends within `expiring_days` after the window; 0 without one. Under the maker's warranty 0 is ruled out; hard, for every order that names a maker.",
    inputs: ["Order.device.brand", "Order.device.manufacturer_warranty", "Engineer.brand_certificates"],
    example: "A certificate for five more days: 9000; with W = 400 that costs 40 s.",
    source: OWN,
  },
  tool_availability: {
    what: "The tools are in the van when service begins.",
    formula:
      "Carried, or taken on at a centre before: else ruled out. Where the order needs no tool it does not apply.",
    inputs: ["Order.tool_ids", "Engineer.tool_ids", "OperatingCentre.tool_ids"],
    example: "A ladder is fetched at the centre first.",
  },
  engineer_preference: {
    what: "Whom the customer named.",
    formula: "Preferred 10000, secondary 7000, not named 5000, disliked 1000. Required and excluded rule out.",
    inputs: ["Order.engineer_preference"],
    example: "The second choice: 7000; with W = 900 that costs 270 s.",
  },
  customer_attribute_preference: {
    what: "What the customer asked for about the person. Off by default, because it is data about people.",
    formula:
      "A common language 10000, none 3000 (primary subtags are compared: zh-CN is zh-Hans). With `gender`: the gender asked for 10000, another 0. The lower of the two counts.",
    inputs: ["Order.customer_attributes", "Engineer.languages", "Engineer.gender"],
    example: "No common language: 3000; with W = 300 that costs 210 s.",
    source: OWN,
  },
  continuity_of_service: {
    what: "Who was there last time comes again if the repair held; rework has a rule of its own.",
    formula:
      "The same engineer `half(days; half_days)`, others 0. Rework with `rework` 1: the same engineer 10000, others 0; with 2: another engineer of `senior_level` 10000, others 0; hard, 0 is ruled out. A repair that did not hold gives nobody a claim.",
    inputs: ["Order.previous_visit", "Engineer.skills", "now"],
    example: "The same engineer after 90 days: 5000; with W = 900 that costs 450 s.",
    source: OWN,
  },
  time_window_fit: {
    what: "Service begins inside the window; within the grace it may be late at a price.",
    formula:
      "Cost: 3 s a second late. Shown: `lin(late; 0, grace)`. Where the order has no window it does not apply. Off, windows and grace stay hard and lateness costs nothing.",
    inputs: ["Order.windows", "Order.lateness_grace"],
    example: "10 s late of 20: 5000, 30 s.",
  },
  sla_response: {
    what: "The promises to answer and to have come are kept.",
    formula:
      "Cost: `lin(finish - due; 0, worst_s)`, finish being the end of service. Hard: a visit that would end after the promise does not take place. A visit that keeps its promise on the earliest schedule is not moved past it by leaving later. The response clock from the order to `now`, `lin(seconds; answer_best_s, answer_worst_s)`, is the same for every plan: it is shown and not charged.",
    inputs: ["Order.visit_due_at", "Order.created_at", "now"],
    example: "Finished half an hour after the promise: 5000; with W = 1800 that costs 900 s.",
    source: OWN,
  },
  order_priority: {
    what: "Urgent orders of important customers come first. `Order.priority` says beside it who is left out last, above every soft cost.",
    formula:
      "Urgency p, 0 to 10000: 400 for each step of the tier, 400 for each of the severity, and `floor(2000 * min(age, age_full_s) / age_full_s)`. Score: `half(start - now; half_s)`. Cost: `floor((W * p * (10000 - score) + 50000000) / 100000000)` seconds. Where p is 0 it does not apply.",
    inputs: ["Order.vip_tier", "Order.severity", "Order.created_at", "now"],
    example: "Severity 10, begun after four hours: 5000; with W = 1200 that costs 240 s.",
    source: OWN,
  },
  shift_capacity: {
    what: "The route ends inside the shift; overtime has a price.",
    formula:
      "Cost: half a second a second of overtime, of the route. Shown: `lin(overtime; 0, max_overtime)`. Off, the end of the shift with its overtime stays hard and overtime costs no more than working time.",
    inputs: ["Shift.time", "Shift.max_overtime"],
    example: "10 minutes of overtime cost 5 minutes more.",
  },
  idle_time: {
    what: "Waiting before a stop, charged second by second.",
    formula:
      "Cost: the seconds, which are working time and cannot be turned off. Shown: `lin(seconds; 0, 3600)`. An order without windows waits for nothing: it does not apply.",
    inputs: ["Order.windows"],
    example: "15 minutes of waiting: 7500, 900 s.",
  },
  workload_fairness: {
    what: "Work is shared evenly over seven days and the plan.",
    formula:
      "For each engineer of the request, idle ones included: `min(cap_s, W * ((minutes - target) / target)^2)` seconds, rounded to the nearest; minutes are those worked and the whole minutes of working time in the plan. Shown: `10000 * (1 - ((minutes - target) / target)^2)`, at least 0. Without a workload nothing is charged: it would be the same for every plan.",
    inputs: ["Engineer.workload.minutes", "Engineer.workload.target_minutes"],
    example: "60 of 100 minutes with the plan: 8400; with W = 600 that costs 96 s.",
    source: OWN,
  },
  engineer_tier: {
    what: "Attendance days times orders a day against the target, in four tiers; even D scores something, so that everybody gets work.",
    formula: "`floor(100 * days * orders a day / target)` percent: A 10000, B 8000, C 6000, D 4000",
    inputs: ["Engineer.tier"],
    example: "16 of 20 days at the expected output: B; with W = 300 that costs 60 s.",
    source: OWN,
  },
  customer_rating: {
    what: "Stars from customers, shrunk to the prior; customers with a tier count double.",
    formula: "`(r - 3) / 2` for r stars, 0 to 1; the prior stands for `1 + 4 * p0` stars.",
    inputs: ["Engineer.rating", "Order.vip_tier"],
    example: "5 ratings of 5 stars: 4.52 stars, 7600; with W = 300 that costs 72 s.",
    source: "shrinkage as in Efron & Morris 1975, https://doi.org/10.1080/01621459.1975.10479864",
  },
  on_time_rate: {
    what: "Starts on time of the last 90 days, shrunk to the prior.",
    formula: "`rate(k, n; m, p0)`",
    inputs: ["Engineer.on_time"],
    example: "3 late starts of 3: 8181; with W = 300 that costs 55 s.",
    source: "as customer_rating",
  },
  first_time_fix_rate: {
    what: "Fixes at the first visit: what is missing is the chance of a second one, and the weight is its price.",
    formula:
      "`rate(k, n; m, p0)` over the most particular rows that fit the order: skill and family, family alone, skill alone, neither.",
    inputs: ["Order.device.family", "Order.skills", "Order.proficiencies", "Engineer.first_time_fixes"],
    example: "20 of 20: 9250; with W = 900 that costs 68 s.",
    source: "as customer_rating",
  },
  acceptance_rate: {
    what: "Offers accepted in 28 days against peers on like offers, so that picking the easy ones does not pay. Who declined this order is not asked again.",
    formula: "`min(1, own / peers)` with `peers = rate(k, n; m, p0)` and `own = rate(k, n; m, peers)`",
    inputs: ["Engineer.acceptance", "Order.declined_engineer_ids"],
    example: "83 % where peers accept 98 %: 8469; with W = 300 that costs 46 s.",
    source: OWN,
  },
  vehicle_mode: {
    what: "The engineer's way of moving gets to the customer.",
    formula: "In `vehicle_access`: else ruled out. Speed is in travel.",
    inputs: ["Order.vehicle_access", "Engineer.vehicle_mode"],
    example: "A lane too narrow for cars.",
  },
  trust_limit: {
    what: "What is in the engineer's care is covered, and some of the cover stays free.",
    formula:
      "At each order of value: what is carried at `now`, what was taken along at orders before it on the route, and its own value; other devices stay with their customers when the visit ends. Hard: at most the limit. Score: 10000 where `margin_percent` of the limit (floor) stays free, else `floor(10000 * free / margin)`, 0 beyond the limit. An engineer without a limit satisfies it.",
    inputs: [
      "Order.trust_value_minor",
      "Order.taken_along",
      "Engineer.trust_limit_minor",
      "Engineer.trust_carried_minor",
    ],
    example: "A device of 200 with 150 of cover left is ruled out. 180 of 200: 5000.",
    source: OWN,
  },
  service_cost: {
    what: "Wage, kilometres and fees in the plan; what a visit may cost.",
    formula:
      "Cost of a route: `floor((working ticks * w + metres * k + 500000) / 1000000)` ticks and the fees of its visits and pick-ups as prices; `w = floor(wage * seconds_per_currency_unit * 1000000 / 360000 + 0.5)`, `k = floor(cost_per_km * seconds_per_currency_unit * ticks_per_second * 10 + 0.5)`. Soft or hard, a visit is within its budget: `(leg, set-up and service in ticks) * floor(wage * 1000000 / (3600 * ticks_per_second) + 0.5) + metres of the leg * cost_per_km * 1000 + fee * 1000000 <= budget * 1000000`; hard, nothing is charged. Shown: `lin(equivalent seconds of the visit; 0, 7200)`. Without wage, kilometres and fee it is not evaluated.",
    inputs: [
      "Engineer.wage_per_hour_minor",
      "Engineer.cost_per_km_minor",
      "Order.visit_fee_minor",
      "Order.budget_minor",
      "OperatingCentre.pick_fee_minor",
      "Policy.seconds_per_currency_unit",
    ],
    example:
      "200 s and 200 m at one minor unit a second and a metre, and a fee of 50: 270 s where 100 units are worth 60 s.",
    source: OWN,
  },
  plan_stability: {
    what: "Customers who were told who comes and when keep that.",
    formula:
      "Cost: W for an order that another engineer than the current plan's serves, and `start_s` where service begins more than `tolerance_s` from the start in the current plan. Score: what is left of both together. Hard: only the engineer of the current plan may come. Orders that are not in the current plan are not evaluated; locks hold whatever this says.",
    inputs: ["current_plan"],
    example: "The same engineer 20 minutes later: 7500, 200 s. Another at the same time: 2500, 600 s.",
    source: OWN,
  },
};
