// The host's view of the problem's bytes. Generated from solver/layout.ts by `npm run gen`; do not edit.

export const LAYOUT_MAGIC = 1313884243;
export const LAYOUT_VERSION = 5;
export const HEADER_WORDS = 4;

/** Single numbers; one that is not set yet is not a number. */
export class Scalars {
  /** orders; order rows are sorted by id bytes */
  orders = Number.NaN;
  /** places that are not an order's: centres, then starts, ends and breaks of each set of matrices, and last the nowhere of open ends */
  sites = Number.NaN;
  /** orders + sites: rows and columns of the matrices, order rows first */
  rows = Number.NaN;
  /** one for each engineer and shift that can still be used */
  routes = Number.NaN;
  /** engineers; rows are sorted by id bytes */
  engineers = Number.NaN;
  /** operating centres; rows are sorted by id bytes */
  centres = Number.NaN;
  /** SKUs, then tools; a tool is an item that is never used up */
  items = Number.NaN;
  /** items that are SKUs: rows from here on are tools */
  skus = Number.NaN;
  /** skills that any order names */
  skills = Number.NaN;
  /** different sets of matrices */
  modes = Number.NaN;
  /** slices of time with times of their own, from the one at now on; 1 where times do not depend on the hour */
  slices = Number.NaN;
  /** different tables of the slices; 0 where times do not depend on the hour */
  sliceTables = Number.NaN;
  /** load dimensions */
  dims = Number.NaN;
  /** rows of the window table */
  windows = Number.NaN;
  /** rows of the table of ways to meet an order's needs, with its parts as asked or with substitutes */
  variants = Number.NaN;
  /** rows of the need table */
  needs = Number.NaN;
  /** rows of the skill requirement table */
  skillNeeds = Number.NaN;
  /** rows of the proficiency requirement table */
  levelNeeds = Number.NaN;
  /** rows of the preference table */
  preferences = Number.NaN;
  /** rows of the break table */
  breaks = Number.NaN;
  /** rows of the table of stops that stay at the head of their routes */
  chainStops = Number.NaN;
  /** rows of the table of stops that the search begins with behind them */
  warmStops = Number.NaN;
  /** rows of the table of locked orders whose engineer is ruled out */
  keptPairs = Number.NaN;
  /** objective levels */
  levels = Number.NaN;
  /** models of devices that any order names */
  models = Number.NaN;
  /** makers that any order names */
  brands = Number.NaN;
  /** languages that any order names */
  languages = Number.NaN;
  /** rows of the table of repairs */
  experiences = Number.NaN;
  /** rows of the table of first-time fixes */
  fixRates = Number.NaN;
  /** rows of the table of skills that first-time fixes are looked up by */
  fixSkillNeeds = Number.NaN;
  /** rows of the table of languages asked for */
  languageNeeds = Number.NaN;
  /** different territories of engineers */
  territories = Number.NaN;
  /** different rows of territoryReach */
  territoryClasses = Number.NaN;
  /** coordinate systems of H3 cells; 0 where h3_proximity is not evaluated */
  cellFrames = Number.NaN;
  /** rows of the table of pairs that no coordinate system holds */
  cellPairs = Number.NaN;
  /** different skill requirements */
  skillClasses = Number.NaN;
  /** different proficiency requirements */
  levelClasses = Number.NaN;
  /** different vehicle accesses */
  accessClasses = Number.NaN;
  /** different models and families */
  deviceClasses = Number.NaN;
  /** different demands for a certificate */
  brandClasses = Number.NaN;
  /** different wishes about the person */
  attributeClasses = Number.NaN;
  /** different families and skills that first-time fixes are looked up by */
  fixClasses = Number.NaN;
  /** least number of engineers that the search tries for an order first; 0: no candidates */
  candidateEngineers = Number.NaN;
  /** 1: the search tries every route for every order */
  everyRoute = Number.NaN;
  /** coordinate systems of the candidates' H3 cells; 0 without candidates */
  nearFrames = Number.NaN;
  /** rows of the table of pairs that none of these holds */
  nearPairs = Number.NaN;
  /** 1: no way by other places is shorter than the direct one, but for rounding */
  metric = Number.NaN;
  /** more soft cost than all weighted criteria charge for a pair, ticks; -1 where that does not fit */
  mostSoftTicks = Number.NaN;
  /** rings of cells; engineers beyond count as in the last one */
  nearRings = Number.NaN;
  /** ticks in a second */
  ticksPerSecond = Number.NaN;
  /** score of a missing input, 0..10000 */
  neutralScore = Number.NaN;
  /** weight of h3_proximity, s; 0 when off */
  cellWeight = Number.NaN;
  /** grid distance that scores 0 */
  cellWorst = Number.NaN;
  /** weight of service_territory, s; 0 when off */
  territoryWeight = Number.NaN;
  /** service_territory: 0 rules nobody out, 1 all but the own territory, 2 all but that and neighbours */
  territoryMode = Number.NaN;
  /** metres outside that halve a neighbour's score */
  territoryHalf = Number.NaN;
  /** weight of device_model_experience, s; 0 when off */
  experienceWeight = Number.NaN;
  /** repairs that halve what is missing to the full score */
  experienceHalf = Number.NaN;
  /** weight of brand_certification, s; 0 when off */
  brandWeight = Number.NaN;
  /** 1: every maker asks for its certificate; 0: under warranty; -1: none does (off) */
  brandHard = Number.NaN;
  /** weight of customer_attribute_preference, s; 0 when off */
  attributeWeight = Number.NaN;
  /** weight of continuity_of_service, s; 0 when off */
  continuityWeight = Number.NaN;
  /** 1: the rule for rework rules out */
  continuityHard = Number.NaN;
  /** days that halve the score */
  continuityHalf = Number.NaN;
  /** level that makes an engineer senior */
  seniorLevel = Number.NaN;
  /** weight of engineer_tier, s; 0 when off */
  tierWeight = Number.NaN;
  /** least output in percent of the target for tier A */
  tierA = Number.NaN;
  /** the same for tier B */
  tierB = Number.NaN;
  /** the same for tier C */
  tierC = Number.NaN;
  /** weight of customer_rating, s; 0 when off */
  ratingWeight = Number.NaN;
  /** ratings that the prior counts for */
  ratingCases = Number.NaN;
  /** stars of the prior, thousandths */
  ratingPrior = Number.NaN;
  /** weight of on_time_rate, s; 0 when off */
  onTimeWeight = Number.NaN;
  /** starts that the prior counts for */
  onTimeCases = Number.NaN;
  /** prior, 0..10000 */
  onTimePrior = Number.NaN;
  /** weight of first_time_fix_rate, s; 0 when off */
  fixWeight = Number.NaN;
  /** visits that the prior counts for */
  fixCases = Number.NaN;
  /** prior, 0..10000 */
  fixPrior = Number.NaN;
  /** weight of acceptance_rate, s; 0 when off */
  acceptanceWeight = Number.NaN;
  /** offers that the prior counts for */
  acceptanceCases = Number.NaN;
  /** prior, 0..10000 */
  acceptancePrior = Number.NaN;
  /** 1: skill_match rules out */
  skillHard = Number.NaN;
  /** weight of proficiency_level, s; 0 when off */
  proficiencyWeight = Number.NaN;
  /** 1: every proficiency requirement rules out; -1: none does (off) */
  proficiencyHard = Number.NaN;
  /** weight of engineer_preference, s; 0 when off */
  preferenceWeight = Number.NaN;
  /** 1: required and excluded engineers rule out */
  preferenceHard = Number.NaN;
  /** 1: engineers who declined are ruled out */
  declinedHard = Number.NaN;
  /** 1: vehicle_access rules out */
  vehicleHard = Number.NaN;
  /** 1: there are engineers who may lend parts, and orders that need some */
  loansOn = Number.NaN;
  /** ticks of a hand-over */
  handOver = Number.NaN;
  /** weight of parts_borrowable, s; 0 when it costs nothing */
  borrowWeight = Number.NaN;
  /** seconds of detour that halve its score */
  borrowHalf = Number.NaN;
  /** weight of route_cluster_fit, s; 0 when off */
  clusterWeight = Number.NaN;
  /** weight of sla_response, s; 0 when off or only hard */
  slaWeight = Number.NaN;
  /** ticks after the promise that score 0 */
  slaWorst = Number.NaN;
  /** 1: a visit that ends after the promise is ruled out */
  slaHard = Number.NaN;
  /** weight of order_priority, s; 0 when off */
  priorityWeight = Number.NaN;
  /** seconds that halve the score */
  priorityHalf = Number.NaN;
  /** weight of workload_fairness, s; 0 when off */
  fairnessWeight = Number.NaN;
  /** most equivalent seconds of one engineer */
  fairnessCap = Number.NaN;
  /** weight of trust_limit, s; 0 when off */
  trustWeight = Number.NaN;
  /** percent of the limit that should stay free */
  trustMargin = Number.NaN;
  /** 1: value beyond the limit is ruled out */
  trustHard = Number.NaN;
  /** weight of plan_stability, s; 0 when off */
  stabilityWeight = Number.NaN;
  /** 1: another engineer than the current plan's is ruled out */
  stabilityHard = Number.NaN;
  /** ticks of soft cost of a start that moved; 0 when off */
  movedStart = Number.NaN;
  /** ticks that a start may move for nothing */
  movedTolerance = Number.NaN;
  /** soft cost of a tick of lateness */
  latenessFactor = Number.NaN;
  /** 1: the plan begins with the running plan and is never worse */
  keepsRunning = Number.NaN;
  /** 1: soft cost of half a tick a tick of overtime */
  overtimeOn = Number.NaN;
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

/** The scalars in the order of the buffer. */
export const scalarList = (scalars: Scalars): number[] => [
  scalars.orders,
  scalars.sites,
  scalars.rows,
  scalars.routes,
  scalars.engineers,
  scalars.centres,
  scalars.items,
  scalars.skus,
  scalars.skills,
  scalars.modes,
  scalars.slices,
  scalars.sliceTables,
  scalars.dims,
  scalars.windows,
  scalars.variants,
  scalars.needs,
  scalars.skillNeeds,
  scalars.levelNeeds,
  scalars.preferences,
  scalars.breaks,
  scalars.chainStops,
  scalars.warmStops,
  scalars.keptPairs,
  scalars.levels,
  scalars.models,
  scalars.brands,
  scalars.languages,
  scalars.experiences,
  scalars.fixRates,
  scalars.fixSkillNeeds,
  scalars.languageNeeds,
  scalars.territories,
  scalars.territoryClasses,
  scalars.cellFrames,
  scalars.cellPairs,
  scalars.skillClasses,
  scalars.levelClasses,
  scalars.accessClasses,
  scalars.deviceClasses,
  scalars.brandClasses,
  scalars.attributeClasses,
  scalars.fixClasses,
  scalars.candidateEngineers,
  scalars.everyRoute,
  scalars.nearFrames,
  scalars.nearPairs,
  scalars.metric,
  scalars.mostSoftTicks,
  scalars.nearRings,
  scalars.ticksPerSecond,
  scalars.neutralScore,
  scalars.cellWeight,
  scalars.cellWorst,
  scalars.territoryWeight,
  scalars.territoryMode,
  scalars.territoryHalf,
  scalars.experienceWeight,
  scalars.experienceHalf,
  scalars.brandWeight,
  scalars.brandHard,
  scalars.attributeWeight,
  scalars.continuityWeight,
  scalars.continuityHard,
  scalars.continuityHalf,
  scalars.seniorLevel,
  scalars.tierWeight,
  scalars.tierA,
  scalars.tierB,
  scalars.tierC,
  scalars.ratingWeight,
  scalars.ratingCases,
  scalars.ratingPrior,
  scalars.onTimeWeight,
  scalars.onTimeCases,
  scalars.onTimePrior,
  scalars.fixWeight,
  scalars.fixCases,
  scalars.fixPrior,
  scalars.acceptanceWeight,
  scalars.acceptanceCases,
  scalars.acceptancePrior,
  scalars.skillHard,
  scalars.proficiencyWeight,
  scalars.proficiencyHard,
  scalars.preferenceWeight,
  scalars.preferenceHard,
  scalars.declinedHard,
  scalars.vehicleHard,
  scalars.loansOn,
  scalars.handOver,
  scalars.borrowWeight,
  scalars.borrowHalf,
  scalars.clusterWeight,
  scalars.slaWeight,
  scalars.slaWorst,
  scalars.slaHard,
  scalars.priorityWeight,
  scalars.priorityHalf,
  scalars.fairnessWeight,
  scalars.fairnessCap,
  scalars.trustWeight,
  scalars.trustMargin,
  scalars.trustHard,
  scalars.stabilityWeight,
  scalars.stabilityHard,
  scalars.movedStart,
  scalars.movedTolerance,
  scalars.latenessFactor,
  scalars.keepsRunning,
  scalars.overtimeOn,
];

/** A value for each column, the same to begin with. */
export class ColumnSet<T> {
  /** the scalars */
  scalar: T;
  /** ticks of service */
  orderService: T;
  /** ticks after the end of a window in which service may still begin, late */
  orderGrace: T;
  /** last moment at which service may begin; past last window and grace where the running plan cannot begin in time */
  orderLastStart: T;
  /** first row of the order's windows in the window table */
  orderWindowFirst: T;
  /** first row of the order's ways to meet its needs in the variant table */
  orderVariantFirst: T;
  /** first row of the variant's needs in the need table */
  variantNeedFirst: T;
  /** 1 + priority; 0 for optional orders */
  orderUnassigned: T;
  /** ticks of soft cost when left out; 0 for mandatory orders */
  orderPrice: T;
  /** end of the last window without grace, ticks, negative when past; NO_TIME without windows */
  orderLastWindow: T;
  /** first row in the skill requirement table */
  orderSkillFirst: T;
  /** first row in the proficiency requirement table */
  orderLevelFirst: T;
  /** first row in the preference table */
  orderPreferenceFirst: T;
  /** bit 0: has required engineers; bit 1: has preferred, secondary or disliked ones */
  orderPreferenceState: T;
  /** bit per vehicle mode that gets there; -1 all */
  orderAccess: T;
  /** class of equal skill requirements, numbered by first row; -1 none */
  orderSkillClass: T;
  /** the same of proficiency requirements */
  orderLevelClass: T;
  /** the same of vehicle access */
  orderAccessClass: T;
  /** the same of model and family */
  orderDeviceClass: T;
  /** the same of demands for a certificate */
  orderBrandClass: T;
  /** the same of wishes about the person */
  orderAttributeClass: T;
  /** the same of family and skills */
  orderFixClass: T;
  /** model row; -1 not stated */
  orderModel: T;
  /** family row; -1 not stated */
  orderFamily: T;
  /** maker's row; -1 not stated */
  orderBrand: T;
  /** 1: under the maker's warranty */
  orderWarranty: T;
  /** first row in the table of languages asked for */
  orderLanguageFirst: T;
  /** gender row asked for; -1 none */
  orderGender: T;
  /** first row in the table of skills that fixes are looked up by */
  orderFixSkillFirst: T;
  /** 1: of a customer with a tier */
  orderVip: T;
  /** who should come again: 0 anybody, 1 the same, 2 the same for rework, 3 another, senior one */
  orderLastRule: T;
  /** engineer row of the last visit; -1 not here */
  orderLastEngineer: T;
  /** whole days since the last visit */
  orderLastDays: T;
  /** urgency, 0..10000; 0 where order_priority is off */
  orderUrgency: T;
  /** last start that keeps the promise, ticks, negative when past; NEVER without one or with sla_response off */
  orderDue: T;
  /** last start that costs no slip, ticks: as orderDue, but of the promise as it was made where a running plan breaks it */
  orderPromised: T;
  /** engineer row of the current plan; -1 none, or plan_stability is off */
  orderPlanned: T;
  /** start in the current plan, ticks, may be negative; NO_TIME none */
  orderPlannedStart: T;
  /** minor units in care as high and low 24 bits; 0 with trust_limit off */
  orderValue: T;
  /** 1: in care to the end of the route */
  orderTakenAlong: T;
  /** minor units for wage and kilometres as high and low 24 bits; the high ones -1 without a budget */
  orderBudget: T;
  /** ticks of soft cost of the visit's fee */
  orderFee: T;
  /** first row in the table of pairs that no coordinate system holds */
  orderCellPairFirst: T;
  /** class of equal rows of territoryReach; -1 where every engineer's territory is the order's, or nobody asks */
  orderTerritoryClass: T;
  /** route row the order is locked to; -1 free */
  orderRoute: T;
  /** load by dimension */
  orderLoad: T;
  /** ticks after now, inclusive; sorted and disjoint within an owner */
  windowStart: T;
  /** ticks after now, inclusive, without grace; may be negative */
  windowEnd: T;
  /** item row */
  needItem: T;
  /** units; 1 for tools */
  needQuantity: T;
  /** skill row */
  skillNeedSkill: T;
  /** 0 all_of, 1 any_of, 2 none_of */
  skillNeedKind: T;
  /** skill row */
  levelNeedSkill: T;
  /** wanted level, 1..10 */
  levelNeedLevel: T;
  /** 1: rules out */
  levelNeedHard: T;
  /** engineer row */
  preferenceEngineer: T;
  /** 0 required, 1 excluded, 2 preferred, 3 secondary, 4 disliked, 5 declined */
  preferenceKind: T;
  /** skill row */
  fixSkillNeed: T;
  /** language row */
  languageNeed: T;
  /** metres that the order lies outside, as a neighbour's; or one of the negative constants above */
  territoryReach: T;
  /** coordinates of the order's cell in each system; NO_TIME where it has none */
  orderCell: T;
  /** engineer row */
  cellPairEngineer: T;
  /** grid distance, from great-circle metres */
  cellPairSteps: T;
  /** coordinate system of the engineer's cell */
  engineerCellFrame: T;
  /** first coordinate of the engineer's cell */
  engineerCellI: T;
  /** second coordinate */
  engineerCellJ: T;
  /** as orderCell, at the candidates' resolution */
  nearOrderCell: T;
  /** first row in the table of such pairs */
  nearPairFirst: T;
  /** engineer row */
  nearPairEngineer: T;
  /** grid distance, from great-circle metres */
  nearPairSteps: T;
  /** coordinate system of the engineer's cell */
  nearEngineerFrame: T;
  /** first coordinate of it */
  nearEngineerI: T;
  /** second coordinate */
  nearEngineerJ: T;
  /** territory row */
  engineerTerritory: T;
  /** first row in the table of repairs */
  engineerExperienceFirst: T;
  /** 1: repairs are known */
  engineerExperienceStated: T;
  /** model row; -1 none that an order names */
  experienceModel: T;
  /** family row; -1 none that an order names */
  experienceFamily: T;
  /** repairs */
  experienceRepairs: T;
  /** last valid tick of the certificate, negative when past; NEVER without an end; NO_TIME not held */
  engineerBrandUntil: T;
  /** the same less the time in which it is expiring */
  engineerBrandFresh: T;
  /** 1: speaks it; -1: the engineer's languages are not known */
  engineerSpeaks: T;
  /** gender row; -1 not stated */
  engineerGender: T;
  /** highest level stated in any skill; 0 none */
  engineerTopLevel: T;
  /** percent of the target of attendance and orders; -1 not known */
  engineerOutput: T;
  /** mean stars, thousandths; -1 not known */
  engineerStars: T;
  /** ratings behind it */
  engineerRatings: T;
  /** starts on time; -1 not known */
  engineerOnTime: T;
  /** starts */
  engineerStarts: T;
  /** offers accepted; -1 not known */
  engineerAccepted: T;
  /** offers */
  engineerOffers: T;
  /** offers accepted by peers */
  engineerPeersAccepted: T;
  /** offers to peers */
  engineerPeersOffers: T;
  /** first row in the table of first-time fixes */
  engineerFixFirst: T;
  /** skill row; -1 any */
  fixSkill: T;
  /** family row; -1 any */
  fixFamily: T;
  /** fixed at the first visit */
  fixSuccesses: T;
  /** of all */
  fixTotal: T;
  /** minutes of 7 days */
  engineerWorked: T;
  /** minutes expected; 0 not known */
  engineerTarget: T;
  /** minor units as high and low 24 bits; the high ones -1 without a limit */
  engineerTrustLimit: T;
  /** minor units in care at now as high and low 24 bits */
  engineerTrustCarried: T;
  /** millionths of a tick of soft cost for a tick of working time */
  engineerWorkPrice: T;
  /** millionths of a tick of soft cost for a unit of distance */
  engineerWayPrice: T;
  /** millionths of a minor unit for a tick, for budgets */
  engineerWage: T;
  /** millionths of a minor unit for a unit of distance, for budgets */
  engineerWayCost: T;
  /** vehicle mode, as in the contract */
  engineerMode: T;
  /** end of the last shift, ticks after now */
  engineerLastShift: T;
  /** most orders over all shifts, head stops taken off */
  engineerMaxOrders: T;
  /** longest leg, ticks */
  engineerMaxLeg: T;
  /** most units of parts in the van after a pick-up; UNLIMITED without a capacity */
  engineerPartCapacity: T;
  /** units of all parts in the van at now, reserved ones taken off */
  engineerStockUnits: T;
  /** last valid tick, negative when past; NEVER without an end; NO_TIME not held */
  engineerSkillUntil: T;
  /** level 1..10; 0 not stated */
  engineerSkillLevel: T;
  /** row of the route's start place in each set of matrices, where lenders may be met */
  startRowIn: T;
  /** a number of the place of each row in each set of matrices, the same for rows at one place; -1 where the set has none */
  rowPlace: T;
  /** 1: may lend parts */
  engineerLends: T;
  /** units that stay in the van of an engineer who lends the item */
  engineerSafety: T;
  /** units at now, reserved ones taken off; UNLIMITED for tools carried */
  engineerItem: T;
  /** capacity by dimension */
  engineerCapacity: T;
  /** engineer row */
  routeEngineer: T;
  /** set of matrices */
  routeMatrices: T;
  /** first route row that is interchangeable with this one while both are empty */
  routeClass: T;
  /** matrix row of the start place */
  routeStartRow: T;
  /** matrix row of the end place */
  routeEndRow: T;
  /** first departure, ticks after now */
  routeEarliest: T;
  /** 1: it leaves at routeEarliest (its head is under way) */
  routeDepartureFixed: T;
  /** end of the shift, ticks */
  routeShiftEnd: T;
  /** end of the shift with overtime, ticks */
  routeLatest: T;
  /** most orders */
  routeMaxOrders: T;
  /** most travel, ticks */
  routeMaxTravel: T;
  /** most distance */
  routeMaxDistance: T;
  /** most working time, ticks */
  routeMaxWorking: T;
  /** first row in the break table */
  routeBreakFirst: T;
  /** working ticks of the head stops under way */
  routeHeadWorking: T;
  /** travel ticks of the head stops */
  routeHeadTravel: T;
  /** distance of the head stops */
  routeHeadDistance: T;
  /** lateness and pair costs of the head stops, ticks of soft cost */
  routeHeadSoft: T;
  /** stops under way or done at the head */
  routeHeadStops: T;
  /** orders among them */
  routeHeadOrders: T;
  /** who may meet somebody at the start row: 1 a lender, 2 lender and borrower (a service has just ended there), 0 nobody */
  routeStartMeets: T;
  /** end of the last of them, ticks, may be negative */
  routeHeadEnd: T;
  /** their load by dimension */
  routeHeadLoad: T;
  /** matrix row of its place; -1: at the place of the stop before */
  breakRow: T;
  /** first begin, ticks */
  breakStart: T;
  /** last begin, ticks */
  breakEnd: T;
  /** ticks */
  breakDuration: T;
  /** 1: counts as working time */
  breakPaid: T;
  /** ticks of soft cost when skipped; -1 mandatory */
  breakPrice: T;
  /** matrix row */
  centreRow: T;
  /** ticks of a pick-up */
  centrePick: T;
  /** first row of the opening windows in the window table */
  centreWindowFirst: T;
  /** ticks of soft cost of a pick-up's fee */
  centreFee: T;
  /** units at now, reserved ones taken off; UNLIMITED for unlimited stock and tools */
  centreItem: T;
  /** route row */
  chainRoute: T;
  /** 0 order, 1 supply, 2 break, 3 a meeting as borrower, 4 as lender */
  chainKind: T;
  /** order (of a meeting: the one that it is for), centre or break row; -1: not there any more */
  chainRow: T;
  /** of a meeting: a bit for each of its order's needs that is lent; else 0 */
  chainNeeds: T;
  /** of a meeting: matrix row of its place; else -1 */
  chainPlace: T;
  /** route row; the stops of a route are rows in sequence */
  warmRoute: T;
  /** as chainKind */
  warmKind: T;
  /** as chainRow */
  warmRow: T;
  /** as chainNeeds */
  warmNeeds: T;
  /** as chainPlace */
  warmPlace: T;
  /** order row */
  keptOrder: T;
  /** engineer row, who keeps the order */
  keptEngineer: T;
  /** pair cost, ticks */
  keptCost: T;
  /** weight of each measure in each level: unassigned, engineers, distance, travel, working, soft */
  levelWeight: T;
  /** weight of each measure in the search's scalar cost; unassigned is set by the core */
  searchWeight: T;
  /** ticks of set-up in the edges to this row; empty: none */
  rowSetup: T;
  /** ticks from row to column with the set-up at the column, in the slice that is quickest for the two; NEVER where there is no way */
  edge: T;
  /** first tick; of the first slice -NEVER */
  sliceStart: T;
  /** number of the table that holds */
  sliceTable: T;
  /** ticks from row to column without set-up; NEVER where there is no way */
  sliceTravel: T;
  /** distance; empty: as travel, or not asked for by any level or limit */
  distance: T;

