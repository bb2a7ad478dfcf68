import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { buildPage, hasChromium, launchBrowser, openPage, type WatchedPage } from "./testing/browser.ts";
import { presence, stopVisit } from "./testing/fake-events.ts";
import { makeMedia } from "./testing/fake-media.ts";
import { type FakeTown, startFakeTown } from "./testing/fake-town.ts";

if (!hasChromium) process.stderr.write("console.test.ts: skipped, there is no /usr/bin/chromium\n");

describe.skipIf(!hasChromium)("the page in Chromium", () => {
  let browser: Browser;
  let town: FakeTown;
  let bare: FakeTown;
  let opened: WatchedPage[] = [];
  let removePage = async () => {};

  beforeAll(async () => {
    const [{ dist, remove }, media] = await Promise.all([buildPage(), makeMedia()]);
    removePage = remove;
    [browser, town, bare] = await Promise.all([
      launchBrowser(),
      startFakeTown({ dist, media }),
      startFakeTown({ dist, media, empty: true }),
    ]);
  }, 60_000);
  afterEach(async () => {
    town.setDown(false);
    await Promise.all(opened.map((each) => each.close()));
    opened = [];
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all([town?.close(), bare?.close(), removePage()]);
  });

  async function open(
    path: string,
    options?: Parameters<typeof openPage>[2],
    where = town,
  ): Promise<WatchedPage> {
    const watched = await openPage(browser, where.url + path, options);
    opened.push(watched);
    return watched;
  }
  const rows = (page: Page) => page.locator(".event-row");
  const poll = <Value>(ask: () => Value) => expect.poll(ask, { timeout: 10_000 });
  const live = (page: Page) => page.getByText("Live", { exact: true }).first().waitFor();

  test("shows the town, its buses moving, without an error, a foreign request or a refused policy", async () => {
    const { page, wrong } = await open("/");
    await live(page);
    const buses = page.locator(".bus");
    await buses.first().waitFor();
    expect(await buses.count()).toBe(8);
    const placeOf = () => buses.first().evaluate((bus) => bus.getBoundingClientRect().x);
    const before = await placeOf();
    await poll(placeOf).not.toBe(before);
    await page.getByRole("button", { name: /^Двір.*Watching since/ }).waitFor();
    expect(await page.getByText("Simulated town.").isVisible()).toBe(true);
    expect(wrong).toEqual([]);
  });

  test("an event appears by itself, and its next revision takes its place", async () => {
    const { page } = await open("/", { map: false });
    await live(page);
    await rows(page).first().waitFor();
    const since_ms = Date.now();
    town.setPicturePending(1);
    town.emit(presence("new", since_ms, { label: "motorcycle", state: "open" }));
    await page.getByText("A motorcycle in view for 14 s").waitFor();
    await rows(page).first().locator("img").waitFor();
    const shown = await rows(page).count();
    const until = new Date(since_ms + 47_000).toISOString();
    town.emit(presence("new", since_ms, { label: "motorcycle", revision: 1, until }));
    await page.getByText("A motorcycle in view for 47 s").waitFor();
    expect(await rows(page).count()).toBe(shown);
  });

  test("what happened while the connection was cut is there when it is back", async () => {
    const { page } = await open("/", { map: false });
    await live(page);
    town.setDown(true);
    await page.getByText("Reconnecting…").waitFor();
    town.emit(
      presence("during", Date.now(), {
        label: "bicycle",
        until: new Date(Date.now() + 777_000).toISOString(),
      }),
    );
    town.setDown(false);
    await live(page);
    await page.getByText("A bicycle in view for 777 s").waitFor();
  }, 90_000);

  test("the list is narrowed by kind, words and address, and older pages follow", async () => {
    const { page } = await open("/?kind=transit", { map: false });
    await rows(page).first().waitFor();
    expect(await rows(page).count()).toBe(41);
    await page.getByLabel("Kind of event").selectOption("yard");
    await poll(() => rows(page).count()).toBe(50);
    await page.getByRole("button", { name: "Show older ones" }).click();
    await poll(() => rows(page).count()).toBeGreaterThan(50);
    await page.getByLabel("Search events").fill("dog");
    await poll(() => rows(page).count()).toBe(9);
    expect(new URL(page.url()).search).toBe("?kind=yard&text=dog");
    town.emit(stopVisit("unwanted", Date.now(), 0));
    town.emit(presence("wanted", Date.now(), { label: "dog" }));
    await poll(() => rows(page).count()).toBe(10);
    await page.getByLabel("Search events").fill("no such thing");
    await page.getByText("No such events").waitFor();
  });

  test("an event opens by its link: picture, facts, and a clip that plays as soon as it is recorded", async () => {
    const event = presence("linked", Date.now() - 60_000, { label: "dog" });
    town.emit(event);
    town.setClipPending(2);
    const { page } = await open(`/events/${event.occurrence}`, { map: false });
    await page.getByText("Its end is still being recorded").waitFor();
    await page.getByRole("heading", { name: /^Yard/ }).waitFor();
    const picture = page.getByRole("img", { name: /^Picture: A dog/ });
    await poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(768);
    const video = page.locator("video");
    await video.waitFor();
    await video.evaluate((element: HTMLVideoElement) => element.play());
    await expect
      .poll(() => video.evaluate((element: HTMLVideoElement) => element.currentTime))
      .toBeGreaterThan(0.3);
    expect(await page.locator(".facts").textContent()).toContain("Двір, вул. Садова 4");
  });

  test("under the pointer a clip shows pictures out of it, and goes on at the one that is pressed", async () => {
    const event = presence("strip", Date.now() - 60_000, { label: "dog" });
    town.emit(event);
    const { page, wrong } = await open(`/events/${event.occurrence}`, { map: false });
    const video = page.locator("video");
    await video.hover();
    const tile = page.getByRole("button", { name: "Go to 4 seconds" });
    await tile.waitFor();
    expect(await page.locator(".filmstrip-tile").count()).toBe(4);
    await tile.click();
    await poll(() => video.evaluate((element: HTMLVideoElement) => element.currentTime)).toBeCloseTo(3.5, 1);
    expect(wrong.filter((text) => text.includes("Content Security Policy"))).toEqual([]);
  });

  test("a recording that this browser cannot play is converted, and plays and seeks like any other", async () => {
    const event = presence("hevc", Date.now() - 60_000, { label: "dog" });
    town.emit(event);
    town.setClipType('video/mp4; codecs="hvc1.1.6.L93.b0"');
    const { page, wrong } = await open(`/events/${event.occurrence}`, { map: false });
    const video = page.locator("video");
    await video.waitFor();
    town.setClipType("video/mp4");
    expect(await video.getAttribute("src")).toMatch(/^blob:/);
    await video.evaluate((element: HTMLVideoElement) => {
      element.currentTime = 3;
      return element.play();
    });
    await poll(() => video.evaluate((element: HTMLVideoElement) => element.currentTime)).toBeGreaterThan(3.2);
    expect(town.asked.filter((path) => path.includes("codec=h264")).length).toBe(1);
    expect(wrong.filter((text) => text.includes("Content Security Policy"))).toEqual([]);
  });

  test("a stop stands alone on a phone: no map is loaded, nothing overflows", async () => {
    const from = town.asked.length;
    const { page, wrong } = await open("/stops/s3", { viewport: { width: 390, height: 844 } });
    const arrivals = page.getByRole("list", { name: "Arrivals" }).getByRole("listitem");
    await arrivals.first().waitFor();
    const said = (await arrivals.allInnerTexts()).map((text) => text.split(/\n+/).join(" | "));
    expect(said[0]).toMatch(
      /^1 \| Новобудови \| Live \| 2 min late \| Why\? \| 4 min \| 3–6 min \| \d\d:\d\d$/,
    );
    expect(said[1]).toMatch(/^2А \| .* \| Timetable only \| Why\? \| 1[01] min \| \d\d:\d\d$/);
    expect(said[2]).toMatch(
      /^10 \| Елеватор \| Signal lost at \d\d:\d\d \| 6 min late \| Why\? \| 1[45] min/,
    );
    expect(town.asked.slice(from).filter((path) => /town-map|\/v1\/(events|vehicles)/.test(path))).toEqual(
      [],
    );
    expect(wrong).toEqual([]);
  });

  test.each(["/", "/?panel=cameras", "/?panel=stops", "/stops/s3"])(
    "%s fits a phone of 390 px",
    async (path) => {
      const phone = { viewport: { width: 390, height: 844 }, locale: "uk-UA", map: path === "/" };
      const { page } = await open(path, phone);
      await page.locator(".event-row, .card, .plain-row, .arrival").first().waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
    },
  );

  test("works by keyboard alone: arrows in the list, Enter opens, Esc closes and gives the focus back", async () => {
    const { page } = await open("/", { map: false });
    await rows(page).first().waitFor();
    const focused = () =>
      page.evaluate(() => document.activeElement?.getAttribute("href") ?? document.activeElement?.tagName);
    const first = await rows(page).first().getAttribute("href");
    // The town, the desks, three languages, the lists, the search box, its filters, then the list as one stop of the Tab key.
    for (let pressed = 0; pressed < 40 && (await focused()) !== first; pressed += 1) {
      await page.keyboard.press("Tab");
    }
    expect(await focused()).toBe(first);
    await page.keyboard.press("ArrowDown");
    const second = await rows(page).nth(1).getAttribute("href");
    expect(await focused()).toBe(second);
    await page.keyboard.press("Enter");
    await page.locator(".sheet").waitFor();
    expect(await focused()).toBe("H2");
    expect(new URL(page.url()).pathname).toBe(second);
    await page.keyboard.press("Escape");
    await page.locator(".sheet").waitFor({ state: "detached" });
    expect(await focused()).toBe(second);
  });

  test("on a phone an event covers the list, which is out of reach until it is closed", async () => {
    const { page } = await open("/", { viewport: { width: 390, height: 844 }, map: false });
    await rows(page).nth(1).click();
    await page.locator(".sheet").waitFor();
    expect(await page.locator(".panel").getAttribute("inert")).toBe("");
    await page.getByRole("button", { name: "Close" }).click();
    await page.locator(".sheet").waitFor({ state: "detached" });
    await poll(() => page.evaluate(() => document.activeElement?.className)).toBe("event-row");
  });

  test("speaks three languages, and remembers which", async () => {
    const { page } = await open("/", { locale: "de-DE", map: false });
    await page.getByText("Вигадана громада.").waitFor();
    await page.getByRole("button", { name: "Русский" }).click();
    await page.getByText("Вымышленная громада.").waitFor();
    expect(await page.getAttribute("html", "lang")).toBe("ru");
    await page.reload();
    await page.getByText("Вымышленная громада.").waitFor();
    await page.getByRole("button", { name: "English" }).click();
    await page.getByText("Simulated town.").waitFor();
  });

  test("an empty town says how to add a camera and a timetable, and asks for nothing that is not there", async () => {
    const { page, wrong } = await open("/", {}, bare);
    await page.getByText("No cameras and no buses yet").waitFor();
    await page.getByRole("link", { name: "Cameras" }).click();
    await page.getByText("./yardline start --camera yard=@yard.url").waitFor();
    await page.getByRole("link", { name: "Stops" }).click();
    await page.getByText("No timetable yet").waitFor();
    expect(wrong).toEqual([]);
  });

  test("a town that does not answer is said to be so, and comes by itself", async () => {
    town.setDown(true);
    const { page } = await open("/", { map: false });
    await page.getByText("Yardline does not answer. Trying again…").waitFor();
    town.setDown(false);
    await rows(page).first().waitFor();
    await page.getByText("Yardline does not answer.").waitFor({ state: "detached" });
    await page.getByText("The map could not be shown").waitFor();
  });
});
