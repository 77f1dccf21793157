import languages from "osrm-text-instructions/languages.js";
import { expect, test } from "vitest";
import type { RoadStep } from "./engine.ts";
import { instructionOf, languageOf } from "./instructions.ts";

const step = (type: string, modifier?: string, more: object = {}): RoadStep => ({
  duration: 10,
  distance: 100,
  name: "Main Street",
  mode: "driving",
  maneuver: { type, location: [120, 30], bearing_after: 90, ...(modifier && { modifier }) },
  ...more,
});

test.each([
  ["zh", "zh-Hans"],
  ["zh-CN", "zh-Hans"],
  ["zh-Hans-CN", "zh-Hans"],
  ["ZH-hans", "zh-Hans"],
  ["en-GB", "en"],
  ["pt", "pt-BR"],
  ["pt-PT", "pt-PT"],
  ["es-MX", "es"],
  ["nb-NO", "no"],
  ["tlh", "en"],
  ["en-x-something", "en"],
])("the words for %s are in %s", (tag, expected) => {
  expect(languageOf(tag)).toBe(expected);
});

test("the arrival names the place; without a name it is the destination, in whole sentences", () => {
  expect(instructionOf(step("arrive", "left"), "en", "order-7")).toBe("You have arrived at order-7, on the left");
  expect(instructionOf(step("arrive", "left"), "en", "")).toBe("You have arrived at your destination, on the left");
  expect(instructionOf(step("arrive", "right"), "zh-Hans", "order-7")).toBe("您已到达order-7，目的地在您右边。");
  expect(instructionOf(step("arrive", "right"), "zh-Hans", "")).toBe("您已经到达目的地，目的地在道路右侧");
  // Both sides are named as they are, whatever the translation says of slight ones.
  expect(instructionOf(step("arrive", "slight right"), "zh-Hans", "")).toContain("右侧");
  expect(instructionOf(step("arrive"), "zh-Hans", "")).toBe("您已经到达目的地");
});

test.each(languages.supportedCodes)("%s has words for every kind of step", (code) => {
  const kinds: RoadStep[] = [
    step("depart"),
    step("arrive"),
    ...["left", "slight right", "straight", "uturn"].flatMap((side) =>
      ["turn", "continue", "fork", "end of road", "new name", "merge", "on ramp", "off ramp", "notification"].map(
        (type) => step(type, side),
      ),
    ),
    step("roundabout", "right", { maneuver: { type: "roundabout", modifier: "right", exit: 3, location: [0, 0] } }),
    step("rotary", "right", { rotary_name: "Circle" }),
    step("use lane", "straight", { intersections: [{ lanes: [{ valid: true }, { valid: false }] }] }),
    // Kinds and sides that the library does not expect.
    step("turn"),
    step("somersault", "left"),
    step("turn", "left", { name: "" }),
  ];
  for (const one of kinds)
    for (const destination of ["", "order-7"]) {
      const words = instructionOf(one, code, destination);
      expect(words.length).toBeGreaterThan(1);
      expect(words).not.toMatch(/undefined|\{|\}/);
    }
});
