// The host's view of the problem's bytes. Generated from solver/layout.ts by `npm run gen`; do not edit.

export const LAYOUT_MAGIC = 1313884243;
export const LAYOUT_VERSION = 5;
export const HEADER_WORDS = 4;

export interface Scalars {
  /** orders; order rows are sorted by id bytes */
  orders: number;
  /** places that are not an order's: centres, then starts, ends and breaks of each set of matrices, and last the nowhere of open ends */
  sites: number;
  /** orders + sites: rows and columns of the matrices, order rows first */
  rows: number;
  /** one for each engineer and shift that can still be used */
  routes: number;
  /** engineers; rows are sorted by id bytes */
  engineers: number;
  /** operating centres; rows are sorted by id bytes */
  centres: number;
  /** SKUs, then tools; a tool is an item that is never used up */
  items: number;
  /** items that are SKUs: rows from here on are tools */
  skus: number;
  /** skills that any order names */
  skills: number;
  /** different sets of matrices */
  modes: number;
  /** slices of time with times of their own, from the one at now on; 1 where times do not depend on the hour */
  slices: number;
  /** different tables of the slices; 0 where times do not depend on the hour */
  sliceTables: number;
  /** load dimensions */
  dims: number;
  /** rows of the window table */
  windows: number;
  /** rows of the table of ways to meet an order's needs, with its parts as asked or with substitutes */
  variants: number;
  /** rows of the need table */
  needs: number;
  /** rows of the skill requirement table */
  skillNeeds: number;
  /** rows of the proficiency requirement table */
  levelNeeds: number;
  /** rows of the preference table */
  preferences: number;
  /** rows of the break table */
  breaks: number;
  /** rows of the table of stops that stay at the head of their routes */
  chainStops: number;
  /** rows of the table of stops that the search begins with behind them */
  warmStops: number;
  /** rows of the table of locked orders whose engineer is ruled out */
  keptPairs: number;
  /** objective levels */
  levels: number;
  /** models of devices that any order names */
  models: number;
  /** makers that any order names */
  brands: number;
  /** languages that any order names */
  languages: number;
  /** rows of the table of repairs */
  experiences: number;
  /** rows of the table of first-time fixes */
  fixRates: number;
  /** rows of the table of skills that first-time fixes are looked up by */
  fixSkillNeeds: number;
  /** rows of the table of languages asked for */
  languageNeeds: number;
  /** different territories of engineers */
  territories: number;
  /** different rows of territoryReach */
  territoryClasses: number;
  /** coordinate systems of H3 cells; 0 where h3_proximity is not evaluated */
  cellFrames: number;
  /** rows of the table of pairs that no coordinate system holds */
  cellPairs: number;
  /** different skill requirements */
  skillClasses: number;
  /** different proficiency requirements */
  levelClasses: number;
  /** different vehicle accesses */
  accessClasses: number;
  /** different models and families */
  deviceClasses: number;
  /** different demands for a certificate */
  brandClasses: number;
  /** different wishes about the person */
  attributeClasses: number;
  /** different families and skills that first-time fixes are looked up by */
  fixClasses: number;
  /** least number of engineers that the search tries for an order first; 0: no candidates */
  candidateEngineers: number;
  /** 1: the search tries every route for every order */
  everyRoute: number;
  /** coordinate systems of the candidates' H3 cells; 0 without candidates */
  nearFrames: number;
  /** rows of the table of pairs that none of these holds */
  nearPairs: number;
  /** 1: no way by other places is shorter than the direct one, but for rounding */
  metric: number;
  /** more soft cost than all weighted criteria charge for a pair, ticks; -1 where that does not fit */
  mostSoftTicks: number;
  /** rings of cells; engineers beyond count as in the last one */
  nearRings: number;
  /** ticks in a second */
  ticksPerSecond: number;
  /** score of a missing input, 0..10000 */
  neutralScore: number;
  /** weight of h3_proximity, s; 0 when off */
  cellWeight: number;
  /** grid distance that scores 0 */
  cellWorst: number;
  /** weight of service_territory, s; 0 when off */
  territoryWeight: number;
  /** service_territory: 0 rules nobody out, 1 all but the own territory, 2 all but that and neighbours */
  territoryMode: number;
  /** metres outside that halve a neighbour's score */
  territoryHalf: number;
  /** weight of device_model_experience, s; 0 when off */
  experienceWeight: number;
  /** repairs that halve what is missing to the full score */
  experienceHalf: number;
  /** weight of brand_certification, s; 0 when off */
  brandWeight: number;
  /** 1: every maker asks for its certificate; 0: under warranty; -1: none does (off) */
  brandHard: number;
  /** weight of customer_attribute_preference, s; 0 when off */
  attributeWeight: number;
  /** weight of continuity_of_service, s; 0 when off */
  continuityWeight: number;
  /** 1: the rule for rework rules out */
  continuityHard: number;
  /** days that halve the score */
  continuityHalf: number;
  /** level that makes an engineer senior */
  seniorLevel: number;
  /** weight of engineer_tier, s; 0 when off */
  tierWeight: number;
  /** least output in percent of the target for tier A */
  tierA: number;
  /** the same for tier B */
  tierB: number;
  /** the same for tier C */
  tierC: number;
  /** weight of customer_rating, s; 0 when off */
  ratingWeight: number;
  /** ratings that the prior counts for */
  ratingCases: number;
  /** stars of the prior, thousandths */
  ratingPrior: number;
  /** weight of on_time_rate, s; 0 when off */
  onTimeWeight: number;
  /** starts that the prior counts for */
  onTimeCases: number;
  /** prior, 0..10000 */
  onTimePrior: number;
  /** weight of first_time_fix_rate, s; 0 when off */
  fixWeight: number;
  /** visits that the prior counts for */
  fixCases: number;
  /** prior, 0..10000 */
  fixPrior: number;
  /** weight of acceptance_rate, s; 0 when off */
  acceptanceWeight: number;
  /** offers that the prior counts for */
  acceptanceCases: number;
  /** prior, 0..10000 */
  acceptancePrior: number;
  /** 1: skill_match rules out */
  skillHard: number;
  /** weight of proficiency_level, s; 0 when off */
  proficiencyWeight: number;
  /** 1: every proficiency requirement rules out; -1: none does (off) */
  proficiencyHard: number;
  /** weight of engineer_preference, s; 0 when off */
  preferenceWeight: number;
  /** 1: required and excluded engineers rule out */
  preferenceHard: number;
  /** 1: engineers who declined are ruled out */
  declinedHard: number;
  /** 1: vehicle_access rules out */
  vehicleHard: number;
  /** 1: there are engineers who may lend parts, and orders that need some */
  loansOn: number;
  /** ticks of a hand-over */
  handOver: number;
  /** weight of parts_borrowable, s; 0 when it costs nothing */
  borrowWeight: number;
  /** seconds of detour that halve its score */
  borrowHalf: number;
  /** weight of route_cluster_fit, s; 0 when off */
  clusterWeight: number;
  /** weight of sla_response, s; 0 when off or only hard */
  slaWeight: number;
  /** ticks after the promise that score 0 */
  slaWorst: number;
  /** 1: a visit that ends after the promise is ruled out */
  slaHard: number;
  /** weight of order_priority, s; 0 when off */
  priorityWeight: number;
  /** seconds that halve the score */
  priorityHalf: number;
  /** weight of workload_fairness, s; 0 when off */
  fairnessWeight: number;
  /** most equivalent seconds of one engineer */
  fairnessCap: number;
  /** weight of trust_limit, s; 0 when off */
  trustWeight: number;
  /** percent of the limit that should stay free */
  trustMargin: number;
  /** 1: value beyond the limit is ruled out */
  trustHard: number;
  /** weight of plan_stability, s; 0 when off */
  stabilityWeight: number;
  /** 1: another engineer than the current plan's is ruled out */
  stabilityHard: number;
  /** ticks of soft cost of a start that moved; 0 when off */
  movedStart: number;
  /** ticks that a start may move for nothing */
  movedTolerance: number;
  /** soft cost of a tick of lateness */
  latenessFactor: number;
  /** 1: the plan begins with the running plan and is never worse */
  keepsRunning: number;
  /** 1: soft cost of half a tick a tick of overtime */
  overtimeOn: number;
}

