// Random numbers of the search, the same on every machine: xoshiro128** (Blackman & Vigna 2018) seeded by splitmix64.

let s0: u32 = 1;
let s1: u32 = 2;
let s2: u32 = 3;
let s3: u32 = 4;
/** Places until the next blink. */
let untilBlink: i32 = 0;
/** ln of the chance not to blink at a place. */
let blinkScale: f64 = 0;

/** Chance that the search does not see a place (Christiaens & Vanden Berghe 2020). */
const BLINK_RATE: f64 = 0.01;

export function seedRandom(seed: u64): void {
  let x = seed;
  let state: u64 = 0;
  for (let i = 0; i < 2; i++) {
    x += 0x9e3779b97f4a7c15;
    let z = x;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    state = z ^ (z >> 31);
    if (i == 0) {
      s0 = <u32>state;
      s1 = <u32>(state >> 32) | 1;
    } else {
      s2 = <u32>state;
      s3 = <u32>(state >> 32);
    }
  }
  blinkScale = 1 / NativeMath.log(1 - BLINK_RATE);
  untilBlink = nextBlink();
}

export function randomBits(): u32 {
  const result = rotl(s1 * 5, 7) * 9;
  const t = s1 << 9;
  s2 ^= s0;
  s3 ^= s1;
  s1 ^= s2;
  s0 ^= s3;
  s2 ^= t;
  s3 = rotl(s3, 11);
  return result;
}

/** Uniform in 0..bound - 1. */
export function randomBelow(bound: i32): i32 {
  return <i32>((<u64>randomBits() * <u64>(<u32>bound)) >> 32);
}

/** Uniform in (0, 1]. */
export function randomUnit(): f64 {
  return (<f64>randomBits() + 1) * (1 / 4294967296.0);
}

function nextBlink(): i32 {
  return <i32>(NativeMath.log(randomUnit()) * blinkScale);
}

/** True at one place in a hundred. */
export function blink(): bool {
  if (untilBlink-- > 0) return false;
  untilBlink = nextBlink();
  return true;
}

/** True half of the time. */
export function coin(): bool {
  return <i32>randomBits() < 0;
}
