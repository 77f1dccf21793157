// The one description of the problem's bytes: both sides of the boundary and docs/layout.md are generated from it.
//
// A buffer is: magic, version, byte length, column count (4 x i32), then offset and length of every column (2 x i32 each, offset in
// bytes from the buffer's start, length in elements), then the columns, 8-byte aligned. Every element is an i32.

/** First word of every buffer: "SHPN" read as little-endian bytes. */
export const LAYOUT_MAGIC = 0x4e504853;
/** Changes whenever a column is added, removed or read differently. */
export const LAYOUT_VERSION = 2;

/** Times at or past this are never: every duration and horizon is below it, so that three of them fit an i32. */
export const NEVER = 1 << 29;
/** Stock that never runs out, and tools, which are never used up. */
export const UNLIMITED = 1 << 28;
/** No time at all, below every time that is clipped to -NEVER..NEVER. */
export const NO_TIME = -(1 << 30);
/** Rows in `edge` and the like that do not exist. */
export const NONE = -1;

/** What a column holds, in words, with its unit; `rows` is its length in terms of the scalars. */
export interface Column {
  readonly rows: string;
  readonly doc: string;
}

/** Single numbers, in the first column `scalar`. */
export const SCALARS = {
  orders: "orders; order rows are sorted by id bytes",
  sites:
    "places that are not an order's: centres, then starts, ends and breaks of each set of matrices, and last the nowhere of open ends",
  rows: "orders + sites: rows and columns of the matrices, order rows first",
  routes: "one for each engineer and shift that can still be used",
  engineers: "engineers; rows are sorted by id bytes",
  centres: "operating centres; rows are sorted by id bytes",
  items: "SKUs, then tools; a tool is an item that is never used up",
  skus: "items that are SKUs: rows from here on are tools",
  skills: "skills that any order names",
  modes: "different sets of matrices",
  dims: "load dimensions",
  windows: "rows of the window table",
  needs: "rows of the need table",
  skillNeeds: "rows of the skill requirement table",
  levelNeeds: "rows of the proficiency requirement table",
  preferences: "rows of the preference table",
  breaks: "rows of the break table",
  chainStops: "rows of the table of stops that stay at the head of their routes",
  warmStops: "rows of the table of stops that the search begins with behind them",
  levels: "objective levels",
  ticksPerSecond: "ticks in a second",
  neutralScore: "score of a missing input, 0..10000",
  skillHard: "1: skill_match rules out",
  proficiencyWeight: "weight of proficiency_level, s; 0 when off",
  proficiencyHard: "1: every proficiency requirement rules out; -1: none does (off)",
  preferenceWeight: "weight of engineer_preference, s; 0 when off",
  preferenceHard: "1: required and excluded engineers rule out",
  declinedHard: "1: engineers who declined are ruled out",
  vehicleHard: "1: vehicle_access rules out",
  latenessFactor: "soft cost of a tick of lateness",
  overtimeOn: "1: soft cost of half a tick a tick of overtime",
} as const;

const MEASURES = 6;

