import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@yardline/domain/time";
import { signInFirst } from "@yardline/testkit/first-account";
import { smallTown, type Tables, zipOf } from "@yardline/timetable/testing";
import { startTown } from "@yardline/town/town";
import { pino } from "pino";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { buildPage, hasChromium, launchBrowser, openPage } from "../testing/browser.ts";

if (!hasChromium) process.stderr.write("timetable-desk.test.ts: skipped, there is no /usr/bin/chromium\n");

const TENANT = "verba";
/** A check in a thread on a loaded machine. */
const CHECKED_MS = 60_000;

/** The small town, for whichever year it is. */
const TOWN: Tables = {
  ...smallTown(),
  "calendar.txt": (smallTown()["calendar.txt"] ?? "").replaceAll("20260101,20261231", "20200101,20991231"),
};
const LATER: Tables = {
  ...TOWN,
  "stop_times.txt": (TOWN["stop_times.txt"] ?? "").replaceAll("08:00:00", "08:01:00"),
};
const { "stops.txt": _, ...STOPLESS } = TOWN;

describe.skipIf(!hasChromium)(
  "the town's timetable, chosen in Chromium in a real town that has none",
  { timeout: 240_000 },
  () => {
    let browser: Browser;
    let built: Awaited<ReturnType<typeof buildPage>>;

    beforeAll(async () => {
      built = await buildPage();
      browser = await launchBrowser();
    }, 120_000);
    afterAll(async () => {
      await browser?.close();
      await built?.remove();
    });

    /** A town of which nothing is known but its name, and its first administrator's browser. */
    async function open() {
      const folder = await mkdtemp(join(tmpdir(), "yardline-first-timetable-"));
      const halt = new AbortController();
      const said: string[] = [];
      const town = await startTown(
        {
          config: { town: { name: "Верба", tenant: TENANT } },
          ...{ folder: join(folder, "data"), pageDir: built.dist, port: 0, base: ".", servers: {} },
          root: join(import.meta.dirname, "../../.."),
          keys: async () => [{ id: "00000000", bytes: new Uint8Array(32) }],
          clock: systemClock,
          log: pino({ level: "silent" }),
          report: (line) => said.push(line),
        },
        halt.signal,
      );
      onTestFinished(async () => {
        halt.abort();
        await town.stopped;
        await rm(folder, { recursive: true, force: true });
      });
      const [name = "", value = ""] = (await signInFirst(said.join("\n"), town.address, TENANT)).split("=");
      const watched = await openPage(browser, town.address, { map: false });
      onTestFinished(() => watched.close());
      await watched.page.context().addCookies([{ name, value, url: town.address }]);
      await watched.page.goto(`${town.address}/admin/timetables`);
      return { url: town.address, ...watched };
    }
    async function send(page: Page, name: string, tables: Tables): Promise<void> {
      const buffer = Buffer.from(await zipOf(tables));
      await page.getByLabel("GTFS file").setInputFiles({ name, mimeType: "application/zip", buffer });
      await page.locator("#offered-timetable").getByText(name).waitFor({ timeout: CHECKED_MS });
    }

    test("a broken file is refused with its findings, the first good one is followed at once, the next from tomorrow, and is taken back", async () => {
      const { page, url, wrong } = await open();
      const stops = () => fetch(`${url}/v1/stops`).then(({ status }) => status);
      await page.getByText("There is no timetable yet").waitFor();
      expect(await stops()).toBe(404);

      await send(page, "broken.zip", STOPLESS);
      await page.getByText("A file or column that GTFS requires is missing.").waitFor();
      await page.getByText("missing_required_file").first().waitFor();
      expect(await page.getByRole("button", { name: "Use this timetable" }).count()).toBe(0);

      await send(page, "осінь.zip", TOWN);
      await page.getByText(/2 lines, \d+ stops, \d+ trips/).waitFor();
      await page.getByRole("button", { name: "Use this timetable" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("button", { name: "Use this timetable" }).click();
      await page.getByText("In use today").waitFor({ timeout: CHECKED_MS });
      expect(await stops()).toBe(200);
      const stop = await openPage(browser, `${url}/stops/east-0`, { viewport: { width: 390, height: 844 } });
      await stop.page.getByRole("heading", { level: 1 }).getByText("Stop east-0").waitFor();
      await stop.close();

      await send(page, "зима.zip", LATER);
      await page.getByRole("button", { name: "Use this timetable" }).click();
      // The day is tomorrow unless somebody says otherwise.
      await dialog.getByRole("button", { name: "Use this timetable" }).click();
      await page.getByText(/^Followed from .* on/).waitFor({ timeout: CHECKED_MS });
      expect(await page.locator(".row-head").filter({ hasText: "In use today" }).count()).toBe(1);

      await page.getByRole("button", { name: "Go back to the one before" }).click();
      await dialog.getByText("зима.zip").waitFor();
      await dialog.getByRole("button", { name: "Go back to the one before" }).click();
      await page.getByText(/^Followed from .* on/).waitFor({ state: "detached", timeout: CHECKED_MS });
      await page.getByText("осінь.zip").waitFor();
      expect(wrong).toEqual([]);
    });
  },
);
