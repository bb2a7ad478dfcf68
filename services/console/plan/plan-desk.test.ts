import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { PASSWORD } from "@yardline/identity/testing";
import { openArchive } from "@yardline/timetable/archive";
import { loadTimetable } from "@yardline/timetable/gtfs";
import { zipOf } from "@yardline/timetable/testing";
import type { Timetable } from "@yardline/timetable/timetable";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { buildPage, hasChromium, launchBrowser, openPage } from "../testing/browser.ts";
import { LATE_ROUTE, type RecordedTown, recordTown, serveRecorded } from "../testing/recorded-town.ts";

if (!hasChromium) process.stderr.write("plan-desk.test.ts: skipped, there is no /usr/bin/chromium\n");

/** A question to a history on a loaded machine. */
const ANSWER_MS = 60_000;
/** Mondays of a week in each of two months: line 7 is late in the second one. */
const WEEKS = ["20260921", "20261026"] as const;
const BEFORE = { from: "2026-09-01", to: "2026-09-30" };
const AFTER = { from: "2026-10-01", to: "2026-10-30" };
const PERIOD = `from=${AFTER.from}&to=${AFTER.to}`;
const MORNINGS = `${PERIOD}&route_id=${LATE_ROUTE}&days=workdays`;

/** The timetable of a zip in which some trips have other times. */
async function withTimes(zip: Uint8Array, stop_times: string): Promise<Timetable> {
  const archive = await openArchive(zip);
  const tables: Record<string, string> = {};
  for (const file of archive.files) tables[file] = await text(archive.read(file));
  archive.close();
  const rowsOf = (table = "") =>
    table
      .trim()
      .split(/\r?\n/)
      .map((row) => row.split(","));
  const [[...head] = [], ...changed] = rowsOf(stop_times);
  const [own = [], ...before] = rowsOf(tables["stop_times.txt"]);
  const trips = new Set(changed.map(([trip_id]) => trip_id));
  const kept = before
    .map((row) => head.map((name) => row[own.indexOf(name)] ?? ""))
    .filter(([trip_id]) => !trips.has(trip_id));
  const written = [head, ...kept, ...changed].map((row) => row.join(",")).join("\n");
  return loadTimetable(await zipOf({ ...tables, "stop_times.txt": `${written}\n` }), "town");
}

