import { servedApp } from "@yardline/api/testing/app";
import { memoryBus, memoryIndex } from "@yardline/api/testing/fakes";
import { testIdentity } from "@yardline/api/testing/people";
import { CAMERA, NOON_MS, presence, TENANT } from "@yardline/api/testing/scenes";
import type { YardlineEvent } from "@yardline/events/event";
import { PASSWORD } from "@yardline/identity/testing";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { buildPage, hasChromium, launchBrowser, openPage } from "../testing/browser.ts";

if (!hasChromium) process.stderr.write("duty.test.ts: skipped, there is no /usr/bin/chromium\n");

/** Somebody seen so long ago, by a track of their own. */
function seen(track: string, ago_s: number, severity: "info" | "notice" | "alarm" = "notice"): YardlineEvent {
  return presence(Math.round((Date.now() - NOON_MS) / 1_000) - ago_s, { severity, data: { track } });
}

describe.skipIf(!hasChromium)("the duty desk in Chromium, on the real doors", { timeout: 60_000 }, () => {
  let browser: Browser;
  let dist = "";
  let removePage = async () => {};

  beforeAll(async () => {
    const built = await buildPage();
    removePage = built.remove;
    dist = built.dist;
    browser = await launchBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await removePage();
  });

  /** A town with two colleagues. */
  async function openTown(...events: readonly YardlineEvent[]) {
    const { identity } = await testIdentity();
    await identity.accounts.create("petro", {
      name: "Петро",
      password: PASSWORD,
      grants: [{ tenant: TENANT, role: "dispatcher" }],
    });
    const [index, bus] = [memoryIndex(), memoryBus()];
    await index.put(events);
    const { url } = await servedApp({
      ...{ index, bus, identity, pageDir: dist },
      cameras: { listCameras: () => [CAMERA] },
      clock: { now_ms: () => Date.now(), monotonic_ms: () => performance.now() },
    });
    async function open(login: string, path = "/duty") {
      const watched = await openPage(browser, url + path, { map: false });
      onTestFinished(() => watched.close());
      const { page } = watched;
      page.setDefaultTimeout(15_000);
      const answer = await page.request.post(`${url}/v1/session`, { data: { login, password: PASSWORD } });
      expect(answer.status()).toBe(200);
      await page.reload();
      await page.locator(".duty-queue").waitFor();
      return watched;
    }
    const say = async (event: YardlineEvent) => {
      await index.put([event]);
      bus.say(event);
    };
    return { open, say, identity, url };
  }
  const rows = (page: Page) => page.locator(".queue-row");
  const poll = <Value>(ask: () => Value) => expect.poll(ask, { timeout: 20_000 });
  const live = (page: Page) => page.getByText("Live", { exact: true }).first().waitFor();
  const timesOf = (page: Page) => rows(page).locator("time").allTextContents();

  test("what comes appears by itself; while somebody reads it waits, and nothing moves", async () => {
    const { open, say } = await openTown(seen("a", 300), seen("b", 200), seen("nobody minds", 100, "info"));
    const { page } = await open("dispatcher");
    await poll(() => rows(page).count()).toBe(2);
    await live(page);
    await say(seen("c", 60));
    await poll(() => rows(page).count()).toBe(3);
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    expect(await rows(page).nth(1).getAttribute("aria-current")).toBe("true");
    expect(await page.evaluate(() => document.activeElement?.classList.contains("queue-row"))).toBe(true);
    expect(new URL(page.url()).pathname).toMatch(/^\/duty\/events\/./);
    const before = await timesOf(page);
    await say(seen("d", 30, "alarm"));
    await page.getByRole("button", { name: /^1 new thing: show/ }).waitFor();
    expect(await timesOf(page)).toEqual(before);
    await page
      .getByRole("status")
      .filter({ hasText: "2 new things have come" })
      .waitFor({ state: "attached" });
    await page.keyboard.press("w");
    await poll(() => timesOf(page)).toHaveLength(4);
    expect((await timesOf(page)).slice(1)).toEqual(before);
    await page.reload();
    await page.locator(".stage-head").waitFor();
  });

  test("an event is claimed, noted and closed by keys alone, and a colleague sees it happen", async () => {
    const { open } = await openTown(seen("a", 300));
    const [olena, petro] = await Promise.all([open("dispatcher"), open("petro")]);
    const { page } = olena;
    await rows(page).first().waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("c");
    await page.locator(".queue-row", { hasText: "In hand" }).waitFor();
    await petro.page.locator(".queue-row", { hasText: "dispatcher" }).waitFor();
    expect(new URL(page.url()).pathname).toMatch(/^\/duty\/incidents\//);
    await page.keyboard.press("n");
    await page.keyboard.type("jc dx: two boys, w?");
    expect(await page.getByLabel("Note").inputValue()).toBe("jc dx: two boys, w?");
    await page.getByRole("button", { name: "Keep the note" }).click();
    await page.getByRole("region", { name: "What was done" }).getByText("two boys").waitFor();
    await rows(page).first().focus();
    await page.keyboard.press("d");
    await page.getByRole("dialog").getByLabel("Why").fill("they went home");
    await page.keyboard.press("Enter");
    await poll(() => rows(page).count()).toBe(0);
    await poll(() => rows(petro.page).count()).toBe(0);
    expect([...olena.wrong, ...petro.wrong].filter((line) => !/Failed to load|town-map/.test(line))).toEqual(
      [],
    );
  });

  test("two edit one incident: who was first is shown, and a taking over is said, with nothing lost", async () => {
    const { open } = await openTown(seen("a", 300));
    const { page: olena } = await open("dispatcher");
    await rows(olena).first().waitFor();
    await olena.keyboard.press("j");
    await olena.keyboard.press("c");
    await olena.locator(".queue-row", { hasText: "In hand" }).waitFor();
    const { page: petro } = await open("petro", new URL(olena.url()).pathname);
    await petro.locator(".stage-head").waitFor();
    await olena.keyboard.press("x");
    await olena.getByRole("dialog").getByLabel("Why").fill("a fire in house 4");
    await petro.locator(".queue-row", { hasText: "dispatcher is editing" }).waitFor();
    await petro.keyboard.press("d");
    const his = petro.getByRole("dialog");
    await his.getByText("dispatcher is editing this now.").waitFor();
    await his.getByLabel("Why").fill("false alarm");
    await his.getByRole("button", { name: "Close the incident" }).click();
    await his.getByText(/is editing it, until/).waitFor();
    await his.getByRole("button", { name: "Take over" }).click();
    const hers = olena.getByRole("dialog");
    await hers.getByText("petro has taken the editing over.").waitFor();
    expect(await hers.getByLabel("Why").inputValue()).toBe("a fire in house 4");
    await his.locator(".edit-turn").waitFor({ state: "detached" });
    await his.getByRole("button", { name: "Close the incident" }).click();
    await his.waitFor({ state: "hidden" });
    await poll(() => rows(petro).count()).toBe(0);
  });

  test("the help names every key, and turns them off", async () => {
    const { open } = await openTown(seen("a", 300));
    const { page } = await open("dispatcher");
    await rows(page).first().waitFor();
    await page.keyboard.press("?");
    const help = page.getByRole("dialog");
    await help.getByText("Next in the queue").waitFor();
    await page.keyboard.press("j");
    expect(new URL(page.url()).pathname).toBe("/duty");
    await help.getByLabel("Keys are on").uncheck();
    await page.keyboard.press("Escape");
    await help.waitFor({ state: "hidden" });
    await page.keyboard.press("j");
    await page.keyboard.press("?");
    expect([new URL(page.url()).pathname, await help.count()]).toEqual(["/duty", 0]);
    await page.getByRole("button", { name: "Keys" }).click();
    await help.getByLabel("Keys are on").check();
    await help.getByRole("button", { name: "Close" }).click();
    await page.keyboard.press("j");
    await page.locator(".stage-head").waitFor();
  });
});
