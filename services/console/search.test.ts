import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { buildPage, hasChromium, launchBrowser, openPage, type WatchedPage } from "./testing/browser.ts";
import { manyEvents, presence } from "./testing/fake-events.ts";
import { makeMedia } from "./testing/fake-media.ts";
import { type FakeTown, startFakeTown } from "./testing/fake-town.ts";

if (!hasChromium) process.stderr.write("search.test.ts: skipped, there is no /usr/bin/chromium\n");

const MANY = 100_000;

describe.skipIf(!hasChromium)("the search in Chromium", () => {
  let browser: Browser;
  let town: FakeTown;
  let large: FakeTown;
  let opened: WatchedPage[] = [];
  let removePage = async () => {};

  beforeAll(async () => {
    const [{ dist, remove }, media] = await Promise.all([buildPage(), makeMedia()]);
    removePage = remove;
    [browser, town, large] = await Promise.all([
      launchBrowser(),
      startFakeTown({ dist, media }),
      startFakeTown({ dist, media, events: manyEvents(MANY, Date.now()) }),
    ]);
  }, 240_000);
  afterEach(async () => {
    town.setDown(false);
    await Promise.all(opened.map((each) => each.close()));
    opened = [];
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all([town?.close(), large?.close(), removePage()]);
  });

  async function open(
    path: string,
    options: Parameters<typeof openPage>[2] = {},
    where = town,
  ): Promise<WatchedPage> {
    const watched = await openPage(browser, where.url + path, { map: false, ...options });
    // So that a step that is never done is told by its name.
    watched.page.setDefaultTimeout(12_000);
    opened.push(watched);
    return watched;
  }
  const box = (page: Page) => page.getByRole("combobox", { name: "Search events" });
  const count = (page: Page) => page.locator(".search-count");
  const found = (page: Page, text: string) => count(page).getByText(text, { exact: true }).waitFor();
  const typed = (page: Page) => box(page).inputValue();
  const asked = (page: Page) => new URL(page.url()).searchParams.get("q");
  const poll = <Value>(ask: () => Value) => expect.poll(ask, { timeout: 20_000 });
  const countIn = async (page: Page) => Number(/^\d+/.exec((await count(page).textContent()) ?? "")?.[0]);

  test("is typed by keyboard alone, with what may come next, and asked with Enter", async () => {
    const { page, wrong } = await open("/search");
    await count(page).getByText("events").waitFor();
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
    await found(page, "9 events");
    expect(asked(page)).toBe("label:dog");
    expect(await page.locator(".result").count()).toBe(9);
    // Asked before, it is offered in an empty box of the same device.
    await page.keyboard.press("Escape");
    await page.keyboard.press("ArrowDown");
    await page.getByRole("option", { name: "label:dog asked before" }).waitFor();
    expect(wrong.filter((text) => !/ERR_FAILED|result-map/.test(text))).toEqual([]);
  });

  test("what cannot be read is marked where it stands, with how to mend it, and is not asked", async () => {
    const { page } = await open("/search");
    await count(page).getByText("events").waitFor();
    await page.getByRole("group", { name: "Severity" }).waitFor();
    const before = town.asked.length;
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
    expect(town.asked.slice(before).filter((path) => path.includes("lable"))).toEqual([]);
  });

  test("choices beside the box, the time and the text are one state", async () => {
    const { page } = await open("/search?q=dog%20or%20truck");
    await page.getByRole("checkbox", { name: /^Dog/ }).check();
    await poll(() => typed(page)).toBe("(dog or truck) label:dog");
    await found(page, "9 events");
    await page.getByRole("checkbox", { name: /^Truck/ }).check();
    await poll(() => typed(page)).toBe("(dog or truck) label:dog,truck");
    await page.getByLabel("How far back").selectOption("last 24 hours");
    await poll(() => asked(page)).toBe("(dog or truck) label:dog,truck last 24 hours");
    await box(page).fill("label:dog today");
    await page.keyboard.press("Enter");
    await poll(() => page.getByLabel("How far back").inputValue()).toBe("today");
    expect(await page.getByRole("checkbox", { name: /^Dog/ }).isChecked()).toBe(true);
    await page.goBack();
    await poll(() => typed(page)).toBe("(dog or truck) label:dog,truck last 24 hours");
  });

  test("the timeline is moved by keys and drawn over, which narrows the time in the text", async () => {
    const { page } = await open("/search?q=label:person");
    const line = page.locator(".timeline-box");
    await line.waitFor();
    const whole = await countIn(page);
    await line.focus();
    await page.keyboard.press("+");
    await poll(() => asked(page)).toMatch(/^label:person \d{4}-\d\d-\d\dT\d\d:\d\d\.\.\d{4}-/);
    await poll(() => countIn(page)).toBeLessThan(whole);
    const nearer = asked(page);
    await line.focus();
    await page.keyboard.press("ArrowLeft");
    await poll(() => asked(page)).not.toBe(nearer);
    await page.keyboard.press("Home");
    await poll(() => asked(page)).toBe("label:person");
    await poll(() => countIn(page)).toBe(whole);
    const { x = 0, y = 0, width = 0 } = (await page.locator(".u-over").boundingBox()) ?? {};
    await page.mouse.move(x + width * 0.6, y + 20);
    await page.mouse.down();
    await page.mouse.move(x + width * 0.9, y + 20, { steps: 5 });
    await page.mouse.up();
    await poll(() => asked(page)).toMatch(/^label:person \d{4}-/);
    await poll(() => countIn(page)).toBeLessThan(whole);
    // Nearer and nearer, the slices of time grow finer: ten minutes within days, minutes within hours.
    const slices = () => {
      const counted = town.asked.filter((path) => path.startsWith("/v1/events/histogram?"));
      return new URL(counted.at(-1) ?? "", town.url).searchParams.get("every");
    };
    await page.getByLabel("How far back").selectOption("last 24 hours");
    await poll(slices).toBe("ten-minutes");
    await line.focus();
    for (let press = 0; press < 4; press++) await page.keyboard.press("+");
    await poll(slices).toBe("minute");
  });

  test("of a hundred thousand any place is gone to with a few questions, and few of them are in the page", async () => {
    const { page } = await open("/search", {}, large);
    await found(page, "100,000 events");
    await page.locator(".result a").first().waitFor();
    const before = large.asked.length;
    const list = page.getByRole("list", { name: "Events found" });
    await list.evaluate((element) => element.scrollTo(0, 50_000 * 88));
    const middle = page.locator('[aria-posinset="50001"] a');
    await middle.waitFor();
    expect(await middle.locator("time").getAttribute("datetime")).toBe(large.events[50_000]?.time);
    await middle.focus();
    await page.keyboard.press("End");
    await poll(() => page.evaluate(() => document.activeElement?.closest("li")?.ariaPosInSet)).toBe("100000");
    expect(await page.locator(".result").count()).toBeLessThan(40);
    const pages = large.asked.slice(before).filter((path) => path.startsWith("/v1/events?"));
    // The thousand of the map, and at either place at most the day that it is in: 3,600 events, 18 pages of the 500.
    expect(pages.length).toBeLessThan(5 + 2 * 18);
  });

  test("an API that goes away is told, and when it is back the answer comes by itself", async () => {
    const { page } = await open("/search?q=label:dog");
    await found(page, "9 events");
    town.setDown(true);
    await box(page).fill("label:car");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText("No answer. Trying again…").waitFor();
    town.setDown(false);
    await found(page, "9 events");
    await page.locator(".search-problem").waitFor({ state: "detached" });
  });

  test("without a network what was loaded stays, and questions are still read", async () => {
    const { page } = await open("/search?q=label:dog");
    await found(page, "9 events");
    await page.context().setOffline(true);
    await box(page).fill("zone:al");
    await box(page).fill("stat:open");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: /There is no field “stat”/ }).waitFor();
    expect(await page.locator(".result").count()).toBe(9);
    await box(page).fill("label:truck");
    await page.keyboard.press("Enter");
    await page.getByText("This device is offline: what has been loaded is shown.").waitFor();
    await page.context().setOffline(false);
    await page.locator(".search-problem").waitFor({ state: "detached" });
    await count(page).getByText("events").waitFor();
  });

  test("names with quotes, tags and marks of direction are names, and an event without a recording has none", async () => {
    const zone = '"><img src=x onerror=alert(1)> \u202eзадом';
    const odd = presence("odd", Date.now() - 1_000, { zone, label: "motorcycle" });
    town.emit({ ...odd, links: { self: odd.links.self } });
    const { page, wrong } = await open("/search?q=label:motorcycle");
    await found(page, "1 event");
    await page.getByRole("group", { name: "Zone" }).getByRole("checkbox").check();
    await poll(() => asked(page)).toContain('zone:"\\"><img src=x onerror=alert(1)>');
    await found(page, "1 event");
    expect(await page.locator("img[src=x]").count()).toBe(0);
    await page.locator(".result a").click();
    await page.locator(".sheet .event-why").waitFor();
    expect(await page.locator(".sheet video, .sheet .media-gone").count()).toBe(0);
    await page.getByRole("link", { name: "What else happened near here and then" }).click();
    await poll(() => asked(page)).toMatch(/^near:50\.21150,30\.31200,300m \d{4}-\d\d-\d\dT/);
    await poll(() => countIn(page)).toBeGreaterThan(0);
    expect(wrong.filter((text) => !/ERR_FAILED|result-map|404/.test(text))).toEqual([]);
  });

  test("a saved search is named, alerts, is changed and deleted", async () => {
    const { page } = await open("/search?q=label:dog%20yesterday");
    await page.getByRole("button", { name: "Save this search" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("Dogs <b>everywhere</b>");
    await dialog.getByLabel("Alert me to what is new").check();
    await page.keyboard.press("Enter");
    const saved = page.getByRole("link", { name: /Dogs <b>everywhere<\/b>/ });
    await saved.waitFor();
    await poll(() => town.asked.filter((path) => path === "/v1/searches/stream").length).toBe(1);
    const event = presence("told", Date.now(), { label: "dog" });
    town.emit(event);
    town.alert("search1", event, 3);
    const alert = page.locator(".alert").getByRole("link", { name: /Dogs <b>everywhere<\/b>: 3 new events/ });
    await alert.click();
    await poll(() => asked(page)).toBe("label:dog");
    await page.locator(".sheet .event-why").waitFor();
    await alert.waitFor({ state: "detached" });
    await page.getByRole("button", { name: /^Edit/ }).click();
    await dialog.getByLabel("Name").fill("Dogs");
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "With alerts Dogs" }).waitFor();
    await page.getByRole("button", { name: /^Edit/ }).click();
    await dialog.getByLabel("Delete this search").check();
    await dialog.getByRole("button", { name: "Delete" }).click();
    await page.getByText("None yet.").waitFor();
  });

  test("the map shows what was found, what lies at one place together, and narrows to what is seen", async () => {
    const event = town.events.find(({ type }) => type === "yard.presence");
    const { page, wrong } = await open(`/search?q=type:yard.presence&open=${event?.occurrence}`, {
      map: true,
    });
    const ring = page.locator(".focus-ring");
    await ring.waitFor();
    const canvas = page.locator(".search-map canvas");
    await page.getByRole("button", { name: "Close" }).click();
    // The circles are drawn by workers a moment after the map is there.
    const pile = page.locator(".map-pile");
    await expect
      .poll(
        async () => {
          const map = (await canvas.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
          await page.mouse.click(map.x + map.width / 2, map.y + map.height / 2);
          return pile.isVisible();
        },
        { timeout: 20_000, interval: 500 },
      )
      .toBe(true);
    await pile.getByRole("button", { name: "Only here" }).click();
    await poll(() => asked(page)).toMatch(/^type:yard.presence near:50\.211\d\d,30\.31\d\d\d,30m$/);
    await page.getByRole("button", { name: "Search this area" }).click();
    await poll(() => asked(page)).toMatch(/^type:yard.presence within:/);
    expect(wrong).toEqual([]);
  });

  test("a phone has the list or the map, and nothing overflows", async () => {
    const { page } = await open("/search", { viewport: { width: 390, height: 844 }, locale: "uk-UA" });
    await page.locator(".result a").first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
    await page.getByRole("link", { name: "Карта" }).click();
    await page.getByText("Карту не вдалося показати").waitFor();
    expect(new URL(page.url()).searchParams.get("show")).toBe("map");
  });
});
