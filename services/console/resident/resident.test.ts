import { listStopReports } from "@yardline/incidents/stop-report";
import jsQr from "jsqr";
import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { buildPage, hasChromium, launchBrowser, openPage } from "../testing/browser.ts";
import { HOSTILE_NAME, residentTown } from "../testing/resident-town.ts";

/** What a phone's camera reads in a picture of a code. */
async function addressIn(picture: Buffer): Promise<string | undefined> {
  const { data, info } = await sharp(picture).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return jsQr.default(new Uint8ClampedArray(data), info.width, info.height)?.data;
}

const PHONE = { viewport: { width: 390, height: 844 } };

describe.skipIf(!hasChromium)(
  "the passenger's page in Chromium, before the real doors",
  { timeout: 120_000 },
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

    type Scene = Awaited<ReturnType<typeof residentTown>>["scene"];
    type Opening = Parameters<typeof openPage>[2] & { path?: string; scene?: Partial<Scene> };
    async function open({ path = "/stops/market", scene = {}, ...options }: Opening = {}) {
      const town = await residentTown(dist);
      Object.assign(town.scene, scene);
      const watched = await openPage(browser, town.url + path, { ...PHONE, ...options });
      onTestFinished(() => watched.close());
      return { ...town, ...watched };
    }
    const rows = (page: Page) => page.getByRole("list", { name: "Arrivals" }).getByRole("listitem");
    const poll = <Value>(ask: () => Value) => expect.poll(ask, { timeout: 30_000 });
    const workerReady = (page: Page) => page.evaluate(async () => void (await navigator.serviceWorker.ready));
    const keptTimetables = (page: Page) =>
      page.evaluate(async () => (await (await caches.open("yardline-timetables")).keys()).length);

    test("a name with tags, quotes and marks of writing from the right is a name", async () => {
      const { page, wrong } = await open();
      await rows(page).first().waitFor();
      expect(await page.getByRole("heading", { level: 1 }).textContent()).toContain(HOSTILE_NAME);
      expect(await page.title()).toContain("Ринок");
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
      expect(wrong).toEqual([]);
    });

    test("the first minutes come with the page: nothing else has to answer", async () => {
      const { url, scene } = await residentTown(dist);
      scene.calls = [{ in_min: 25 }];
      const page = await browser.newPage({ ...PHONE, locale: "en-GB" });
      onTestFinished(() => page.context().close());
      await page.route("**/v1/**", (route) => route.abort());
      await page.goto(`${url}/stops/market`);
      await rows(page).first().waitFor();
      expect(await page.getByRole("link", { name: "Demo" }).count()).toBe(1);
      expect(await page.getByRole("button", { name: /^Remind me/ }).count()).toBe(1);
    });

    test("the town is gone: what was known is said to be old, and is new by itself when it is back", async () => {
      const { page, gate, scene } = await open();
      await rows(page).first().waitFor();
      gate.setCut(true);
      await page
        .getByText(/^No connection. What is shown/)
        .or(page.getByText("No connection"))
        .first()
        .waitFor({ timeout: 80_000 });
      expect(await rows(page).count()).toBe(1);
      scene.calls = [{ in_min: 5 }, { in_min: 12 }];
      gate.setCut(false);
      await poll(() => rows(page).count()).toBe(2);
      await page.getByText("No connection").waitFor({ state: "detached" });
    });

    test("a second visit without a connection: the page and the timetable of this stop are there, another stop says what to do", async () => {
      const { page, gate } = await open();
      await rows(page).first().waitFor();
      await page.getByRole("button", { name: "My stop" }).click();
      await workerReady(page);
      await poll(() => keptTimetables(page)).toBe(1);
      gate.setCut(true);
      // The next day: the browser's own cache has no answer of seconds ago, which would rightly be shown as live.
      await (await page.context().newCDPSession(page)).send("Network.clearBrowserCache");
      await page.reload();
      await page.getByText("Shown is the timetable that this device keeps").waitFor({ timeout: 80_000 });
      await poll(() =>
        rows(page)
          .allInnerTexts()
          .then((texts) => texts.map((text) => /Timetable only/.test(text))),
      ).toEqual([true, true]);
      await page.goto(page.url().replace("market", "elsewhere"));
      await page.getByText("this stop’s timetable is not kept here").waitFor({ timeout: 80_000 });
      await page.getByRole("link", { name: "Demo" }).click();
      await page.getByRole("region", { name: "My stops" }).getByRole("link").waitFor();
    });

    test("a phone that slept for a night does not show yesterday's buses", async () => {
      const { page, scene, gate } = await open();
      await rows(page).first().waitFor();
      await poll(() => keptTimetables(page)).toBe(1);
      gate.setCut(true);
      scene.calls = [];
      // The device's clock goes on while its pages stand still.
      await page.evaluate(() => {
        const { now } = Date;
        Date.now = () => now() + 10 * 60_000;
      });
      await page.getByText(/kept timetable is shown|this device keeps/).waitFor({ timeout: 80_000 });
      gate.setCut(false);
      await page
        .getByText("No bus in the near future")
        .or(page.getByText("Nothing"))
        .or(page.locator(".notice"))
        .first()
        .waitFor({ timeout: 60_000 });
    });

    test("a phone's clock that is an hour wrong changes no minute, with a connection and without", async () => {
      const town = await residentTown(dist);
      const context = await browser.newContext({ ...PHONE, locale: "en-GB" });
      onTestFinished(() => context.close());
      await context.addInitScript(() => {
        const { now } = Date;
        Date.now = () => now() + 3_600_000;
      });
      const page = await context.newPage();
      town.scene.calls = [{ in_min: 5.5 }];
      await page.goto(`${town.url}/stops/market`);
      await poll(() => rows(page).first().textContent()).toMatch(/\b5 min/);
      await workerReady(page);
      await poll(() => keptTimetables(page)).toBe(1);
      town.gate.setCut(true);
      await page.reload();
      await poll(() => rows(page).first().textContent()).toMatch(/\b(19|20) min/);
    });

    test("a silent town, a closed stop, a cancelled and a skipped trip are each said", async () => {
      const { page } = await open({
        scene: {
          heard_ago_min: 30,
          calls: [
            { in_min: 4, basis: "timetable" },
            { in_min: 9, basis: "timetable", cancelled: true },
            { in_min: 12, basis: "timetable", skipped: "detour" },
          ],
        },
      });
      await page
        .getByText(/The buses do not report where they are: the last signal came at/)
        .waitFor({ timeout: 30_000 });
      await poll(() => rows(page).allInnerTexts()).toEqual([
        expect.stringContaining("Timetable only"),
        expect.stringMatching(/cancelled/i),
        expect.stringMatching(/detour/i),
      ]);
    });

    test("a closed stop is said to be closed, above everything else", async () => {
      const { page } = await open({ scene: { calls: [{ in_min: 4, skipped: "stop-closed" }] } });
      await page.getByText("The stop is closed: buses do not stop here now.").waitFor({ timeout: 30_000 });
    });

    test("what should have come stays, and that it did not is one tap, told once", async () => {
      const calls: Scene["calls"] = [{ in_min: -4, basis: "timetable", overdue: "missed" }, { in_min: 8 }];
      const { page, records } = await open({ scene: { calls } });
      const tap = page.getByRole("button", { name: "Say that it did not come" });
      await tap.waitFor({ timeout: 30_000 });
      await tap.click();
      await page.getByText("Thank you").waitFor();
      const reports = await listStopReports(records, Date.now() - 3_600_000, Date.now() + 3_600_000);
      expect(reports.map(({ stop_id, route_id, count }) => [stop_id, route_id, count])).toEqual([
        ["market", "r3", 1],
      ]);
      await expect.poll(() => tap.count(), { timeout: 15_000 }).toBe(0);
    });

    test.each([
      [
        "en-GB",
        "Remind me 10 min before 3 comes",
        "We will remind you 10 min before",
        "3: in 9 min",
        "Expected at",
      ],
      ["uk-UA", "Нагадати за 10 хв до приїзду 3", "Нагадаємо за 10 хв", "3: за 9 хв", "Очікується о"],
      ["ru-RU", "Напомнить за 10 мин до приезда 3", "Напомним за 10 мин", "3: через 9 мин", "Ожидается в"],
    ])(
      "a stop opened by its link, a reminder asked for, a real push before the bus comes, shown by the browser: %s",
      async (locale, ask, thanks, title, expected) => {
        const town = await residentTown(dist);
        const { address, pushed } = town.service.subscribe(town.keys.public_key);
        const context = await browser.newContext({ ...PHONE, locale, permissions: ["notifications"] });
        onTestFinished(() => context.close());
        // A browser gets its address from its maker's push service, which cannot be reached here: this one is at ours.
        await context.addInitScript((given) => {
          PushManager.prototype.getSubscription = async () => null;
          PushManager.prototype.subscribe = async () =>
            ({ toJSON: () => given }) as unknown as PushSubscription;
        }, address);
        const page = await context.newPage();
        town.scene.calls = [{ in_min: 14, low_min: 12, high_min: 17 }];
        await page.goto(`${town.url}/stops/market`);
        await workerReady(page);
        await page.getByRole("button", { name: ask }).click();
        await page.getByText(thanks).waitFor();
        expect(await town.records.list("reminder")).toHaveLength(1);
        expect(pushed).toEqual([]);
        // The bus makes up four minutes.
        town.scene.calls = [{ in_min: 14, predicted_at_ms: Date.now() + 9.6 * 60_000 }];
        await poll(() => pushed.length).toBe(1);
        const text = pushed[0]?.text ?? "";
        const devtools = await context.newCDPSession(page);
        const worker = new Promise<string>((found) => {
          devtools.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
            const [first] = registrations;
            if (first) found(first.registrationId);
          });
        });
        await devtools.send("ServiceWorker.enable");
        const delivered = { origin: town.url, registrationId: await worker, data: text };
        await devtools.send("ServiceWorker.deliverPushMessage", delivered);
        const shown = () =>
          page.evaluate(async () => {
            const { getNotifications } = ServiceWorkerRegistration.prototype;
            const all = await getNotifications.call(await navigator.serviceWorker.ready);
            return all.map(({ title }) => title);
          });
        await poll(shown).toEqual([title]);
        expect(JSON.parse(text)).toMatchObject({ title, body: expect.stringContaining(expected) });
        expect(await town.records.list("reminder")).toEqual([]);
      },
    );

    test.each(["light", "dark"] as const)(
      "minutes are read in sunlight: seven to one and more, %s",
      async (colorScheme) => {
        const { page } = await open({ colorScheme });
        await rows(page).first().waitFor();
        const ratio = await page
          .locator(".arrival-minutes")
          .first()
          .evaluate((minutes) => {
            const numbers = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number);
            const light = (color: string) => {
              const [r = 0, g = 0, b = 0] = numbers(color).map((value) =>
                value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
              );
              return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            };
            const ground = getComputedStyle(minutes.closest(".resident") ?? document.body).backgroundColor;
            const [a, b] = [light(getComputedStyle(minutes).color), light(ground)].sort((x, y) => y - x);
            return ((a ?? 0) + 0.05) / ((b ?? 0) + 0.05);
          });
        expect(ratio).toBeGreaterThanOrEqual(7);
      },
    );

    test("a screen at the stop shows what comes, and says by itself when it is old", async () => {
      const { page, gate } = await open({ path: "/board/market", viewport: { width: 1920, height: 1080 } });
      await page.locator(".screen-row").first().waitFor();
      await poll(() => keptTimetables(page)).toBe(1);
      gate.setCut(true);
      await page.evaluate(() => {
        const { now } = Date;
        Date.now = () => now() + 10 * 60_000;
      });
      await page.getByText("Shown is the timetable that this device keeps").waitFor({ timeout: 60_000 });
    });

    test("signs of a line: a sheet a stop, each with the code of its page, in three languages", async () => {
      const { page, wrong, url } = await open({ path: "/signs/r3", viewport: { width: 1000, height: 900 } });
      const signs = page.locator(".sign");
      await signs.first().waitFor();
      expect(await signs.count()).toBe(2);
      const [first = ""] = await signs.allInnerTexts();
      expect(first).toMatch(/Наведіть[\s\S]*Наведите[\s\S]*Point your phone/);
      expect(await page.locator(".sign-address").allInnerTexts()).toContain(`${url}/stops/market`);
      // On paper, as a phone's camera sees it: the code of each sheet is the address of its stop.
      await page.emulateMedia({ media: "print" });
      const codes = await page.locator(".sign-code").all();
      const read = await Promise.all(codes.map(async (code) => addressIn(await code.screenshot())));
      expect(read.toSorted()).toEqual((await page.locator(".sign-address").allTextContents()).toSorted());
      expect(wrong).toEqual([]);
      await page.goto(read.find((address) => address?.endsWith("/market")) ?? "");
      await rows(page).first().waitFor();
    });
  },
);
