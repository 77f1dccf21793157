// Where people live in the generated Hangzhou: clusters around district centres, none of them in the lake.
import type { Random } from "./random.ts";

interface District {
  readonly name: string;
  /** Centre and half-width of the cluster, 1e-5 degrees. */
  readonly latitude: number;
  readonly longitude: number;
  readonly spread: number;
  /** Share of orders and homes. */
  readonly weight: number;
}

// Rough centres of real districts; streets and house numbers are made up.
const DISTRICTS: readonly District[] = [
  { name: "Wulin", latitude: 3027400, longitude: 12016600, spread: 1500, weight: 18 },
  { name: "Gongshu", latitude: 3032500, longitude: 12014000, spread: 2000, weight: 14 },
  { name: "Xixi", latitude: 3027600, longitude: 12009000, spread: 2000, weight: 12 },
  { name: "Future City", latitude: 3028300, longitude: 12002000, spread: 1800, weight: 9 },
  { name: "Qianjiang", latitude: 3024800, longitude: 12021000, spread: 1500, weight: 12 },
  { name: "Binjiang", latitude: 3020200, longitude: 12020500, spread: 1800, weight: 12 },
  { name: "Xiaoshan", latitude: 3017200, longitude: 12026500, spread: 2200, weight: 9 },
  { name: "Dingqiao", latitude: 3034000, longitude: 12021800, spread: 1700, weight: 7 },
  { name: "Jiubao", latitude: 3030800, longitude: 12026500, spread: 1600, weight: 7 },
];

// West Lake's box, 1e-5 degrees.
const LAKE = { south: 3022600, north: 3026000, west: 12012400, east: 12015900 };

const LANES = ["Osmanthus", "Willow", "Bamboo", "Lotus", "Maple", "Plum", "Ginkgo", "Camphor", "Heron", "Teahouse"];

/** Degrees that the city of one centre is moved by, so that many centres lie side by side in rows of ten. */
const STEP = { latitude: 40000, longitude: 50000, perRow: 10 };

/** A place in the city of centre number `city`, from 0. */
export function drawPlace(random: Random, city: number) {
  const district = random.weighted(DISTRICTS);
  // The sum of three even draws is bell-shaped enough: most people live near the middle.
  const offset = () => [1, 2, 3].reduce((sum) => sum + random.int(-district.spread, district.spread), 0);
  let latitude: number;
  let longitude: number;
  do {
    latitude = district.latitude + offset();
    longitude = district.longitude + offset();
  } while (latitude >= LAKE.south && latitude <= LAKE.north && longitude >= LAKE.west && longitude <= LAKE.east);
  return placeAt(latitude, longitude, city, `${district.name}, ${random.pick(LANES)} Lane ${random.int(1, 299)}`);
}

/** The place of centre number `city`, from 0. */
export function centrePlace(city: number) {
  return placeAt(3028800, 12019000, city, "Genshan, Depot Road 1");
}

function placeAt(latitude: number, longitude: number, city: number, address: string) {
  const row = Math.floor(city / STEP.perRow);
  const geo = {
    latitude: (latitude + row * STEP.latitude) / 1e5,
    longitude: (longitude + (city % STEP.perRow) * STEP.longitude) / 1e5,
  };
  return { position: { case: "geo" as const, value: geo }, address };
}
