import axe from "axe-core";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildPage, hasChromium, launchBrowser, openPage } from "./testing/browser.ts";
import { presence } from "./testing/fake-events.ts";
import { makeMedia } from "./testing/fake-media.ts";
import { type FakeTown, startFakeTown } from "./testing/fake-town.ts";

/** What each page shows when it is ready. */
const PAGES = [
  ["/", ".event-row"],
  ["/events/{recorded}", ".roll-bar"],
  ["/?panel=incidents", ".incident-head"],
  ["/?panel=stops", ".plain-row"],
  ["/?panel=cameras", ".card"],
  ["/stops", ".plain-row"],
  ["/stops/s3", ".arrival"],
  ["/board/s3", ".screen-row"],
  ["/signs/r1", ".sign"],
  ["/duty?all=1", ".queue-row"],
  ["/duty/events/{recorded}?all=1", ".duty-stage .roll-bar"],
  ["/duty/shift", "main h2"],
  ["/evidence/one/e1", ".evidence h2"],
  ["/evidence/one/e2", ".evidence h2"],
  ["/evidence/new?event={recorded}", ".redactor canvas"],
  ["/search", ".result .event-text"],
  ["/wall", ".tile"],
  ["/buses", ".duty-list"],
  ["/plan/network", ".segment-list li"],
  ["/plan/line?route_id=r1&date=2026-10-07&chosen=t3~", ".trip-calls"],
  ["/plan/replay?date=2026-10-07&at=485", ".replay-controls"],
  ["/plan/on-time?from=2026-10-01&to=2026-10-07", ".plan-table"],
  ["/plan/headways", ".plan .notice"],
  ["/admin/health", ".rows"],
  ["/admin/trackers", ".rows"],
  ["/admin/people", ".rows"],
  ["/admin/people/dispetcher-1", "dialog .grant"],
  ["/privacy/log", ".log"],
  ["/privacy/register", ".rows"],
  ["/privacy/deletions", ".rows"],
  ["/privacy/holds", ".rows"],
  ["/privacy/requests", ".rows"],
  ["/privacy/exports", ".rows"],
  ["/admin/cameras/yard", ".draw-point"],
  ["/admin/settings", ".facts"],
  ["/admin/settings/feeds", ".setting-items"],
  ["/admin/settings/town", ".setting-form"],
  ["/admin/timetables", ".rows details"],
] as const;
const SCREENS = [
  ["light desktop", { viewport: { width: 1440, height: 900 }, colorScheme: "light" }],
  ["dark phone", { viewport: { width: 390, height: 844 }, colorScheme: "dark" }],
] as const;

describe.skipIf(!hasChromium)("for who cannot see or point", () => {
  let browser: Browser;
  let town: FakeTown;
  const recorded = presence("recorded", Date.now() - 60_000);
  let removePage = async () => {};

  beforeAll(async () => {
    const [{ dist, remove }, media] = await Promise.all([buildPage(), makeMedia()]);
    removePage = remove;
    [browser, town] = await Promise.all([launchBrowser(), startFakeTown({ dist, media })]);
    town.emit(recorded);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await Promise.all([town?.close(), removePage()]);
  });

  test.for(
    PAGES.flatMap((page) => SCREENS.map((screen) => [page[0], screen[0], page[1], screen[1]] as const)),
  )("%s on a %s breaks no rule of axe", async ([path, , ready, options]) => {
    const { page, close } = await openPage(
      browser,
      town.url + path.replace("{recorded}", recorded.occurrence),
      { ...options, map: false },
    );
    try {
      await page.locator(ready).first().waitFor();
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run());
      const told = violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`,
      );
      expect(told).toEqual([]);
    } finally {
      await close();
    }
  });
});
