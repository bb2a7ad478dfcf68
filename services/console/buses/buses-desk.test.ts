import { PASSWORD } from "@yardline/identity/testing";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { buildPage, hasChromium, launchBrowser, openPage } from "../testing/browser.ts";
import { runTown } from "../testing/running-town.ts";

if (!hasChromium) process.stderr.write("buses-desk.test.ts: skipped, there is no /usr/bin/chromium\n");

/** A Monday, just after a bus of line 1 set out: block 1-1 by the timetable at 8:10, block 1-2 at 8:18. */
const BEGAN_MS = Date.parse("2026-06-01T08:19:30+03:00");
const HEADWAY_S = 8 * 60;
/** The last stop but one, which it reaches at half past eight. */
const STOP = "shkola1-1";
const DUE = ["08:23", "08:31"];
const PHONE = { viewport: { width: 390, height: 844 } };

describe.skipIf(!hasChromium)(
  "the dispatcher's buses on a running town, in Chromium",
  { timeout: 240_000 },
  () => {
    let browser: Browser;
    let dist = "";
    let removePage = async () => {};

    beforeAll(async () => {
      const built = await buildPage();
      [dist, removePage] = [built.dist, built.remove];
      browser = await launchBrowser();
    }, 120_000);
    afterAll(async () => {
      await browser?.close();
      await removePage();
    });

    async function open(url: string, options: Parameters<typeof openPage>[2] = {}) {
      const watched = await openPage(browser, url, { map: false, ...options });
      onTestFinished(() => watched.close());
      watched.page.setDefaultTimeout(60_000);
      return watched;
    }
    async function signIn(page: Page, login: string) {
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByLabel("Login").fill(login);
      await page.getByLabel("Password").fill(PASSWORD);
      await page.getByRole("dialog").getByRole("button", { name: "Sign in" }).click();
      await page.getByRole("button", { name: "Sign out" }).waitFor();
    }
    const poll = <Value>(ask: () => Value) => expect.poll(ask, { timeout: 60_000 });
    /** How the buses of both blocks are known at the stop: a live one by its delay. */
    const board = async (page: Page) => {
      const rows = page.getByRole("list", { name: "Arrivals" }).getByRole("listitem");
      const texts = (await rows.allTextContents()).filter((text) => text.includes("Live"));
      return DUE.map((time) => {
        const live = texts.find((text) => text.includes(`Scheduled for ${time}.`));
        return live === undefined ? "not seen" : /\d+ min late|on time/i.exec(live)?.[0];
      });
    };

    test("a bus whose tracker nobody knew is adopted, put on the right block, and taken off again: the stop's page follows", async () => {
      const town = await runTown(dist, BEGAN_MS, []);
      // Late by a whole headway: for whoever only sees where it is, it is the next block's bus and on time.
      town.drive({ device_id: "860719020017", block_id: "1-1", late_s: HEADWAY_S });
      const { page: resident, wrong } = await open(`${town.url}/stops/${STOP}`, PHONE);
      await poll(() => board(resident)).toEqual(["not seen", "not seen"]);

      const { page } = await open(town.url);
      await signIn(page, "dispatcher");
      await page.goto(`${town.url}/buses`);
      const unknown = page.getByRole("region", { name: "Unknown trackers" });
      await unknown.getByRole("listitem").filter({ hasText: "860719020017" }).getByRole("button").click();
      await page.getByRole("dialog").getByLabel("Bus").fill("207");
      await page.keyboard.press("Enter");
      await page.getByText("Tracker 860719020017 is on 207 now.").waitFor();

      // It drives, and looks like the next block.
      const block = (name: string) => page.locator(".duty-list > li").filter({ hasText: `Block ${name}` });
      await block("1-2")
        .getByText(/^207, \d+% sure$/)
        .waitFor();
      await block("1-1").getByText("Nobody is seen on it").waitFor();
      await poll(() => board(resident)).toEqual(["not seen", "on time"]);

      await block("1-1").getByRole("button", { name: "Assign a bus" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Bus").fill("207");
      await dialog.getByLabel("Why").fill("set out late");
      await page.keyboard.press("Enter");
      await page.getByText("207 → 1-1").waitFor();
      await block("1-1")
        .getByText(/^207, \d+% sure$/)
        .waitFor();
      await poll(() => board(resident)).toEqual(["8 min late", "not seen"]);

      await page.getByRole("button", { name: "Undo the order" }).click();
      await page.getByText("Undone").waitFor();
      await poll(() => board(resident)).toEqual(["not seen", "on time"]);
      await block("1-2")
        .getByText(/^207, \d+% sure$/)
        .waitFor();
      // This town sends no reminders, and says so with 404.
      expect(wrong.filter((line) => !line.includes("404"))).toEqual([]);
    });
  },
);