  constructor(value: T) {
    this.scalar = value;
    this.orderService = value;
    this.orderGrace = value;
    this.orderLastStart = value;
    this.orderWindowFirst = value;
    this.orderVariantFirst = value;
    this.variantNeedFirst = value;
    this.orderUnassigned = value;
    this.orderPrice = value;
    this.orderLastWindow = value;
    this.orderSkillFirst = value;
    this.orderLevelFirst = value;
    this.orderPreferenceFirst = value;
    this.orderPreferenceState = value;
    this.orderAccess = value;
    this.orderSkillClass = value;
    this.orderLevelClass = value;
    this.orderAccessClass = value;
    this.orderDeviceClass = value;
    this.orderBrandClass = value;
    this.orderAttributeClass = value;
    this.orderFixClass = value;
    this.orderModel = value;
    this.orderFamily = value;
    this.orderBrand = value;
    this.orderWarranty = value;
    this.orderLanguageFirst = value;
    this.orderGender = value;
    this.orderFixSkillFirst = value;
    this.orderVip = value;
    this.orderLastRule = value;
    this.orderLastEngineer = value;
    this.orderLastDays = value;
    this.orderUrgency = value;
    this.orderDue = value;
    this.orderPromised = value;
    this.orderPlanned = value;
    this.orderPlannedStart = value;
    this.orderValue = value;
    this.orderTakenAlong = value;
    this.orderBudget = value;
    this.orderFee = value;
    this.orderCellPairFirst = value;
    this.orderTerritoryClass = value;
    this.orderRoute = value;
    this.orderLoad = value;
    this.windowStart = value;
    this.windowEnd = value;
    this.needItem = value;
    this.needQuantity = value;
    this.skillNeedSkill = value;
    this.skillNeedKind = value;
    this.levelNeedSkill = value;
    this.levelNeedLevel = value;
    this.levelNeedHard = value;
    this.preferenceEngineer = value;
    this.preferenceKind = value;
    this.fixSkillNeed = value;
    this.languageNeed = value;
    this.territoryReach = value;
    this.orderCell = value;
    this.cellPairEngineer = value;
    this.cellPairSteps = value;
    this.engineerCellFrame = value;
    this.engineerCellI = value;
    this.engineerCellJ = value;
    this.nearOrderCell = value;
    this.nearPairFirst = value;
    this.nearPairEngineer = value;
    this.nearPairSteps = value;
    this.nearEngineerFrame = value;
    this.nearEngineerI = value;
    this.nearEngineerJ = value;
    this.engineerTerritory = value;
    this.engineerExperienceFirst = value;
    this.engineerExperienceStated = value;
    this.experienceModel = value;
    this.experienceFamily = value;
    this.experienceRepairs = value;
    this.engineerBrandUntil = value;
    this.engineerBrandFresh = value;
    this.engineerSpeaks = value;
    this.engineerGender = value;
    this.engineerTopLevel = value;
    this.engineerOutput = value;
    this.engineerStars = value;
    this.engineerRatings = value;
    this.engineerOnTime = value;
    this.engineerStarts = value;
    this.engineerAccepted = value;
    this.engineerOffers = value;
    this.engineerPeersAccepted = value;
    this.engineerPeersOffers = value;
    this.engineerFixFirst = value;
    this.fixSkill = value;
    this.fixFamily = value;
    this.fixSuccesses = value;
    this.fixTotal = value;
    this.engineerWorked = value;
    this.engineerTarget = value;
    this.engineerTrustLimit = value;
    this.engineerTrustCarried = value;
    this.engineerWorkPrice = value;
    this.engineerWayPrice = value;
    this.engineerWage = value;
    this.engineerWayCost = value;
    this.engineerMode = value;
    this.engineerLastShift = value;
    this.engineerMaxOrders = value;
    this.engineerMaxLeg = value;
    this.engineerPartCapacity = value;
    this.engineerStockUnits = value;
    this.engineerSkillUntil = value;
    this.engineerSkillLevel = value;
    this.startRowIn = value;
    this.rowPlace = value;
    this.engineerLends = value;
    this.engineerSafety = value;
    this.engineerItem = value;
    this.engineerCapacity = value;
    this.routeEngineer = value;
    this.routeMatrices = value;
    this.routeClass = value;
    this.routeStartRow = value;
    this.routeEndRow = value;
    this.routeEarliest = value;
    this.routeDepartureFixed = value;
    this.routeShiftEnd = value;
    this.routeLatest = value;
    this.routeMaxOrders = value;
    this.routeMaxTravel = value;
    this.routeMaxDistance = value;
    this.routeMaxWorking = value;
    this.routeBreakFirst = value;
    this.routeHeadWorking = value;
    this.routeHeadTravel = value;
    this.routeHeadDistance = value;
    this.routeHeadSoft = value;
    this.routeHeadStops = value;
    this.routeHeadOrders = value;
    this.routeStartMeets = value;
    this.routeHeadEnd = value;
    this.routeHeadLoad = value;
    this.breakRow = value;
    this.breakStart = value;
    this.breakEnd = value;
    this.breakDuration = value;
    this.breakPaid = value;
    this.breakPrice = value;
    this.centreRow = value;
    this.centrePick = value;
    this.centreWindowFirst = value;
    this.centreFee = value;
    this.centreItem = value;
    this.chainRoute = value;
    this.chainKind = value;
    this.chainRow = value;
    this.chainNeeds = value;
    this.chainPlace = value;
    this.warmRoute = value;
    this.warmKind = value;
    this.warmRow = value;
    this.warmNeeds = value;
    this.warmPlace = value;
    this.keptOrder = value;
    this.keptEngineer = value;
    this.keptCost = value;
    this.levelWeight = value;
    this.searchWeight = value;
    this.rowSetup = value;
    this.edge = value;
    this.sliceStart = value;
    this.sliceTable = value;
    this.sliceTravel = value;
    this.distance = value;
  }
}

/** All columns at hand. */
export type Columns = ColumnSet<Int32Array>;

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

/** What the columns have, in the order of the buffer. */
export const columnList = <T>(columns: Readonly<ColumnSet<T>>): T[] => [
  columns.scalar,
  columns.orderService,
  columns.orderGrace,
  columns.orderLastStart,
  columns.orderWindowFirst,
  columns.orderVariantFirst,
  columns.variantNeedFirst,
  columns.orderUnassigned,
  columns.orderPrice,
  columns.orderLastWindow,
  columns.orderSkillFirst,
  columns.orderLevelFirst,
  columns.orderPreferenceFirst,
  columns.orderPreferenceState,
  columns.orderAccess,
  columns.orderSkillClass,
  columns.orderLevelClass,
  columns.orderAccessClass,
  columns.orderDeviceClass,
  columns.orderBrandClass,
  columns.orderAttributeClass,
  columns.orderFixClass,
  columns.orderModel,
  columns.orderFamily,
  columns.orderBrand,
  columns.orderWarranty,
  columns.orderLanguageFirst,
  columns.orderGender,
  columns.orderFixSkillFirst,
  columns.orderVip,
  columns.orderLastRule,
  columns.orderLastEngineer,
  columns.orderLastDays,
  columns.orderUrgency,
  columns.orderDue,
  columns.orderPromised,
  columns.orderPlanned,
  columns.orderPlannedStart,
  columns.orderValue,
  columns.orderTakenAlong,
  columns.orderBudget,
  columns.orderFee,
  columns.orderCellPairFirst,
  columns.orderTerritoryClass,
  columns.orderRoute,
  columns.orderLoad,
  columns.windowStart,
  columns.windowEnd,
  columns.needItem,
  columns.needQuantity,
  columns.skillNeedSkill,
  columns.skillNeedKind,
  columns.levelNeedSkill,
  columns.levelNeedLevel,
  columns.levelNeedHard,
  columns.preferenceEngineer,
  columns.preferenceKind,
  columns.fixSkillNeed,
  columns.languageNeed,
  columns.territoryReach,
  columns.orderCell,
  columns.cellPairEngineer,
  columns.cellPairSteps,
  columns.engineerCellFrame,
  columns.engineerCellI,
  columns.engineerCellJ,
  columns.nearOrderCell,
  columns.nearPairFirst,
  columns.nearPairEngineer,
  columns.nearPairSteps,
  columns.nearEngineerFrame,
  columns.nearEngineerI,
  columns.nearEngineerJ,
  columns.engineerTerritory,
  columns.engineerExperienceFirst,
  columns.engineerExperienceStated,
  columns.experienceModel,
  columns.experienceFamily,
  columns.experienceRepairs,
  columns.engineerBrandUntil,
  columns.engineerBrandFresh,
  columns.engineerSpeaks,
  columns.engineerGender,
  columns.engineerTopLevel,
  columns.engineerOutput,
  columns.engineerStars,
  columns.engineerRatings,
  columns.engineerOnTime,
  columns.engineerStarts,
  columns.engineerAccepted,
  columns.engineerOffers,
  columns.engineerPeersAccepted,
  columns.engineerPeersOffers,
  columns.engineerFixFirst,
  columns.fixSkill,
  columns.fixFamily,
  columns.fixSuccesses,
  columns.fixTotal,
  columns.engineerWorked,
  columns.engineerTarget,
  columns.engineerTrustLimit,
  columns.engineerTrustCarried,
  columns.engineerWorkPrice,
  columns.engineerWayPrice,
  columns.engineerWage,
  columns.engineerWayCost,
  columns.engineerMode,
  columns.engineerLastShift,
  columns.engineerMaxOrders,
  columns.engineerMaxLeg,
  columns.engineerPartCapacity,
  columns.engineerStockUnits,
  columns.engineerSkillUntil,
  columns.engineerSkillLevel,
  columns.startRowIn,
  columns.rowPlace,
  columns.engineerLends,
  columns.engineerSafety,
  columns.engineerItem,
  columns.engineerCapacity,
  columns.routeEngineer,
  columns.routeMatrices,
  columns.routeClass,
  columns.routeStartRow,
  columns.routeEndRow,
  columns.routeEarliest,
  columns.routeDepartureFixed,
  columns.routeShiftEnd,
  columns.routeLatest,
  columns.routeMaxOrders,
  columns.routeMaxTravel,
  columns.routeMaxDistance,
  columns.routeMaxWorking,
  columns.routeBreakFirst,
  columns.routeHeadWorking,
  columns.routeHeadTravel,
  columns.routeHeadDistance,
  columns.routeHeadSoft,
  columns.routeHeadStops,
  columns.routeHeadOrders,
  columns.routeStartMeets,
  columns.routeHeadEnd,
  columns.routeHeadLoad,
  columns.breakRow,
  columns.breakStart,
  columns.breakEnd,
  columns.breakDuration,
  columns.breakPaid,
  columns.breakPrice,
  columns.centreRow,
  columns.centrePick,
  columns.centreWindowFirst,
  columns.centreFee,
  columns.centreItem,
  columns.chainRoute,
  columns.chainKind,
  columns.chainRow,
  columns.chainNeeds,
  columns.chainPlace,
  columns.warmRoute,
  columns.warmKind,
  columns.warmRow,
  columns.warmNeeds,
  columns.warmPlace,
  columns.keptOrder,
  columns.keptEngineer,
  columns.keptCost,
  columns.levelWeight,
  columns.searchWeight,
  columns.rowSetup,
  columns.edge,
  columns.sliceStart,
  columns.sliceTable,
  columns.sliceTravel,
  columns.distance,
];