/** Scalars in the order of the buffer. */
export const SCALAR_NAMES = [
  "orders",
  "sites",
  "rows",
  "routes",
  "engineers",
  "centres",
  "items",
  "skus",
  "skills",
  "modes",
  "slices",
  "sliceTables",
  "dims",
  "windows",
  "variants",
  "needs",
  "skillNeeds",
  "levelNeeds",
  "preferences",
  "breaks",
  "chainStops",
  "warmStops",
  "keptPairs",
  "levels",
  "models",
  "brands",
  "languages",
  "experiences",
  "fixRates",
  "fixSkillNeeds",
  "languageNeeds",
  "territories",
  "territoryClasses",
  "cellFrames",
  "cellPairs",
  "skillClasses",
  "levelClasses",
  "accessClasses",
  "deviceClasses",
  "brandClasses",
  "attributeClasses",
  "fixClasses",
  "candidateEngineers",
  "everyRoute",
  "nearFrames",
  "nearPairs",
  "metric",
  "mostSoftTicks",
  "nearRings",
  "ticksPerSecond",
  "neutralScore",
  "cellWeight",
  "cellWorst",
  "territoryWeight",
  "territoryMode",
  "territoryHalf",
  "experienceWeight",
  "experienceHalf",
  "brandWeight",
  "brandHard",
  "attributeWeight",
  "continuityWeight",
  "continuityHard",
  "continuityHalf",
  "seniorLevel",
  "tierWeight",
  "tierA",
  "tierB",
  "tierC",
  "ratingWeight",
  "ratingCases",
  "ratingPrior",
  "onTimeWeight",
  "onTimeCases",
  "onTimePrior",
  "fixWeight",
  "fixCases",
  "fixPrior",
  "acceptanceWeight",
  "acceptanceCases",
  "acceptancePrior",
  "skillHard",
  "proficiencyWeight",
  "proficiencyHard",
  "preferenceWeight",
  "preferenceHard",
  "declinedHard",
  "vehicleHard",
  "loansOn",
  "handOver",
  "borrowWeight",
  "borrowHalf",
  "clusterWeight",
  "slaWeight",
  "slaWorst",
  "slaHard",
  "priorityWeight",
  "priorityHalf",
  "fairnessWeight",
  "fairnessCap",
  "trustWeight",
  "trustMargin",
  "trustHard",
  "stabilityWeight",
  "stabilityHard",
  "movedStart",
  "movedTolerance",
  "latenessFactor",
  "keepsRunning",
  "overtimeOn",
] as const satisfies readonly (keyof Scalars)[];