/** Every column, in the order of the buffer. */
export const COLUMNS = {
  orderService: { rows: "orders", doc: "ticks of service" },
  orderGrace: { rows: "orders", doc: "ticks after the end of a window in which service may still begin, late" },
  orderWindowFirst: { rows: "orders + 1", doc: "first row of the order's windows in the window table" },
  orderNeedFirst: { rows: "orders + 1", doc: "first row of the order's needs in the need table" },
  orderUnassigned: { rows: "orders", doc: "1 + priority; 0 for optional orders" },
  orderPrice: { rows: "orders", doc: "ticks of soft cost when left out; 0 for mandatory orders" },
  orderLastWindow: {
    rows: "orders",
    doc: "end of the last window without grace, ticks, negative when past; NO_TIME without windows",
  },
  orderSkillFirst: { rows: "orders + 1", doc: "first row in the skill requirement table" },
  orderLevelFirst: { rows: "orders + 1", doc: "first row in the proficiency requirement table" },
  orderPreferenceFirst: { rows: "orders + 1", doc: "first row in the preference table" },
  orderPreferenceState: {
    rows: "orders",
    doc: "bit 0: has required engineers; bit 1: has preferred, secondary or disliked ones",
  },
  orderAccess: { rows: "orders", doc: "bit per vehicle mode that gets there; -1 all" },
  orderRoute: { rows: "orders", doc: "route row the order is locked to; -1 free" },
  orderLoad: { rows: "orders * dims", doc: "load by dimension" },
  windowStart: { rows: "windows", doc: "ticks after now, inclusive; sorted and disjoint within an owner" },
  windowEnd: { rows: "windows", doc: "ticks after now, inclusive, without grace; may be negative" },
  needItem: { rows: "needs", doc: "item row" },
  needQuantity: { rows: "needs", doc: "units; 1 for tools" },
  skillNeedSkill: { rows: "skillNeeds", doc: "skill row" },
  skillNeedKind: { rows: "skillNeeds", doc: "0 all_of, 1 any_of, 2 none_of" },
  levelNeedSkill: { rows: "levelNeeds", doc: "skill row" },
  levelNeedLevel: { rows: "levelNeeds", doc: "wanted level, 1..10" },
  levelNeedHard: { rows: "levelNeeds", doc: "1: rules out" },
  preferenceEngineer: { rows: "preferences", doc: "engineer row" },
  preferenceKind: {
    rows: "preferences",
    doc: "0 required, 1 excluded, 2 preferred, 3 secondary, 4 disliked, 5 declined",
  },
  engineerMode: { rows: "engineers", doc: "vehicle mode, as in the contract" },
  engineerLastShift: { rows: "engineers", doc: "end of the last shift, ticks after now" },
  engineerMaxOrders: { rows: "engineers", doc: "most orders over all shifts, head stops taken off" },
  engineerMaxLeg: { rows: "engineers", doc: "longest leg, ticks" },
  engineerPartCapacity: {
    rows: "engineers",
    doc: "most units of parts in the van after a pick-up; UNLIMITED without a capacity",
  },
  engineerStockUnits: { rows: "engineers", doc: "units of all parts in the van at now, reserved ones taken off" },
  engineerSkillUntil: {
    rows: "engineers * skills",
    doc: "last valid tick, negative when past; NEVER without an end; NO_TIME not held",
  },
  engineerSkillLevel: { rows: "engineers * skills", doc: "level 1..10; 0 not stated" },
  engineerItem: {
    rows: "engineers * items",
    doc: "units at now, reserved ones taken off; UNLIMITED for tools carried",
  },
  engineerCapacity: { rows: "engineers * dims", doc: "capacity by dimension" },
  routeEngineer: { rows: "routes", doc: "engineer row" },
  routeMatrices: { rows: "routes", doc: "set of matrices" },
  routeClass: { rows: "routes", doc: "first route row that is interchangeable with this one while both are empty" },
  routeStartRow: { rows: "routes", doc: "matrix row of the start place" },
  routeEndRow: { rows: "routes", doc: "matrix row of the end place" },
  routeEarliest: { rows: "routes", doc: "first departure, ticks after now" },
  routeDepartureFixed: { rows: "routes", doc: "1: it leaves at routeEarliest (its head is under way)" },
  routeShiftEnd: { rows: "routes", doc: "end of the shift, ticks" },
  routeLatest: { rows: "routes", doc: "end of the shift with overtime, ticks" },
  routeMaxOrders: { rows: "routes", doc: "most orders" },
  routeMaxTravel: { rows: "routes", doc: "most travel, ticks" },
  routeMaxDistance: { rows: "routes", doc: "most distance" },
  routeMaxWorking: { rows: "routes", doc: "most working time, ticks" },
  routeBreakFirst: { rows: "routes + 1", doc: "first row in the break table" },
  routeHeadWorking: { rows: "routes", doc: "working ticks of the head stops under way" },
  routeHeadTravel: { rows: "routes", doc: "travel ticks of the head stops" },
  routeHeadDistance: { rows: "routes", doc: "distance of the head stops" },
  routeHeadSoft: { rows: "routes", doc: "lateness and pair costs of the head stops, ticks of soft cost" },
  routeHeadStops: { rows: "routes", doc: "stops under way or done at the head" },
  routeHeadOrders: { rows: "routes", doc: "orders among them" },
  routeHeadEnd: { rows: "routes", doc: "end of the last of them, ticks, may be negative" },
  routeHeadLoad: { rows: "routes * dims", doc: "their load by dimension" },
  breakRow: { rows: "breaks", doc: "matrix row of its place; -1: at the place of the stop before" },
  breakStart: { rows: "breaks", doc: "first begin, ticks" },
  breakEnd: { rows: "breaks", doc: "last begin, ticks" },
  breakDuration: { rows: "breaks", doc: "ticks" },
  breakPaid: { rows: "breaks", doc: "1: counts as working time" },
  breakPrice: { rows: "breaks", doc: "ticks of soft cost when skipped; -1 mandatory" },
  centreRow: { rows: "centres", doc: "matrix row" },
  centrePick: { rows: "centres", doc: "ticks of a pick-up" },
  centreWindowFirst: { rows: "centres + 1", doc: "first row of the opening windows in the window table" },
  centreItem: {
    rows: "centres * items",
    doc: "units at now, reserved ones taken off; UNLIMITED for unlimited stock and tools",
  },
  chainRoute: { rows: "chainStops", doc: "route row" },
  chainKind: { rows: "chainStops", doc: "0 order, 1 supply, 2 break" },
  chainRow: { rows: "chainStops", doc: "order, centre or break row; -1: not there any more" },
  warmRoute: { rows: "warmStops", doc: "route row; the stops of a route are rows in sequence" },
  warmKind: { rows: "warmStops", doc: "0 order, 1 supply, 2 break" },
  warmRow: { rows: "warmStops", doc: "order, centre or break row" },
  levelWeight: {
    rows: `levels * ${MEASURES}`,
    doc: "weight of each measure in each level: unassigned, engineers, distance, travel, working, soft",
  },
  searchWeight: {
    rows: `${MEASURES}`,
    doc: "weight of each measure in the search's scalar cost; unassigned is set by the core",
  },
  rowSetup: { rows: "rows or 0", doc: "ticks of set-up in the edges to this row; empty: none" },
  edge: {
    rows: "modes * rows * rows",
    doc: "ticks from row to column with the set-up at the column; NEVER where there is no way",
  },
  distance: {
    rows: "modes * rows * rows or 0",
    doc: "distance; empty: as travel, or not asked for by any level or limit",
  },
} as const satisfies Record<string, Column>;
