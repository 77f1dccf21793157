// Turn-by-turn words for the steps of a leg, by osrm-text-instructions, in every language it has.
import compilerOf from "osrm-text-instructions";
import languages from "osrm-text-instructions/languages.js";
import type { RoadStep } from "./engine.ts";

const compiler = compilerOf("v5");
const TYPES = new Set(Object.keys(languages.instructions.en!.v5));
const ENGLISH = "en";

/**
 * The language of the words for a BCP 47 tag: the longest beginning of the tag that is known, else a language of the same first part
 * (zh and zh-CN: zh-Hans; pt: pt-BR), else English.
 */
export function languageOf(tag: string): string {
  const parts = tag.toLowerCase().split("-");
  if (parts[0] === "nb" || parts[0] === "nn") parts[0] = "no";
  const codes = languages.supportedCodes;
  for (let length = parts.length; length > 0; length--) {
    const found = codes.find((code) => code.toLowerCase() === parts.slice(0, length).join("-"));
    if (found) return found;
  }
  return codes.find((code) => code.toLowerCase().startsWith(`${parts[0]}-`)) ?? ENGLISH;
}

/**
 * One sentence for a step. `destination` names where the leg ends; where it has no name the arrival is at "your destination". (Ordinals, which
 * the library would put there, end at ten, and Chinese without one is not a sentence.)
 */
export function instructionOf(step: RoadStep, language: string, destination: string): string {
  const { type, modifier } = step.maneuver;
  const known = TYPES.has(type) ? type : "turn";
  const side = typeof modifier === "string" ? modifier : "straight";
  const maneuver = {
    ...step.maneuver,
    type: known,
    // Some translations of slight and sharp arrivals name the other side.
    ...(known === "arrive" ? { modifier: modifier && side.replace(/^(slight|sharp) /, "") } : {}),
    ...(known !== "arrive" && known !== "depart" ? { modifier: side } : {}),
  };
  const text = compiler.compile(
    language,
    { ...step, maneuver },
    destination === "" ? {} : { waypointName: destination },
  );
  return text.replace("您的个目的地", "目的地");
}