export interface Columns {
  /** the scalars */
  scalar: Int32Array;
  /** ticks of service */
  orderService: Int32Array;
  /** ticks after the end of a window in which service may still begin, late */
  orderGrace: Int32Array;
  /** last moment at which service may begin; past last window and grace where the running plan cannot begin in time */
  orderLastStart: Int32Array;
  /** first row of the order's windows in the window table */
  orderWindowFirst: Int32Array;
  /** first row of the order's ways to meet its needs in the variant table */
  orderVariantFirst: Int32Array;
  /** first row of the variant's needs in the need table */
  variantNeedFirst: Int32Array;
  /** 1 + priority; 0 for optional orders */
  orderUnassigned: Int32Array;
  /** ticks of soft cost when left out; 0 for mandatory orders */
  orderPrice: Int32Array;
  /** end of the last window without grace, ticks, negative when past; NO_TIME without windows */
  orderLastWindow: Int32Array;
  /** first row in the skill requirement table */
  orderSkillFirst: Int32Array;
  /** first row in the proficiency requirement table */
  orderLevelFirst: Int32Array;
  /** first row in the preference table */
  orderPreferenceFirst: Int32Array;
  /** bit 0: has required engineers; bit 1: has preferred, secondary or disliked ones */
  orderPreferenceState: Int32Array;
  /** bit per vehicle mode that gets there; -1 all */
  orderAccess: Int32Array;
  /** class of equal skill requirements, numbered by first row; -1 none */
  orderSkillClass: Int32Array;
  /** the same of proficiency requirements */
  orderLevelClass: Int32Array;
  /** the same of vehicle access */
  orderAccessClass: Int32Array;
  /** the same of model and family */
  orderDeviceClass: Int32Array;
  /** the same of demands for a certificate */
  orderBrandClass: Int32Array;
  /** the same of wishes about the person */
  orderAttributeClass: Int32Array;
  /** the same of family and skills */
  orderFixClass: Int32Array;
  /** model row; -1 not stated */
  orderModel: Int32Array;
  /** family row; -1 not stated */
  orderFamily: Int32Array;
  /** maker's row; -1 not stated */
  orderBrand: Int32Array;
  /** 1: under the maker's warranty */
  orderWarranty: Int32Array;
  /** first row in the table of languages asked for */
  orderLanguageFirst: Int32Array;
  /** gender row asked for; -1 none */
  orderGender: Int32Array;
  /** first row in the table of skills that fixes are looked up by */
  orderFixSkillFirst: Int32Array;
  /** 1: of a customer with a tier */
  orderVip: Int32Array;
  /** who should come again: 0 anybody, 1 the same, 2 the same for rework, 3 another, senior one */
  orderLastRule: Int32Array;
  /** engineer row of the last visit; -1 not here */
  orderLastEngineer: Int32Array;
  /** whole days since the last visit */
  orderLastDays: Int32Array;
  /** urgency, 0..10000; 0 where order_priority is off */
  orderUrgency: Int32Array;
  /** last start that keeps the promise, ticks, negative when past; NEVER without one or with sla_response off */
  orderDue: Int32Array;
  /** last start that costs no slip, ticks: as orderDue, but of the promise as it was made where a running plan breaks it */
  orderPromised: Int32Array;
  /** engineer row of the current plan; -1 none, or plan_stability is off */
  orderPlanned: Int32Array;
  /** start in the current plan, ticks, may be negative; NO_TIME none */
  orderPlannedStart: Int32Array;
  /** minor units in care as high and low 24 bits; 0 with trust_limit off */
  orderValue: Int32Array;
  /** 1: in care to the end of the route */
  orderTakenAlong: Int32Array;
  /** minor units for wage and kilometres as high and low 24 bits; the high ones -1 without a budget */
  orderBudget: Int32Array;
  /** ticks of soft cost of the visit's fee */
  orderFee: Int32Array;
  /** first row in the table of pairs that no coordinate system holds */
  orderCellPairFirst: Int32Array;
  /** class of equal rows of territoryReach; -1 where every engineer's territory is the order's, or nobody asks */
  orderTerritoryClass: Int32Array;
  /** route row the order is locked to; -1 free */
  orderRoute: Int32Array;
  /** load by dimension */
  orderLoad: Int32Array;
  /** ticks after now, inclusive; sorted and disjoint within an owner */
  windowStart: Int32Array;
  /** ticks after now, inclusive, without grace; may be negative */
  windowEnd: Int32Array;
  /** item row */
  needItem: Int32Array;
  /** units; 1 for tools */
  needQuantity: Int32Array;
  /** skill row */
  skillNeedSkill: Int32Array;
  /** 0 all_of, 1 any_of, 2 none_of */
  skillNeedKind: Int32Array;
  /** skill row */
  levelNeedSkill: Int32Array;
  /** wanted level, 1..10 */
  levelNeedLevel: Int32Array;
  /** 1: rules out */
  levelNeedHard: Int32Array;
  /** engineer row */
  preferenceEngineer: Int32Array;
  /** 0 required, 1 excluded, 2 preferred, 3 secondary, 4 disliked, 5 declined */
  preferenceKind: Int32Array;
  /** skill row */
  fixSkillNeed: Int32Array;
  /** language row */
  languageNeed: Int32Array;
  /** metres that the order lies outside, as a neighbour's; or one of the negative constants above */
  territoryReach: Int32Array;
  /** coordinates of the order's cell in each system; NO_TIME where it has none */
  orderCell: Int32Array;
  /** engineer row */
  cellPairEngineer: Int32Array;
  /** grid distance, from great-circle metres */
  cellPairSteps: Int32Array;
  /** coordinate system of the engineer's cell */
  engineerCellFrame: Int32Array;
  /** first coordinate of the engineer's cell */
  engineerCellI: Int32Array;
  /** second coordinate */
  engineerCellJ: Int32Array;
  /** as orderCell, at the candidates' resolution */
  nearOrderCell: Int32Array;
  /** first row in the table of such pairs */
  nearPairFirst: Int32Array;
  /** engineer row */
  nearPairEngineer: Int32Array;
  /** grid distance, from great-circle metres */
  nearPairSteps: Int32Array;
  /** coordinate system of the engineer's cell */
  nearEngineerFrame: Int32Array;
  /** first coordinate of it */
  nearEngineerI: Int32Array;
  /** second coordinate */
  nearEngineerJ: Int32Array;
  /** territory row */
  engineerTerritory: Int32Array;
  /** first row in the table of repairs */
  engineerExperienceFirst: Int32Array;
  /** 1: repairs are known */
  engineerExperienceStated: Int32Array;
  /** model row; -1 none that an order names */
  experienceModel: Int32Array;
  /** family row; -1 none that an order names */
  experienceFamily: Int32Array;
  /** repairs */
  experienceRepairs: Int32Array;
  /** last valid tick of the certificate, negative when past; NEVER without an end; NO_TIME not held */
  engineerBrandUntil: Int32Array;
  /** the same less the time in which it is expiring */
  engineerBrandFresh: Int32Array;
  /** 1: speaks it; -1: the engineer's languages are not known */
  engineerSpeaks: Int32Array;
  /** gender row; -1 not stated */
  engineerGender: Int32Array;
  /** highest level stated in any skill; 0 none */
  engineerTopLevel: Int32Array;
  /** percent of the target of attendance and orders; -1 not known */
  engineerOutput: Int32Array;
  /** mean stars, thousandths; -1 not known */
  engineerStars: Int32Array;
  /** ratings behind it */
  engineerRatings: Int32Array;
  /** starts on time; -1 not known */
  engineerOnTime: Int32Array;
  /** starts */
  engineerStarts: Int32Array;
  /** offers accepted; -1 not known */
  engineerAccepted: Int32Array;
  /** offers */
  engineerOffers: Int32Array;
  /** offers accepted by peers */
  engineerPeersAccepted: Int32Array;
  /** offers to peers */
  engineerPeersOffers: Int32Array;
  /** first row in the table of first-time fixes */
  engineerFixFirst: Int32Array;
  /** skill row; -1 any */
  fixSkill: Int32Array;
  /** family row; -1 any */
  fixFamily: Int32Array;
  /** fixed at the first visit */
  fixSuccesses: Int32Array;
  /** of all */
  fixTotal: Int32Array;
  /** minutes of 7 days */
  engineerWorked: Int32Array;
  /** minutes expected; 0 not known */
  engineerTarget: Int32Array;
  /** minor units as high and low 24 bits; the high ones -1 without a limit */
  engineerTrustLimit: Int32Array;
  /** minor units in care at now as high and low 24 bits */
  engineerTrustCarried: Int32Array;
  /** millionths of a tick of soft cost for a tick of working time */
  engineerWorkPrice: Int32Array;
  /** millionths of a tick of soft cost for a unit of distance */
  engineerWayPrice: Int32Array;
  /** millionths of a minor unit for a tick, for budgets */
  engineerWage: Int32Array;
  /** millionths of a minor unit for a unit of distance, for budgets */
  engineerWayCost: Int32Array;
  /** vehicle mode, as in the contract */
  engineerMode: Int32Array;
  /** end of the last shift, ticks after now */
  engineerLastShift: Int32Array;
  /** most orders over all shifts, head stops taken off */
  engineerMaxOrders: Int32Array;
  /** longest leg, ticks */
  engineerMaxLeg: Int32Array;
  /** most units of parts in the van after a pick-up; UNLIMITED without a capacity */
  engineerPartCapacity: Int32Array;
  /** units of all parts in the van at now, reserved ones taken off */
  engineerStockUnits: Int32Array;
  /** last valid tick, negative when past; NEVER without an end; NO_TIME not held */
  engineerSkillUntil: Int32Array;
  /** level 1..10; 0 not stated */
  engineerSkillLevel: Int32Array;
  /** row of the route's start place in each set of matrices, where lenders may be met */
  startRowIn: Int32Array;
  /** a number of the place of each row in each set of matrices, the same for rows at one place; -1 where the set has none */
  rowPlace: Int32Array;
  /** 1: may lend parts */
  engineerLends: Int32Array;
  /** units that stay in the van of an engineer who lends the item */
  engineerSafety: Int32Array;
  /** units at now, reserved ones taken off; UNLIMITED for tools carried */
  engineerItem: Int32Array;
  /** capacity by dimension */
  engineerCapacity: Int32Array;
  /** engineer row */
  routeEngineer: Int32Array;
  /** set of matrices */
  routeMatrices: Int32Array;
  /** first route row that is interchangeable with this one while both are empty */
  routeClass: Int32Array;
  /** matrix row of the start place */
  routeStartRow: Int32Array;
  /** matrix row of the end place */
  routeEndRow: Int32Array;
  /** first departure, ticks after now */
  routeEarliest: Int32Array;
  /** 1: it leaves at routeEarliest (its head is under way) */
  routeDepartureFixed: Int32Array;
  /** end of the shift, ticks */
  routeShiftEnd: Int32Array;
  /** end of the shift with overtime, ticks */
  routeLatest: Int32Array;
  /** most orders */
  routeMaxOrders: Int32Array;
  /** most travel, ticks */
  routeMaxTravel: Int32Array;
  /** most distance */
  routeMaxDistance: Int32Array;
  /** most working time, ticks */
  routeMaxWorking: Int32Array;
  /** first row in the break table */
  routeBreakFirst: Int32Array;
  /** working ticks of the head stops under way */
  routeHeadWorking: Int32Array;
  /** travel ticks of the head stops */
  routeHeadTravel: Int32Array;
  /** distance of the head stops */
  routeHeadDistance: Int32Array;
  /** lateness and pair costs of the head stops, ticks of soft cost */
  routeHeadSoft: Int32Array;
  /** stops under way or done at the head */
  routeHeadStops: Int32Array;
  /** orders among them */
  routeHeadOrders: Int32Array;
  /** who may meet somebody at the start row: 1 a lender, 2 lender and borrower (a service has just ended there), 0 nobody */
  routeStartMeets: Int32Array;
  /** end of the last of them, ticks, may be negative */
  routeHeadEnd: Int32Array;
  /** their load by dimension */
  routeHeadLoad: Int32Array;
  /** matrix row of its place; -1: at the place of the stop before */
  breakRow: Int32Array;
  /** first begin, ticks */
  breakStart: Int32Array;
  /** last begin, ticks */
  breakEnd: Int32Array;
  /** ticks */
  breakDuration: Int32Array;
  /** 1: counts as working time */
  breakPaid: Int32Array;
  /** ticks of soft cost when skipped; -1 mandatory */
  breakPrice: Int32Array;
  /** matrix row */
  centreRow: Int32Array;
  /** ticks of a pick-up */
  centrePick: Int32Array;
  /** first row of the opening windows in the window table */
  centreWindowFirst: Int32Array;
  /** ticks of soft cost of a pick-up's fee */
  centreFee: Int32Array;
  /** units at now, reserved ones taken off; UNLIMITED for unlimited stock and tools */
  centreItem: Int32Array;
  /** route row */
  chainRoute: Int32Array;
  /** 0 order, 1 supply, 2 break, 3 a meeting as borrower, 4 as lender */
  chainKind: Int32Array;
  /** order (of a meeting: the one that it is for), centre or break row; -1: not there any more */
  chainRow: Int32Array;
  /** of a meeting: a bit for each of its order's needs that is lent; else 0 */
  chainNeeds: Int32Array;
  /** of a meeting: matrix row of its place; else -1 */
  chainPlace: Int32Array;
  /** route row; the stops of a route are rows in sequence */
  warmRoute: Int32Array;
  /** as chainKind */
  warmKind: Int32Array;
  /** as chainRow */
  warmRow: Int32Array;
  /** as chainNeeds */
  warmNeeds: Int32Array;
  /** as chainPlace */
  warmPlace: Int32Array;
  /** order row */
  keptOrder: Int32Array;
  /** engineer row, who keeps the order */
  keptEngineer: Int32Array;
  /** pair cost, ticks */
  keptCost: Int32Array;
  /** weight of each measure in each level: unassigned, engineers, distance, travel, working, soft */
  levelWeight: Int32Array;
  /** weight of each measure in the search's scalar cost; unassigned is set by the core */
  searchWeight: Int32Array;
  /** ticks of set-up in the edges to this row; empty: none */
  rowSetup: Int32Array;
  /** ticks from row to column with the set-up at the column, in the slice that is quickest for the two; NEVER where there is no way */
  edge: Int32Array;
  /** first tick; of the first slice -NEVER */
  sliceStart: Int32Array;
  /** number of the table that holds */
  sliceTable: Int32Array;
  /** ticks from row to column without set-up; NEVER where there is no way */
  sliceTravel: Int32Array;
  /** distance; empty: as travel, or not asked for by any level or limit */
  distance: Int32Array;
}

