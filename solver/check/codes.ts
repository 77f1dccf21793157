// Every code a finding of the checker can have, with one sentence each.

/** Finding codes by family; the text says what the plan does wrong. */
export const FINDING_CODES = {
  // ids and shape
  UNKNOWN_ENGINEER: "A route names an engineer that the request does not have.",
  UNKNOWN_SHIFT: "A route names a shift that the engineer does not have.",
  UNKNOWN_ORDER: "A stop or an unassigned row names an order that the request does not have.",
  UNKNOWN_CENTRE: "A stop or part use names an operating centre that the request does not have.",
  UNKNOWN_BREAK: "A stop names a break that the shift does not have.",
  STOP_KIND: "A stop has no kind, or a kind that this version does not plan.",
  ORDER_UNUSABLE: "A served order has no place or an incomplete window.",
  PLACE: "A stop is somewhere else than its order, centre or break.",
  ROUTE_TWICE: "A shift has more than one route.",
  ROUTE_EMPTY: "A route serves no order.",
  ROUTE_ORDER: "Routes are not sorted by engineer id (bytes) and shift index.",
  // who is served
  ORDER_TWICE: "An order is served more than once.",
  ORDER_MISSING: "An order is neither served nor unassigned.",
  ORDER_SERVED_AND_UNASSIGNED: "An order is served and listed as unassigned too.",
  UNASSIGNED_TWICE: "An order is listed as unassigned more than once.",
  UNASSIGNED_ORDER: "Unassigned orders are not sorted by id (bytes).",
  UNASSIGNED_REASON: "The reason of an unassigned order is missing or can be disproved.",
  // travel
  LEG_UNREACHABLE: "A leg goes where there is no way.",
  LEG_DURATION: "A leg's duration is not the travel time between its places.",
  LEG_DISTANCE: "A leg's distance is not the distance between its places.",
  FINAL_LEG: "The final leg is missing, or is there although the shift has no end place.",
  // time
  TIME_MISSING: "A route or stop lacks one of its times.",
  NO_ALLOWED_START: "Even leaving as early as it may, the route reaches a stop after its last allowed start.",
  START_NOT_ALLOWED: "A stop starts outside its windows (with grace).",
  STOP_ARRIVAL: "A stop's arrival is not that of the canonical schedule.",
  STOP_START: "A stop's start is not that of the canonical schedule.",
  STOP_DEPARTURE: "A stop's departure is not that of the canonical schedule.",
  STOP_SETUP: "A stop's set-up is not what its order and the place before ask for.",
  STOP_WAITING: "A stop's waiting is not start minus arrival minus set-up of the canonical schedule.",
  STOP_LATENESS: "A stop's lateness is not its start minus the end of the window it is measured against.",
  ROUTE_DEPARTURE: "A route's departure is not that of the canonical schedule.",
  ROUTE_ARRIVAL: "A route's arrival is not that of the canonical schedule.",
  BEFORE_SHIFT: "A route departs before its shift or before `now`.",
  AFTER_SHIFT: "A route ends after its shift and overtime.",
  // limits
  MAX_LEG: "A leg takes longer than the engineer's longest leg.",
  MAX_TRAVEL: "A route travels longer than its shift allows.",
  MAX_DISTANCE: "A route travels farther than its shift allows.",
  MAX_WORKING: "A route works longer than its shift allows.",
  SHIFT_MAX_ORDERS: "A route serves more orders than its shift allows.",
  ENGINEER_MAX_ORDERS: "An engineer serves more orders than allowed over all shifts.",
  LOAD: "The loads of a route's orders exceed the engineer's capacity in a dimension.",
  // eligibility, tools
  NOT_ELIGIBLE: "A hard pair criterion rules the engineer out for the order.",
  TOOL_MISSING: "An order's tool is neither carried nor taken on earlier in the route.",
  TOOL_NOT_AT_CENTRE: "A tool is taken on at a centre that does not have it.",
  // parts
  PART_NOT_COVERED: "The part uses of an order do not add up to what it requires.",
  PART_NOT_ASKED: "A part use is of a part that the order neither requires nor accepts as a substitute.",
  PART_SOURCE: "A part use has no source that this version plans, or its fields do not fit the source.",
  PART_QUANTITY: "A part use or pick-up has no units.",
  PART_ON_HAND: "More units are used from the van's own stock than it held at `now`.",
  PART_FROM_CENTRE: "More units are used from a centre than were picked up there earlier in the route.",
  PART_STOCK_NEGATIVE: "The van runs out of a part.",
  PART_CAPACITY: "After a pick-up the van holds more units than it can.",
  CENTRE_STOCK: "More units of a part are picked up at a centre than it has.",
  // breaks
  BREAK_MISSING: "A used shift lacks one of its mandatory breaks.",
  BREAK_TWICE: "A break is taken more than once.",
  // locks
  LOCK_SETTLED: "A started or finished stop of the current plan is not returned as given.",
  LOCK_ENGINEER: "An order locked to its engineer and shift is not served there.",
  LOCK_SEQUENCE: "The locked head of a route is not kept in its order.",
  LOCK_TIME: "A stop locked in time does not begin at the given start.",
  LOCK_UNKNOWN: "A stop says it is started or finished although the current plan does not say so.",
  // totals of routes
  TOTAL_TRAVEL: "A route's travel is not the sum over its legs.",
  TOTAL_WAITING: "A route's waiting is not the sum over its stops.",
  TOTAL_SERVICE: "A route's service is not the sum of service and set-up.",
  TOTAL_WORKING: "A route's working time is not arrival minus departure minus unpaid breaks.",
  TOTAL_OVERTIME: "A route's overtime is not its arrival past the end of the shift.",
  TOTAL_DISTANCE: "A route's distance is not the sum over its legs.",
  // the answer around the plan
  PLAN_MISSING: "The answer has no plan.",
  ASSIGNMENT: "The assignments are not the services of the plan, by order id (bytes).",
  COST_MISSING: "The answer has no cost.",
  COST_LEVEL: "An objective level is not the value of the plan.",
  COST_MEASURE: "A measure is not the value of the plan.",
  COST_CRITERION: "What a criterion is said to cost is not what it costs.",
  BOUND_LEVELS: "The bound is larger than the plan, or has another number of levels.",
  BOUND_GAP: "The gap is not plan minus bound over the larger of 1 and bound.",
  BOUND_OPTIMAL: "`proven_optimal` is not whether plan and bound are equal.",
  DUAL_ROWS: "The dual names an unknown, repeated or missing order or engineer.",
  DUAL_SIGN: "An engineer's dual is positive, or not zero although the engineer is unused.",
  DUAL_SLACK: "A chosen pair's cost is not the sum of its duals.",
  DUAL_LEFT_OUT: "Leaving an order out is not charged at its cost, or would be cheaper than its dual.",
  DUAL_SUM: "The chosen pairs do not cost what the duals sum to.",
} as const;

/** One of the codes above. */
export type FindingCode = keyof typeof FINDING_CODES;