describe.skipIf(!hasChromium)(
  "the planner's desk on a real history, in Chromium",
  { timeout: 180_000 },
  () => {
    let browser: Browser;
    let town: RecordedTown;
    let dist = "";
    let removePage = async () => {};

    beforeAll(async () => {
      const [built, recorded] = await Promise.all([buildPage(), recordTown(WEEKS)]);
      removePage = built.remove;
      [dist, town] = [built.dist, recorded];
      browser = await launchBrowser();
    }, 600_000);
    afterAll(async () => {
      await browser?.close();
      await Promise.all([town?.close(), removePage()]);
    });

    /** Signed in as somebody, at an address of the desk. */
    async function open(path: string, login = "planner") {
      const url = await serveRecorded(town, dist);
      const watched = await openPage(browser, url, { map: false, acceptDownloads: true });
      onTestFinished(() => watched.close());
      await signIn(watched.page, login);
      await watched.page.goto(url + path);
      return { ...watched, url };
    }
    async function signIn(page: Page, login: string): Promise<void> {
      page.setDefaultTimeout(ANSWER_MS);
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByLabel("Login").fill(login);
      await page.getByLabel("Password").fill(PASSWORD);
      await page.getByRole("dialog").getByRole("button", { name: "Sign in" }).click();
      await page.getByRole("button", { name: "Sign out" }).waitFor();
    }
    const go = (page: Page, name: string) =>
      page.getByRole("navigation", { name: "Reports" }).getByRole("link", { name, exact: true }).click();
    async function saved(page: Page, name: string): Promise<string> {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name }).first().click(),
      ]);
      return readFile(await download.path(), "utf8");
    }

    test("why line 7 is late on weekday mornings, since when, and what would help", async () => {
      const { page, url } = await open(`/plan/on-time?${PERIOD}`);
      // Late when: by hour, on weekdays, of the one line.
      await page.getByLabel("Line", { exact: true }).selectOption(LATE_ROUTE);
      await page.getByLabel("Days of the week").selectOption("workdays");
      await page.getByLabel("Each hour by itself").check();
      const hour = page.getByRole("slider", { name: "Shares of departures" });
      await hour.waitFor();
      const lateAt = async (place: number) => {
        await hour.fill(String(place));
        const [, label, late] =
          /^(\d+:00): .*Late (\d+)%/.exec((await hour.getAttribute("aria-valuetext")) ?? "") ?? [];
        return { label, late: Number(late) };
      };
      const hours = [];
      for (let place = 0; place < 4; place += 1) hours.push(await lateAt(place));
      const worst = hours
        .toSorted((a, b) => b.late - a.late)
        .slice(0, 2)
        .map(({ label }) => label);
      expect(worst.toSorted()).toEqual(["7:00", "8:00"]);

      // Where: one segment loses the time.
      await go(page, "Network map");
      await page.getByLabel("From hour").selectOption({ label: "7:00" });
      await page.getByLabel("To hour").selectOption({ label: "9:00" });
      await page.getByRole("button", { name: "Time lost" }).click();
      const segments = page.getByRole("region", { name: "Time lost" }).getByRole("listitem");
      await segments.first().waitFor();
      await segments.first().getByRole("button").click();
      const [worstSegment = ""] = await segments.allTextContents();
      expect(worstSegment).toMatch(/→.*[3-6]:\d\d min/);
      const link = page.url();
      expect(new URL(link).searchParams.get("chosen")).toMatch(/~/);

      // The link leads another planner, at another browser, to the same.
      const other = await openPage(browser, url, { map: false });
      onTestFinished(() => other.close());
      await signIn(other.page, "planner");
      await other.page.goto(link);
      await other.page.locator(".segment-list [aria-pressed='true']").waitFor();
      expect(await other.page.locator(".segment-list li").first().textContent()).toBe(worstSegment);
      await other.close();

      // One morning of it, trip by trip, by keyboard.
      await page.goto(`${url}/plan/line?${MORNINGS}&date=2026-10-28&at=420&until=540&direction=0`);
      const trips = page.getByRole("region", { name: "Trips" }).getByRole("listitem");
      await trips.first().waitFor();
      await trips.first().getByRole("button").focus();
      await page.keyboard.press("Enter");
      const calls = page.getByRole("table").getByRole("row");
      await calls.nth(1).waitFor();
      const delays = (await calls.allTextContents()).slice(1);
      expect(delays.length).toBeGreaterThan(5);
      expect(await saved(page, "CSV")).toMatch(/^trip_id,start_time,direction_id/);

      // Since when: against the days before.
      await page.goto(`${url}/plan/comparison?${MORNINGS}&hours=7-8`);
      await page.getByRole("button", { name: "A month before" }).click();
      await expect.poll(() => new URL(page.url()).searchParams.get("before_from")).toBe(BEFORE.from);
      expect(new URL(page.url()).searchParams.get("before_to")).toBe(BEFORE.to);
      const row = page.getByRole("row").filter({ hasText: "On time" });
      await row.waitFor();
      const [earlier = 0, later = 0] =
        ((await row.textContent()) ?? "").match(/\d+%/g)?.map((text) => Number.parseInt(text, 10)) ?? [];
      expect(later).toBeLessThan(earlier - 10);

      // What would help, and what it would have done; as GTFS for the scheduling program.
      await page.goto(`${url}/plan/suggested-run-times?${MORNINGS}`);
      await page.getByRole("figure", { name: "On time: now and as suggested" }).waitFor();
      const times = await saved(page, "GTFS: new stop_times.txt");
      expect(times).toMatch(/^trip_id,arrival_time,departure_time,stop_id,stop_sequence\n/);
      // What was saved is taken into the timetable as a scheduling program would, and read like any other.
      const after = await withTimes(town.gtfs, times);
      expect(after.notices).toEqual([]);
      const longer = [...after.trips.values()].filter(({ trip_id, arrival_s }) => {
        const now_s = town.timetable.trips.get(trip_id)?.arrival_s.at(-1) ?? 0;
        return (arrival_s.at(-1) ?? 0) > now_s;
      });
      expect(new Set(longer.map(({ pattern }) => pattern.route.route_id))).toEqual(new Set([LATE_ROUTE]));
      expect(await saved(page, "CSV")).toMatch(/^feed,route_id,direction_id,from_stop_id/);
      expect(await saved(page, "Parquet")).toMatch(/^PAR1/);
      const [picture] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: "PNG" }).click(),
      ]);
      expect((await readFile(await picture.path())).subarray(1, 4).toString()).toBe("PNG");
    });

    test("a day is played again: step by minute, play and pause by keyboard, where it stands is in the address", async () => {
      const { page, wrong } = await open(`/plan/replay?${PERIOD}&date=2026-10-28&at=480`);
      const time = page.getByRole("slider", { name: "Time of the day" });
      await time.waitFor();
      expect(await time.getAttribute("aria-valuetext")).toBe("08:00");
      await page
        .getByRole("region", { name: "Buses at this moment" })
        .getByRole("listitem")
        .first()
        .waitFor();
      await time.focus();
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("Shift+ArrowRight");
      await expect.poll(() => time.getAttribute("aria-valuetext")).toBe("08:11");
      expect(new URL(page.url()).searchParams.get("at")).toBe("491");
      await page.keyboard.press("Space");
      await page.getByRole("button", { name: "Pause" }).waitFor();
      await expect.poll(() => time.getAttribute("aria-valuetext"), { timeout: 20_000 }).not.toBe("08:11");
      await page.keyboard.press("Space");
      await page.getByRole("button", { name: "Play" }).waitFor();
      expect(await saved(page, "CSV")).toMatch(/^at,what,feed,route_id,trip_id,vehicle_id,stop_id/);
      expect(wrong.filter((line) => !/ERR_FAILED|-map-/.test(line))).toEqual([]);
    });

    test("half a period recorded, too long a question, days before the first, and no right: each says so", async () => {
      const { page, url } = await open("/plan/on-time?from=2026-10-21&to=2026-11-20");
      await page.getByText("Recorded are 5 of 31 days").waitFor();
      await page.goto(`${url}/plan/on-time?from=2020-01-01&to=2026-11-01`);
      await page.getByText("Too many days for one question").waitFor();
      await page.goto(`${url}/plan/line?${PERIOD}&date=2031-01-01&route_id=nothing`);
      await page.getByText("The line did not run that day").waitFor();
      await page.goto(`${url}/plan/replay?${PERIOD}&date=2026-08-25`);
      await page.getByText("Nothing was recorded that day").waitFor();
      const other = await open("/plan/network", "administrator");
      await other.page.getByText("This page is not for your account").waitFor();
    });
  },
);
