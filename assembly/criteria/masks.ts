// Bits of the hard pair criteria, in catalogue order; solver/model/masks.ts has their names.

export const FAILS_TERRITORY: i32 = 1;
export const FAILS_SKILL: i32 = 2;
export const FAILS_PROFICIENCY: i32 = 4;
export const FAILS_BRAND: i32 = 8;
export const FAILS_PREFERENCE: i32 = 16;
export const FAILS_CONTINUITY: i32 = 32;
export const FAILS_ACCEPTANCE: i32 = 64;
export const FAILS_VEHICLE: i32 = 128;
export const FAILS_TRUST: i32 = 256;
export const FAILS_BUDGET: i32 = 512;
export const FAILS_STABILITY: i32 = 1024;
