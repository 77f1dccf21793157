// What a road engine gives: tables of times and distances, single ways with their steps, and errors in its own words.

/** Degrees north and east, WGS 84. */
export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

/** Times and distances from every source (row) to every destination (column), row-major. */
export interface RoadTable {
  /** Seconds, >= 0; -1: no way. */
  readonly seconds: Float64Array;
  /** Metres, >= 0; -1: no way. */
  readonly metres: Float64Array;
}

/** A step as OSRM's HTTP interface version 5 gives it, cut down to what instructions are made of. */
export interface RoadStep {
  readonly duration: number;
  readonly distance: number;
  readonly name: string;
  readonly mode: string;
  readonly maneuver: {
    readonly type: string;
    /** Longitude, latitude. */
    readonly location: readonly [number, number];
    readonly [more: string]: unknown;
  };
  readonly [more: string]: unknown;
}

/** The way between two points. */
export interface RoadWay {
  readonly seconds: number;
  readonly metres: number;
  /** Polyline with 6 decimals, latitude first. */
  readonly geometry: string;
  /** Empty where they were not asked for. */
  readonly steps: readonly RoadStep[];
}

/** A server or library that knows roads. All calls reject with RoadError, and with the signal's reason once it is aborted. */
export interface RoadEngine {
  /** Name for people and for the cache: kind and place. */
  readonly name: string;
  /** Most sources and destinations of one table. */
  readonly block: { readonly sources: number; readonly destinations: number };
  table(
    profile: string,
    sources: readonly Point[],
    destinations: readonly Point[],
    signal: AbortSignal,
  ): Promise<RoadTable>;
  /** Undefined: there is no way. */
  way(profile: string, from: Point, to: Point, steps: boolean, signal: AbortSignal): Promise<RoadWay | undefined>;
  /** Which of the points lie near a road, in the points' order. */
  onRoad(profile: string, points: readonly Point[], signal: AbortSignal): Promise<boolean[]>;
}

/**
 * How a road engine failed: `away` (not reached, or it says it cannot serve), `slow` (no answer in time), `nonsense` (an answer that is
 * none), `refused` (it does not take the question), `too_big` (the table is over its limit), `off_road` (a point without a road near it).
 */
export type RoadFault = "away" | "slow" | "nonsense" | "refused" | "too_big" | "off_road";

/** A road engine's failure, with its own words. */
export class RoadError extends Error {
  override readonly name = "RoadError";
  readonly fault: RoadFault;

  constructor(fault: RoadFault, message: string) {
    super(message);
    this.fault = fault;
  }
}
