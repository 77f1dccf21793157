// Great-circle metres between points on the earth, the same bits on every machine: only + - * / and sqrt, whose results IEEE 754 fixes.

/** Mean radius of the earth, metres (IUGG). */
const EARTH_RADIUS_M = 6_371_008.8;
const HALF_PI = Math.PI / 2;

/** Unit vector of a point on the earth. */
export interface UnitVector {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

// Taylor series; |x| <= pi/4 here, so eleven terms reach the last bit of a double.
function sinSmall(x: number): number {
  const square = x * x;
  let term = x;
  let sum = x;
  for (let k = 2; k <= 20; k += 2) {
    term *= -square / (k * (k + 1));
    sum += term;
  }
  return sum;
}

function cosSmall(x: number): number {
  const square = x * x;
  let term = 1;
  let sum = 1;
  for (let k = 1; k <= 19; k += 2) {
    term *= -square / (k * (k + 1));
    sum += term;
  }
  return sum;
}

/** Sine and cosine of an angle in radians, -2 pi to 2 pi. */
function sinCos(angle: number): [number, number] {
  const quarter = Math.round(angle / HALF_PI);
  const rest = angle - quarter * HALF_PI;
  const sin = sinSmall(rest);
  const cos = cosSmall(rest);
  switch (((quarter % 4) + 4) % 4) {
    case 0:
      return [sin, cos];
    case 1:
      return [cos, -sin];
    case 2:
      return [-sin, -cos];
    default:
      return [-cos, sin];
  }
}

// Arcsine by its series for x <= 0.5, by the half-angle identity above.
function asin(x: number): number {
  if (x > 0.5) return HALF_PI - 2 * asin(Math.sqrt((1 - Math.min(x, 1)) / 2));
  const square = x * x;
  let term = x;
  let sum = x;
  for (let k = 1; k <= 60; k += 2) {
    term *= (square * k) / (k + 1);
    const next = sum + term / (k + 2);
    // Inside a city four terms are enough.
    if (next === sum) break;
    sum = next;
  }
  return sum;
}

/** Unit vector of degrees north and east. */
export function unitVector(latitude: number, longitude: number): UnitVector {
  const [sinLat, cosLat] = sinCos((latitude * Math.PI) / 180);
  const [sinLng, cosLng] = sinCos((longitude * Math.PI) / 180);
  return { x: cosLat * cosLng, y: cosLat * sinLng, z: sinLat };
}

/** Great-circle metres between two points. */
export function greatCircleMetres(a: UnitVector, b: UnitVector): number {
  const dx = a.x - b.x;
  const dy = a.y - b.y;
  const dz = a.z - b.z;
  return 2 * EARTH_RADIUS_M * asin(Math.sqrt(dx * dx + dy * dy + dz * dz) / 2);
}
