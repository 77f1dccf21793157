import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { planHtml } from "../../cli/report/html.ts";
import { HOSTILE, sampleRequest, sampleResponse } from "./sample-plan.ts";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const missing = !existsSync(executablePath);
if (missing && process.env.CI) throw new Error(`no browser at ${executablePath}: install chromium or set CHROMIUM`);
if (missing) console.warn(`SKIPPED: no browser at ${executablePath}; set CHROMIUM to run the tests of the plan page`);

describe.skipIf(missing)("the plan page", () => {
  let folder: string;
  let browser: Browser;
  let page: Page;
  let errors: string[];
  let requests: string[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "plan-page-"));
    writeFileSync(join(folder, "plan.html"), planHtml(sampleRequest(), sampleResponse()));
    browser = await chromium.launch({
      executablePath,
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run"],
    });
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  beforeEach(async () => {
    errors = [];
    requests = [];
    page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    page.on("console", (message) => errors.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => errors.push(error.message));
    const own = pathToFileURL(join(folder, "plan.html")).href;
    await page.route("**/*", (route) => {
      if (route.request().url() === own) return route.continue();
      requests.push(route.request().url());
      return route.abort();
    });
    await page.goto(own);
  });

  afterEach(async () => {
    await page.close();
    expect(errors).toEqual([]);
    expect(requests).toEqual([]);
  });

  const width = async (locator: Locator) => (await locator.boundingBox())!.width;
  const count = (selector: string) => page.locator(selector).count();

  test("draws every route, stop and order left out", async () => {
    expect(await count(".map .route")).toBe(3);
    expect(await count(".map .stop.service")).toBe(6);
    expect(await count(".map .stop.supply")).toBe(1);
    expect(await count(".map .left-out")).toBe(2);
    expect(await count(".map .centre")).toBe(1);
    expect(await count(".map .home.unused")).toBe(1);
    // The break is taken at o1, whose mark stands there already.
    expect(await count(".map .stop.break")).toBe(0);
  });

  test("the timeline has a lane for each route and a bar for each part of its time", async () => {
    expect(await count(".lane")).toBe(3);
    expect(await count(".bar.service")).toBe(6);
    expect(await count(".bar.break")).toBe(1);
    expect(await count(".bar.supply")).toBe(1);
    expect(await count(".bar.wait")).toBe(1);
    expect(await count(".bar.is-late")).toBe(1);
    // Legs of 7 stops (the break has none) and the ways home of e1 and e3.
    expect(await count(".bar.travel")).toBe(9);
  });

  test("bars are as long as the time they stand for", async () => {
    const bars = page.locator('.lane[data-route="1"] .bar.service');
    const [first, second] = [await width(bars.first()), await width(bars.last())];
    // o3 takes 40 minutes, o4 50.
    expect(second / first).toBeCloseTo(50 / 40, 2);
  });

  test("a click on an engineer highlights the route and opens its stops, a second click takes it back", async () => {
    const pick = page.getByRole("button", { name: "王磊" });
    await pick.click();
    expect(await page.locator(".map .route.selected").getAttribute("data-route")).toBe("1");
    expect(await page.locator(".lane.selected").getAttribute("data-route")).toBe("1");
    expect(await pick.getAttribute("aria-expanded")).toBe("true");
    expect(await count("table.stops:visible")).toBe(1);
    expect(await page.locator("#stops-1 tbody tr").count()).toBe(2);
    const others = await page.evaluate<number[]>(
      `[...document.querySelectorAll(".map .route:not(.selected)")].map((route) => Number(getComputedStyle(route).opacity))`,
    );
    expect(others.length).toBe(2);
    for (const opacity of others) expect(opacity).toBeLessThan(0.5);
    await pick.click();
    expect(await count(".selected")).toBe(0);
    expect(await count("table.stops:visible")).toBe(0);
  });

  test("the keyboard selects an engineer and Escape lets go", async () => {
    await page.getByRole("button", { name: "林晓" }).focus();
    await page.keyboard.press("Enter");
    expect(await count(".lane.selected")).toBe(1);
    await page.keyboard.press("Escape");
    expect(await count(".lane.selected")).toBe(0);
  });

  test("a click on a stop of the map selects its route", async () => {
    await page.locator('.map .route[data-route="2"] .stop').first().click();
    expect(await page.locator(".lane.selected").getAttribute("data-route")).toBe("2");
  });

  test("the pointer on a stop shows its details", async () => {
    await page.locator('.lane[data-route="0"] .bar.service').first().hover();
    const words = await page.locator("#tip").textContent();
    expect(words).toContain("2. service o1, 林晓");
    expect(words).toContain("09:00–09:40, arrives 08:55");
    expect(words).toContain("parts: 1 × SCR-13 from 浦东中心");
  });

  test("labels of orders stay text", async () => {
    await page.getByRole("button", { name: "林晓" }).click();
    expect(await page.locator("#stops-0").textContent()).toContain(HOSTILE);
    expect(await page.evaluate("globalThis.hacked")).toBeUndefined();
    expect(await count("img, body script:not(:last-of-type)")).toBe(0);
  });

  test("zoom enlarges the map and keeps the size of its marks", async () => {
    const mark = page.locator(".map .stop.service").first();
    const before = await width(mark.locator("circle"));
    await page.getByRole("button", { name: "Zoom in" }).click();
    const box = (await page.locator("#map").getAttribute("viewBox"))!.split(" ").map(Number);
    expect(box[2]).toBeCloseTo(640 * 0.7, 6);
    const after = await width(mark.locator("circle"));
    expect(after).toBeCloseTo(before, 1);
    await page.getByRole("button", { name: "Show all" }).click();
    expect(await page.locator("#map").getAttribute("viewBox")).toMatch(/^0 0 640 /);
  });

  test("nothing is wider than a narrow window", async () => {
    await page.setViewportSize({ width: 400, height: 800 });
    await page.getByRole("button", { name: "林晓" }).click();
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(400);
  });
});
