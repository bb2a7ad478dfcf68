import { servedApp } from "@yardline/api/testing/app";
import { memoryIndex } from "@yardline/api/testing/fakes";
import { testIdentity } from "@yardline/api/testing/people";
import { CAMERA, NOON_MS, presence as seen } from "@yardline/api/testing/scenes";
import { PASSWORD } from "@yardline/identity/testing";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { buildPage, hasChromium, launchBrowser, openPage } from "../testing/browser.ts";
import { presence } from "../testing/fake-events.ts";
import { makeMedia } from "../testing/fake-media.ts";
import { type FakeTown, startFakeTown } from "../testing/fake-town.ts";

const HOUR_MS = 3_600_000;

describe.skipIf(!hasChromium)("the duty desk when something goes wrong", { timeout: 60_000 }, () => {
  let browser: Browser;
  let town: FakeTown;
  let dist = "";
  let removePage = async () => {};

  beforeAll(async () => {
    const [built, media] = await Promise.all([buildPage(), makeMedia()]);
    removePage = built.remove;
    dist = built.dist;
    [browser, town] = await Promise.all([launchBrowser(), startFakeTown({ dist, media })]);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await Promise.all([town?.close(), removePage()]);
  });

  async function open(url: string, prepare?: (page: Page) => Promise<void>): Promise<Page> {
    const watched = await openPage(browser, url, { map: false });
    onTestFinished(() => watched.close());
    watched.page.setDefaultTimeout(20_000);
    if (prepare) {
      await prepare(watched.page);
      await watched.page.reload();
    }
    return watched.page;
  }
  const rows = (page: Page) => page.locator(".queue-row");
  const poll = <Value>(ask: () => Value) => expect.poll(ask, { timeout: 20_000 });
  const live = (page: Page) => page.getByText("Live", { exact: true }).first().waitFor();
  const grave = (track: string, at_ms: number) => ({
    ...presence(track, at_ms),
    severity: "notice" as const,
  });

  test("a session that ends in mid-work takes no word away: neither the note nor the form that was open", async () => {
    const { identity } = await testIdentity();
    const index = memoryIndex();
    await index.put([seen(Math.round((Date.now() - NOON_MS) / 1_000) - 300, { severity: "notice" })]);
    const { url } = await servedApp({
      ...{ index, identity, pageDir: dist },
      cameras: { listCameras: () => [CAMERA] },
      clock: { now_ms: () => Date.now(), monotonic_ms: () => performance.now() },
    });
    const page = await open(`${url}/duty`, async ({ request }) => {
      await request.post(`${url}/v1/session`, { data: { login: "dispatcher", password: PASSWORD } });
    });
    await rows(page).first().waitFor();
    await page.keyboard.press("j");
    await page.getByLabel("Note").fill("Two boys by the fence.");
    await rows(page).first().focus();
    await page.keyboard.press("d");
    const form = page.getByRole("dialog").filter({ hasText: "How it ended" });
    await form.getByLabel("Why").fill("they went home");
    await identity.accounts.change("dispatcher", { password: `${PASSWORD} staple` });
    await form.getByRole("button", { name: "Close the incident" }).click();
    const again = page.getByRole("dialog").filter({ hasText: "Your session has ended." });
    await again.getByLabel("Login").fill("dispatcher");
    await again.getByLabel("Password").fill(`${PASSWORD} staple`);
    await page.keyboard.press("Enter");
    await again.waitFor({ state: "hidden" });
    expect(await form.getByLabel("Why").inputValue()).toBe("they went home");
    await page.keyboard.press("Escape");
    expect(await page.getByLabel("Note").inputValue()).toBe("Two boys by the fence.");
    // Not even a page that is loaded anew.
    await page.reload();
    await poll(() => page.getByLabel("Note").inputValue()).toBe("Two boys by the fence.");
    await page.getByRole("button", { name: "Keep the note" }).click();
    await page.getByRole("region", { name: "What was done" }).getByText("Two boys").waitFor();
    expect(await page.getByLabel("Note").inputValue()).toBe("");
  });

  test("while nobody answers a note stays, and what happened meanwhile is there afterwards", async () => {
    town.emit(grave("before", Date.now() - 60_000));
    const page = await open(`${town.url}/duty`);
    await live(page);
    await rows(page).first().waitFor();
    const before = await rows(page).count();
    await page.keyboard.press("j");
    await page.getByLabel("Note").fill("No answer from the patrol.");
    town.setDown(true);
    await page.getByText("Reconnecting…").waitFor();
    await page.getByRole("button", { name: "Keep the note" }).click();
    await page.getByRole("alert").filter({ hasText: "does not answer" }).first().waitFor();
    expect(await page.getByLabel("Note").inputValue()).toBe("No answer from the patrol.");
    town.emit(grave("during", Date.now()));
    town.setDown(false);
    await live(page);
    await page.getByRole("button", { name: /^1 new thing: show/ }).waitFor();
    await page.getByRole("button", { name: "Keep the note" }).click();
    await page
      .getByRole("region", { name: "What was done" })
      .getByText("No answer from the patrol.")
      .waitFor();
    expect(await rows(page).count()).toBe(before);
  });

  test("a tab that slept for a night knows in the morning what happened", async () => {
    const page = await open(`${town.url}/duty`, (opened) => opened.clock.install());
    await live(page);
    const hide = (hidden: boolean) =>
      page.evaluate((now) => {
        Object.defineProperty(document, "hidden", { configurable: true, value: now });
        document.dispatchEvent(new Event("visibilitychange"));
      }, hidden);
    await hide(true);
    await page.clock.fastForward(8 * HOUR_MS);
    const streams = () => town.asked.filter((path) => path === "/v1/events/stream").length;
    const asleep = streams();
    town.emit(grave("in the night", Date.now()));
    const before = await rows(page).count();
    await hide(false);
    await poll(streams).toBe(asleep + 1);
    await page.clock.runFor(2_000);
    await poll(() => rows(page).count()).toBe(before + 1);
  });

  test("a device whose clock is an hour wrong shows the town's time, and asks for the town's hours", async () => {
    const wrong_ms = Date.now() + HOUR_MS;
    const page = await open(`${town.url}/duty`, (opened) => opened.clock.install({ time: wrong_ms }));
    await rows(page).first().waitFor();
    const clock = new Intl.DateTimeFormat("en-GB", {
      hour: "2-digit",
      minute: "2-digit",
      timeZone: "Europe/Kyiv",
    });
    const about = [-1, 0, 1].map((minutes) => clock.format(Date.now() + minutes * 60_000));
    expect(about).toContain(await page.locator(".header-side time").textContent());
    const asked = town.asked.findLast((path) => path.startsWith("/v1/events?"));
    const from_ms = Date.parse(new URL(asked ?? "", town.url).searchParams.get("from") ?? "");
    expect(Math.abs(Date.now() - 12 * HOUR_MS - from_ms)).toBeLessThan(5 * 60_000);
  });
});
