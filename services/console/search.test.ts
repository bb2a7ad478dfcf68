import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { buildPage, hasChromium, launchBrowser, openPage, type WatchedPage } from "./testing/browser.ts";
import { makeMedia } from "./testing/fake-media.ts";
import { type FakeTown, startFakeTown } from "./testing/fake-town.ts";

if (!hasChromium) process.stderr.write("search.test.ts: skipped, there is no /usr/bin/chromium\n");

describe.skipIf(!hasChromium)("the search in Chromium", () => {
  let browser: Browser;
  let town: FakeTown;
  let opened: WatchedPage[] = [];
  let removePage = async () => {};

  beforeAll(async () => {
    const [{ dist, remove }, media] = await Promise.all([buildPage(), makeMedia()]);
    removePage = remove;
    [browser, town] = await Promise.all([launchBrowser(), startFakeTown({ dist, media })]);
  }, 240_000);
  afterEach(async () => {
    town.setDown(false);
    await Promise.all(opened.map((each) => each.close()));
    opened = [];
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all([town?.close(), removePage()]);
  });

  async function open(path: string, options: Parameters<typeof openPage>[2] = {}): Promise<WatchedPage> {
    const watched = await openPage(browser, town.url + path, { map: false, ...options });
    opened.push(watched);
    return watched;
  }
  const box = (page: Page) => page.getByRole("combobox", { name: "Search events" });
  const count = (page: Page) => page.locator(".search-count");
  const typed = (page: Page) => box(page).inputValue();

  test("is typed by keyboard alone, with what may come next, and asked with Enter", async () => {
    const { page, wrong } = await open("/search");
    await count(page).getByText("102 events").waitFor();
    await box(page).focus();
    await page.keyboard.type("lab");
    await page.getByRole("option", { name: "label:" }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    expect(await typed(page)).toBe("label:");
    await page.keyboard.type("do");
    await page.keyboard.press("ArrowDown");
    expect(await box(page).getAttribute("aria-activedescendant")).toMatch(/-0$/);
    await page.keyboard.press("Enter");
    expect(await typed(page)).toBe("label:dog ");
    await page.keyboard.press("Enter");
    await count(page).getByText("9 events").waitFor();
    expect(new URL(page.url()).search).toBe("?q=label%3Adog");
    expect(await page.locator(".result").count()).toBe(9);
    expect(wrong).toEqual([]);
  });

  test("what cannot be read is marked where it stands, with how to mend it, and is not asked", async () => {
    const { page } = await open("/search");
    await count(page).getByText("102 events").waitFor();
    const asked = town.asked.length;
    await box(page).fill("lable:dog (zone:x");
    await page.keyboard.press("Enter");
    const first = page.getByRole("button", {
      name: /^Character 1: There is no field “lable”. The nearest is label:/,
    });
    await first.waitFor();
    await page.getByRole("button", { name: /^Character 11: The parenthesis is not closed/ }).waitFor();
    expect(await page.locator(".query-mirror mark").allTextContents()).toEqual(["lable", "("]);
    await first.click();
    await page.keyboard.type("label");
    expect(await typed(page)).toBe("label:dog (zone:x");
    expect(town.asked.slice(asked).filter((path) => path.startsWith("/v1/events"))).toEqual([]);
  });
});
