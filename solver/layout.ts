// The one description of the problem's bytes: both sides of the boundary and docs/layout.md are generated from it.
//
// A buffer is: magic, version, byte length, column count (4 x i32), then offset and length of every column (2 x i32 each, offset in
// bytes from the buffer's start, length in elements), then the columns, 8-byte aligned. Every element is an i32.

/** First word of every buffer: "SHPN" read as little-endian bytes. */
export const LAYOUT_MAGIC = 0x4e504853;
/** Changes whenever a column is added, removed or read differently. */
export const LAYOUT_VERSION = 3;

/** Times at or past this are never: every duration and horizon is below it, so that three of them fit an i32. */
export const NEVER = 1 << 29;
/** Stock that never runs out, and tools, which are never used up. */
export const UNLIMITED = 1 << 28;
/** No time at all, below every time that is clipped to -NEVER..NEVER. */
export const NO_TIME = -(1 << 30);
/** A time, which may be past, kept where three of them fit an i32. */
export const clip = (ticks: number) => Math.max(Math.min(ticks, NEVER - 1), -NEVER);
/** Rows in `edge` and the like that do not exist. */
export const NONE = -1;
/** In `territoryReach`: the order lies in the territory. */
export const OWN_TERRITORY = -1;
/** The order's centre is a neighbour of the territory's, and nobody knows how far outside the order lies. */
export const NEIGHBOUR_TERRITORY = -2;
/** The order lies somewhere else. */
export const FOREIGN_TERRITORY = -3;
/** The order asks for its centre's, and nobody knows the engineer's. */
export const UNKNOWN_TERRITORY = -4;
/** Neither is known. */
export const UNASKED_TERRITORY = -5;

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
  models: "models of devices that any order names",
  brands: "makers that any order names",
  languages: "languages that any order names",
  experiences: "rows of the table of repairs",
  fixRates: "rows of the table of first-time fixes",
  fixSkillNeeds: "rows of the table of skills that first-time fixes are looked up by",
  languageNeeds: "rows of the table of languages asked for",
  territories: "different territories of engineers",
  territoryClasses: "different rows of territoryReach",
  cellFrames: "coordinate systems of H3 cells; 0 where h3_proximity is not evaluated",
  cellPairs: "rows of the table of pairs that no coordinate system holds",
  skillClasses: "different skill requirements",
  levelClasses: "different proficiency requirements",
  accessClasses: "different vehicle accesses",
  deviceClasses: "different models and families",
  brandClasses: "different demands for a certificate",
  attributeClasses: "different wishes about the person",
  fixClasses: "different families and skills that first-time fixes are looked up by",
  ticksPerSecond: "ticks in a second",
  neutralScore: "score of a missing input, 0..10000",
  cellWeight: "weight of h3_proximity, s; 0 when off",
  cellWorst: "grid distance that scores 0",
  territoryWeight: "weight of service_territory, s; 0 when off",
  territoryMode: "service_territory: 0 rules nobody out, 1 all but the own territory, 2 all but that and neighbours",
  territoryHalf: "metres outside that halve a neighbour's score",
  experienceWeight: "weight of device_model_experience, s; 0 when off",
  experienceHalf: "repairs that halve what is missing to the full score",
  brandWeight: "weight of brand_certification, s; 0 when off",
  brandHard: "1: every maker asks for its certificate; 0: under warranty; -1: none does (off)",
  attributeWeight: "weight of customer_attribute_preference, s; 0 when off",
  continuityWeight: "weight of continuity_of_service, s; 0 when off",
  continuityHard: "1: the rule for rework rules out",
  continuityHalf: "days that halve the score",
  seniorLevel: "level that makes an engineer senior",
  tierWeight: "weight of engineer_tier, s; 0 when off",
  tierA: "least output in percent of the target for tier A",
  tierB: "the same for tier B",
  tierC: "the same for tier C",
  ratingWeight: "weight of customer_rating, s; 0 when off",
  ratingCases: "ratings that the prior counts for",
  ratingPrior: "stars of the prior, thousandths",
  onTimeWeight: "weight of on_time_rate, s; 0 when off",
  onTimeCases: "starts that the prior counts for",
  onTimePrior: "prior, 0..10000",
  fixWeight: "weight of first_time_fix_rate, s; 0 when off",
  fixCases: "visits that the prior counts for",
  fixPrior: "prior, 0..10000",
  acceptanceWeight: "weight of acceptance_rate, s; 0 when off",
  acceptanceCases: "offers that the prior counts for",
  acceptancePrior: "prior, 0..10000",
  skillHard: "1: skill_match rules out",
  proficiencyWeight: "weight of proficiency_level, s; 0 when off",
  proficiencyHard: "1: every proficiency requirement rules out; -1: none does (off)",
  preferenceWeight: "weight of engineer_preference, s; 0 when off",
  preferenceHard: "1: required and excluded engineers rule out",
  declinedHard: "1: engineers who declined are ruled out",
  vehicleHard: "1: vehicle_access rules out",
  loansOn: "1: there are engineers who may lend parts, and orders that need some",
  handOver: "ticks of a hand-over",
  borrowWeight: "weight of parts_borrowable, s; 0 when it costs nothing",
  borrowHalf: "seconds of detour that halve its score",
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
  orderSkillClass: { rows: "orders", doc: "class of equal skill requirements, numbered by first row; -1 none" },
  orderLevelClass: { rows: "orders", doc: "the same of proficiency requirements" },
  orderAccessClass: { rows: "orders", doc: "the same of vehicle access" },
  orderDeviceClass: { rows: "orders", doc: "the same of model and family" },
  orderBrandClass: { rows: "orders", doc: "the same of demands for a certificate" },
  orderAttributeClass: { rows: "orders", doc: "the same of wishes about the person" },
  orderFixClass: { rows: "orders", doc: "the same of family and skills" },
  orderModel: { rows: "orders", doc: "model row; -1 not stated" },
  orderFamily: { rows: "orders", doc: "family row; -1 not stated" },
  orderBrand: { rows: "orders", doc: "maker's row; -1 not stated" },
  orderWarranty: { rows: "orders", doc: "1: under the maker's warranty" },
  orderLanguageFirst: { rows: "orders + 1", doc: "first row in the table of languages asked for" },
  orderGender: { rows: "orders", doc: "gender row asked for; -1 none" },
  orderFixSkillFirst: { rows: "orders + 1", doc: "first row in the table of skills that fixes are looked up by" },
  orderVip: { rows: "orders", doc: "1: of a customer with a tier" },
  orderLastRule: {
    rows: "orders",
    doc: "who should come again: 0 anybody, 1 the same, 2 the same for rework, 3 another, senior one",
  },
  orderLastEngineer: { rows: "orders", doc: "engineer row of the last visit; -1 not here" },
  orderLastDays: { rows: "orders", doc: "whole days since the last visit" },
  orderCellPairFirst: { rows: "orders + 1", doc: "first row in the table of pairs that no coordinate system holds" },
  orderTerritoryClass: {
    rows: "orders",
    doc: "class of equal rows of territoryReach; -1 where every engineer's territory is the order's, or nobody asks",
  },
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
  fixSkillNeed: { rows: "fixSkillNeeds", doc: "skill row" },
  languageNeed: { rows: "languageNeeds", doc: "language row" },
  territoryReach: {
    rows: "orders * territories",
    doc: "metres that the order lies outside, as a neighbour's; or one of the negative constants above",
  },
  orderCell: {
    rows: "cellFrames * orders * 2",
    doc: "coordinates of the order's cell in each system; NO_TIME where it has none",
  },
  cellPairEngineer: { rows: "cellPairs", doc: "engineer row" },
  cellPairSteps: { rows: "cellPairs", doc: "grid distance, from great-circle metres" },
  engineerCellFrame: { rows: "engineers", doc: "coordinate system of the engineer's cell" },
  engineerCellI: { rows: "engineers", doc: "first coordinate of the engineer's cell" },
  engineerCellJ: { rows: "engineers", doc: "second coordinate" },
  engineerTerritory: { rows: "engineers", doc: "territory row" },
  engineerExperienceFirst: { rows: "engineers + 1", doc: "first row in the table of repairs" },
  engineerExperienceStated: { rows: "engineers", doc: "1: repairs are known" },
  experienceModel: { rows: "experiences", doc: "model row; -1 none that an order names" },
  experienceFamily: { rows: "experiences", doc: "family row; -1 none that an order names" },
  experienceRepairs: { rows: "experiences", doc: "repairs" },
  engineerBrandUntil: {
    rows: "engineers * brands",
    doc: "last valid tick of the certificate, negative when past; NEVER without an end; NO_TIME not held",
  },
  engineerBrandFresh: { rows: "engineers * brands", doc: "the same less the time in which it is expiring" },
  engineerSpeaks: { rows: "engineers * languages", doc: "1: speaks it; -1: the engineer's languages are not known" },
  engineerGender: { rows: "engineers", doc: "gender row; -1 not stated" },
  engineerTopLevel: { rows: "engineers", doc: "highest level stated in any skill; 0 none" },
  engineerOutput: { rows: "engineers", doc: "percent of the target of attendance and orders; -1 not known" },
  engineerStars: { rows: "engineers", doc: "mean stars, thousandths; -1 not known" },
  engineerRatings: { rows: "engineers", doc: "ratings behind it" },
  engineerOnTime: { rows: "engineers", doc: "starts on time; -1 not known" },
  engineerStarts: { rows: "engineers", doc: "starts" },
  engineerAccepted: { rows: "engineers", doc: "offers accepted; -1 not known" },
  engineerOffers: { rows: "engineers", doc: "offers" },
  engineerPeersAccepted: { rows: "engineers", doc: "offers accepted by peers" },
  engineerPeersOffers: { rows: "engineers", doc: "offers to peers" },
  engineerFixFirst: { rows: "engineers + 1", doc: "first row in the table of first-time fixes" },
  fixSkill: { rows: "fixRates", doc: "skill row; -1 any" },
  fixFamily: { rows: "fixRates", doc: "family row; -1 any" },
  fixSuccesses: { rows: "fixRates", doc: "fixed at the first visit" },
  fixTotal: { rows: "fixRates", doc: "of all" },
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
  startRowIn: {
    rows: "loansOn * modes * routes",
    doc: "row of the route's start place in each set of matrices, where lenders may be met",
  },
  rowPlace: {
    rows: "loansOn * modes * rows",
    doc: "a number of the place of each row in each set of matrices, the same for rows at one place; -1 where the set has none",
  },
  engineerLends: { rows: "engineers", doc: "1: may lend parts" },
  engineerSafety: { rows: "engineers * items", doc: "units that stay in the van of an engineer who lends the item" },
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
