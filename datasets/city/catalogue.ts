// What is repaired in the generated city: jobs with their parts and tools, and the trades of the engineers who do them.
import { VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";

/** One kind of job on one family of devices. */
export interface Job {
  readonly weight: number;
  readonly category: string;
  readonly brands: readonly string[];
  readonly family: string;
  readonly fault: string;
  readonly skill: string;
  /** Wanted level in the skill, 1 to 10. */
  readonly level: number;
  /** The level rules out instead of costing. */
  readonly hard?: boolean;
  readonly skus: readonly string[];
  /** SKU that does as well as the first of `skus`. */
  readonly substitute?: string;
  readonly tools: readonly string[];
  /** Shortest and longest service, minutes. */
  readonly minutes: readonly [number, number];
  readonly kg: number;
  /** Value in the engineer's care, yuan. */
  readonly value: number;
  /** 0 to 10. */
  readonly severity: number;
}

const phone = { category: "phone", skill: "phone_repair", kg: 1 };
const washer = { category: "washing_machine", skill: "washer_repair", brands: ["Tide", "Polar"], family: "W8" };
const fridge = { category: "fridge", skill: "fridge_repair", brands: ["Frost", "Polar"], family: "R5" };
const cooling = { category: "air_conditioner", skill: "aircon_repair", brands: ["Breeze", "Polar"], family: "A3" };
const heater = { category: "water_heater", skill: "heater_repair", brands: ["Ember", "Tide"], family: "H2" };

/** Jobs by how often they are asked for. Makers, families and SKUs are made up. */
export const JOBS: readonly Job[] = [
  {
    ...phone,
    weight: 12,
    brands: ["Lumo"],
    family: "L5",
    fault: "screen_broken",
    level: 4,
    skus: ["screen-lumo-5"],
    substitute: "screen-lumo-5b",
    tools: ["heat_mat"],
    minutes: [30, 50],
    value: 1800,
    severity: 4,
  },
  {
    ...phone,
    weight: 8,
    brands: ["Kaze"],
    family: "KX",
    fault: "screen_broken",
    level: 5,
    skus: ["screen-kaze-x"],
    tools: ["heat_mat"],
    minutes: [30, 55],
    value: 2600,
    severity: 4,
  },
  {
    ...phone,
    weight: 5,
    brands: ["Orin"],
    family: "OS",
    fault: "screen_broken",
    level: 6,
    skus: ["screen-orin-s"],
    tools: ["heat_mat"],
    minutes: [40, 60],
    value: 4200,
    severity: 4,
  },
  {
    ...phone,
    weight: 8,
    brands: ["Lumo"],
    family: "L5",
    fault: "battery_weak",
    level: 3,
    skus: ["battery-lumo-5"],
    tools: ["heat_mat"],
    minutes: [25, 35],
    value: 1800,
    severity: 2,
  },
  {
    ...phone,
    weight: 5,
    brands: ["Kaze"],
    family: "KX",
    fault: "battery_swollen",
    level: 4,
    skus: ["battery-kaze-x"],
    tools: ["heat_mat"],
    minutes: [25, 40],
    value: 2600,
    severity: 7,
  },
  {
    ...phone,
    weight: 4,
    brands: ["Orin"],
    family: "OS",
    fault: "charging_port",
    level: 5,
    skus: ["port-usb-c"],
    tools: ["microscope"],
    minutes: [40, 60],
    value: 4200,
    severity: 3,
  },
  {
    ...phone,
    weight: 3,
    brands: ["Kaze"],
    family: "KX",
    fault: "board_fault",
    skill: "board_soldering",
    level: 6,
    hard: true,
    skus: ["chip-power-ic"],
    tools: ["microscope", "hot_air_station"],
    minutes: [60, 90],
    value: 2600,
    severity: 3,
  },
  {
    ...washer,
    weight: 8,
    fault: "drain_pump",
    level: 4,
    skus: ["pump-drain-40w"],
    tools: ["multimeter"],
    minutes: [45, 70],
    kg: 3,
    value: 2400,
    severity: 5,
  },
  {
    ...washer,
    weight: 4,
    fault: "drum_bearing",
    level: 6,
    skus: ["bearing-6206", "seal-drum"],
    tools: ["bearing_puller"],
    minutes: [90, 120],
    kg: 5,
    value: 2400,
    severity: 3,
  },
  {
    ...washer,
    weight: 5,
    fault: "door_lock",
    level: 3,
    skus: ["lock-door-w"],
    tools: ["multimeter"],
    minutes: [30, 45],
    kg: 1,
    value: 2400,
    severity: 3,
  },
  {
    ...fridge,
    weight: 6,
    fault: "not_cooling",
    level: 5,
    skus: ["thermostat-r"],
    tools: ["multimeter"],
    minutes: [45, 75],
    kg: 1,
    value: 5200,
    severity: 7,
  },
  {
    ...fridge,
    weight: 4,
    fault: "compressor_relay",
    level: 5,
    skus: ["relay-start-r"],
    tools: ["multimeter"],
    minutes: [40, 60],
    kg: 1,
    value: 5200,
    severity: 6,
  },
  {
    ...fridge,
    weight: 3,
    fault: "refrigerant_leak",
    skill: "refrigerant_handling",
    level: 6,
    hard: true,
    skus: ["gas-r600a"],
    tools: ["vacuum_pump"],
    minutes: [80, 110],
    kg: 8,
    value: 5200,
    severity: 7,
  },
  {
    ...cooling,
    weight: 6,
    fault: "capacitor",
    level: 4,
    skus: ["capacitor-35uf"],
    tools: ["multimeter", "ladder"],
    minutes: [40, 60],
    kg: 1,
    value: 3800,
    severity: 4,
  },
  {
    ...cooling,
    weight: 4,
    fault: "fan_motor",
    level: 5,
    skus: ["motor-fan-a"],
    tools: ["ladder"],
    minutes: [60, 90],
    kg: 6,
    value: 3800,
    severity: 4,
  },
  {
    ...cooling,
    weight: 4,
    fault: "refill",
    skill: "refrigerant_handling",
    level: 5,
    hard: true,
    skus: ["gas-r32"],
    tools: ["vacuum_pump", "ladder"],
    minutes: [50, 80],
    kg: 9,
    value: 3800,
    severity: 5,
  },
  {
    ...cooling,
    weight: 2,
    fault: "control_board",
    level: 7,
    skus: ["board-control-a"],
    tools: ["multimeter", "ladder"],
    minutes: [50, 75],
    kg: 1,
    value: 3800,
    severity: 5,
  },
  {
    ...cooling,
    weight: 3,
    fault: "cleaning",
    level: 2,
    skus: [],
    tools: ["ladder"],
    minutes: [60, 80],
    kg: 4,
    value: 3800,
    severity: 1,
  },
  {
    ...heater,
    weight: 5,
    fault: "heating_element",
    level: 4,
    skus: ["element-2kw"],
    tools: ["multimeter"],
    minutes: [50, 75],
    kg: 2,
    value: 1900,
    severity: 6,
  },
  {
    ...heater,
    weight: 4,
    fault: "anode_worn",
    level: 3,
    skus: ["anode-mg"],
    tools: ["multimeter"],
    minutes: [40, 60],
    kg: 1,
    value: 1900,
    severity: 3,
  },
  {
    ...heater,
    weight: 4,
    fault: "gas_valve",
    skill: "gas_fitting",
    level: 6,
    hard: true,
    skus: ["valve-gas-h"],
    tools: ["gas_detector"],
    minutes: [50, 80],
    kg: 2,
    value: 2900,
    severity: 9,
  },
];

/** The SKU with one unit in each centre, which few vans carry. */
export const SCARCE_SKU = "board-control-a";

/** What one trade brings along. */
export interface Trade {
  readonly name: string;
  /** Skills of everyone in the trade, and those that `percent` of 100 also hold. */
  readonly skills: readonly string[];
  readonly extraSkills: readonly { readonly id: string; readonly percent: number }[];
  readonly tools: readonly string[];
  /** Tools that half of the trade carry. */
  readonly extraTools: readonly string[];
  readonly modes: readonly { readonly mode: VehicleMode; readonly weight: number }[];
}

const vans = [
  { mode: VehicleMode.CAR, weight: 8 },
  { mode: VehicleMode.MOTORBIKE, weight: 2 },
];

const PHONES: Trade = {
  name: "phones",
  skills: ["phone_repair"],
  extraSkills: [{ id: "board_soldering", percent: 40 }],
  tools: ["heat_mat"],
  extraTools: ["microscope", "hot_air_station"],
  modes: [
    { mode: VehicleMode.E_BIKE, weight: 8 },
    { mode: VehicleMode.MOTORBIKE, weight: 1 },
    { mode: VehicleMode.TRANSIT, weight: 1 },
  ],
};
const WHITE_GOODS: Trade = {
  name: "white goods",
  skills: ["washer_repair", "fridge_repair"],
  extraSkills: [
    { id: "heater_repair", percent: 50 },
    { id: "refrigerant_handling", percent: 30 },
  ],
  tools: ["multimeter"],
  extraTools: ["bearing_puller", "vacuum_pump"],
  modes: vans,
};
const COOLING: Trade = {
  name: "cooling",
  skills: ["aircon_repair", "refrigerant_handling"],
  extraSkills: [{ id: "fridge_repair", percent: 50 }],
  tools: ["multimeter", "ladder"],
  extraTools: ["vacuum_pump"],
  modes: vans,
};
const HEATING: Trade = {
  name: "heating",
  skills: ["heater_repair", "gas_fitting"],
  extraSkills: [{ id: "washer_repair", percent: 50 }],
  tools: ["multimeter"],
  extraTools: ["gas_detector", "bearing_puller"],
  modes: vans,
};

/** Trades in turn: engineer number i of a centre has trade i modulo the length, so that small crews are mixed too. */
export const TRADES: readonly Trade[] = [
  PHONES,
  WHITE_GOODS,
  COOLING,
  PHONES,
  HEATING,
  PHONES,
  WHITE_GOODS,
  COOLING,
  PHONES,
  WHITE_GOODS,
];