/** Columns in the order of the buffer. */
export const COLUMN_NAMES = [
  "scalar",
  "orderService",
  "orderGrace",
  "orderLastStart",
  "orderWindowFirst",
  "orderVariantFirst",
  "variantNeedFirst",
  "orderUnassigned",
  "orderPrice",
  "orderLastWindow",
  "orderSkillFirst",
  "orderLevelFirst",
  "orderPreferenceFirst",
  "orderPreferenceState",
  "orderAccess",
  "orderSkillClass",
  "orderLevelClass",
  "orderAccessClass",
  "orderDeviceClass",
  "orderBrandClass",
  "orderAttributeClass",
  "orderFixClass",
  "orderModel",
  "orderFamily",
  "orderBrand",
  "orderWarranty",
  "orderLanguageFirst",
  "orderGender",
  "orderFixSkillFirst",
  "orderVip",
  "orderLastRule",
  "orderLastEngineer",
  "orderLastDays",
  "orderUrgency",
  "orderDue",
  "orderPromised",
  "orderPlanned",
  "orderPlannedStart",
  "orderValue",
  "orderTakenAlong",
  "orderBudget",
  "orderFee",
  "orderCellPairFirst",
  "orderTerritoryClass",
  "orderRoute",
  "orderLoad",
  "windowStart",
  "windowEnd",
  "needItem",
  "needQuantity",
  "skillNeedSkill",
  "skillNeedKind",
  "levelNeedSkill",
  "levelNeedLevel",
  "levelNeedHard",
  "preferenceEngineer",
  "preferenceKind",
  "fixSkillNeed",
  "languageNeed",
  "territoryReach",
  "orderCell",
  "cellPairEngineer",
  "cellPairSteps",
  "engineerCellFrame",
  "engineerCellI",
  "engineerCellJ",
  "nearOrderCell",
  "nearPairFirst",
  "nearPairEngineer",
  "nearPairSteps",
  "nearEngineerFrame",
  "nearEngineerI",
  "nearEngineerJ",
  "engineerTerritory",
  "engineerExperienceFirst",
  "engineerExperienceStated",
  "experienceModel",
  "experienceFamily",
  "experienceRepairs",
  "engineerBrandUntil",
  "engineerBrandFresh",
  "engineerSpeaks",
  "engineerGender",
  "engineerTopLevel",
  "engineerOutput",
  "engineerStars",
  "engineerRatings",
  "engineerOnTime",
  "engineerStarts",
  "engineerAccepted",
  "engineerOffers",
  "engineerPeersAccepted",
  "engineerPeersOffers",
  "engineerFixFirst",
  "fixSkill",
  "fixFamily",
  "fixSuccesses",
  "fixTotal",
  "engineerWorked",
  "engineerTarget",
  "engineerTrustLimit",
  "engineerTrustCarried",
  "engineerWorkPrice",
  "engineerWayPrice",
  "engineerWage",
  "engineerWayCost",
  "engineerMode",
  "engineerLastShift",
  "engineerMaxOrders",
  "engineerMaxLeg",
  "engineerPartCapacity",
  "engineerStockUnits",
  "engineerSkillUntil",
  "engineerSkillLevel",
  "startRowIn",
  "rowPlace",
  "engineerLends",
  "engineerSafety",
  "engineerItem",
  "engineerCapacity",
  "routeEngineer",
  "routeMatrices",
  "routeClass",
  "routeStartRow",
  "routeEndRow",
  "routeEarliest",
  "routeDepartureFixed",
  "routeShiftEnd",
  "routeLatest",
  "routeMaxOrders",
  "routeMaxTravel",
  "routeMaxDistance",
  "routeMaxWorking",
  "routeBreakFirst",
  "routeHeadWorking",
  "routeHeadTravel",
  "routeHeadDistance",
  "routeHeadSoft",
  "routeHeadStops",
  "routeHeadOrders",
  "routeStartMeets",
  "routeHeadEnd",
  "routeHeadLoad",
  "breakRow",
  "breakStart",
  "breakEnd",
  "breakDuration",
  "breakPaid",
  "breakPrice",
  "centreRow",
  "centrePick",
  "centreWindowFirst",
  "centreFee",
  "centreItem",
  "chainRoute",
  "chainKind",
  "chainRow",
  "chainNeeds",
  "chainPlace",
  "warmRoute",
  "warmKind",
  "warmRow",
  "warmNeeds",
  "warmPlace",
  "keptOrder",
  "keptEngineer",
  "keptCost",
  "levelWeight",
  "searchWeight",
  "rowSetup",
  "edge",
  "sliceStart",
  "sliceTable",
  "sliceTravel",
  "distance",
] as const satisfies readonly (keyof Columns)[];
