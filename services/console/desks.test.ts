import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { buildPage, hasChromium, launchBrowser, openPage, type WatchedPage } from "./testing/browser.ts";
import { makeMedia } from "./testing/fake-media.ts";
import { type FakeTown, startFakeTown } from "./testing/fake-town.ts";

describe.skipIf(!hasChromium)("the desks in Chromium", () => {
  let browser: Browser;
  let town: FakeTown;
  let opened: WatchedPage[] = [];
  let removePage = async () => {};

  beforeAll(async () => {
    const [{ dist, remove }, media] = await Promise.all([buildPage(), makeMedia()]);
    removePage = remove;
    [browser, town] = await Promise.all([launchBrowser(), startFakeTown({ dist, media })]);
  }, 60_000);
  afterEach(async () => {
    await Promise.all(opened.map((each) => each.close()));
    opened = [];
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all([town?.close(), removePage()]);
  });

  async function open(path: string): Promise<WatchedPage> {
    const watched = await openPage(browser, town.url + path, { map: false });
    opened.push(watched);
    return watched;
  }
  const rows = (page: Page) => page.locator(".event-row");
  const poll = <Value>(ask: () => Value) => expect.poll(ask, { timeout: 10_000 });

  test("the dispatcher's buses: what nobody drives comes first, and an order is given and shown", async () => {
    const { page, wrong } = await open("/buses");
    const cards = page.locator(".duty-list > li");
    await cards.first().waitFor();
    expect(await cards.locator("h2").allTextContents()).toEqual([
      expect.stringContaining("Block 102"),
      expect.stringContaining("Block 101"),
      expect.stringContaining("Block 103"),
    ]);
    await cards.first().getByText("Nobody is seen on it").waitFor();
    await cards.nth(1).getByText("12, 97% sure").waitFor();
    await cards.first().getByRole("button", { name: "Assign a bus" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Bus").fill("7");
    await dialog.getByLabel("Why").fill("12 broke down");
    await page.keyboard.press("Enter");
    await page.getByText("7 → 102").waitFor();
    expect(town.ordered.at(-1)).toEqual({
      what: {
        order: "assign",
        vehicle_id: "7",
        duty: { feed: "town", service_date: "20261005", block_id: "102" },
      },
      by: "visitor",
      why: "12 broke down",
    });
    await page.getByRole("button", { name: "Close a stop" }).click();
    await dialog.getByLabel("Stop").selectOption({ label: "Ринок" });
    await dialog.getByLabel("Why").fill("road works");
    await dialog.getByRole("button", { name: "Give the order" }).click();
    await page.getByText("Close a stop Ринок").waitFor();
    expect(town.ordered.at(-1)).toMatchObject({
      what: { order: "close-stop" },
      until: expect.stringMatching(/Z$/),
    });
    expect(wrong).toEqual([]);
  });

  test("the planner's desk: a report with what it means, of days that stand in the address", async () => {
    const { page, wrong } = await open("/plan/on-time?from=2026-10-01&to=2026-10-07");
    await page.getByRole("heading", { name: "On time" }).waitFor();
    await page.getByText("Seen were 9,105 of 9,744 planned calls").waitFor();
    await page.getByRole("figure", { name: "Shares of departures" }).waitFor();
    const place = page.getByRole("slider");
    await place.focus();
    await page.keyboard.press("ArrowRight");
    expect(await place.getAttribute("aria-valuetext")).toBe("2А / 2: On time 63%, Early 11%, Late 26%");
    expect(await page.getByRole("row").allTextContents()).toEqual([
      "LineDirectionObservedEarlyOn timeLateMean delay",
      "104,2102%91%7%1:04",
      "2А13,89011%63%26%−1:15",
    ]);
    await page.getByLabel("Line", { exact: true }).selectOption("r2");
    await page.getByLabel("Days of the week").selectOption("workdays");
    expect(new URL(page.url()).search).toBe("?from=2026-10-01&to=2026-10-07&route_id=r2&days=workdays");
    await poll(() => town.asked.some((path) => path.includes("route_id=r2&weekday=1&weekday=2"))).toBe(true);
    expect(await page.getByRole("link", { name: "CSV" }).getAttribute("href")).toContain("format=csv");
    await page.getByRole("link", { name: "Headways" }).click();
    await page.getByText("The report could not be made").waitFor();
    await page.goBack();
    await page.getByText("Seen were 9,105").waitFor();
    expect(wrong.filter((line) => !line.includes("404"))).toEqual([]);
    await page.getByRole("navigation", { name: "Desks" }).getByRole("link", { name: "Situation" }).click();
    await rows(page).first().waitFor();
  });

  test("an incident out of an event: opened, claimed, noted, closed; what was done stays", async () => {
    const { page } = await open("/");
    await rows(page).first().click();
    await page.getByRole("button", { name: "New incident" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("What happened").fill("Two boys climb the fence");
    await dialog.getByLabel("What for recordings are looked at").fill("public order");
    await dialog.getByRole("button", { name: "Open it" }).click();
    await page.getByRole("heading", { name: "Two boys climb the fence" }).waitFor();
    expect(new URL(page.url()).pathname).toBe("/incidents/1");
    await page.getByRole("button", { name: "Claim" }).click();
    await page.getByText("In hand").first().waitFor();
    await page.getByLabel("Note").fill("They went home.");
    await page.getByRole("button", { name: "Keep the note" }).click();
    await page.getByText("They went home.").waitFor();
    expect(await page.getByLabel("Note").inputValue()).toBe("");
    await page.getByRole("button", { name: "Close the incident" }).click();
    await dialog.getByLabel("How it ended").selectOption("nothing-found");
    await dialog.getByLabel("Why").fill("no damage");
    await dialog.getByRole("button", { name: "Close the incident" }).click();
    await page.getByText("Nothing found").waitFor();
    const log = page.getByRole("region", { name: "What was done" }).getByRole("listitem");
    await poll(() => log.count()).toBe(4);
    expect(await log.first().textContent()).toMatch(/closed it[\s\S]*no damage/);
    await page.getByText("No open incident").waitFor();
    await page.getByLabel("Closed ones too").check();
    await page.locator(".incident-row").waitFor();
  });
});
