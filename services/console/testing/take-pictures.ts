import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { Page } from "playwright-core";
import sharp from "sharp";
import { launchBrowser, openPage } from "./browser.ts";

/**
 * The guide's pictures, of a running town: `node services/console/testing/take-pictures.ts URL FOLDER [LOGIN]`, the login's password
 * on standard input. In Ukrainian, whose words are the longest, so that what does not fit is seen.
 */
const PAGES: readonly (readonly [name: string, path: string, who: "anybody" | "signed-in"])[] = [
  ["town", "/", "anybody"],
  ["cameras", "/?panel=cameras", "anybody"],
  ["incidents", "/?panel=incidents", "anybody"],
  ["stop", "/stops/FIRST", "anybody"],
  ["event", "/events/FIRST", "anybody"],
  ["duty", "/duty?all=1", "anybody"],
  ["search", "/search?q=type:yard.presence", "anybody"],
  ["wall", "/wall", "anybody"],
  ["buses", "/buses", "anybody"],
  ["plan", "/plan", "anybody"],
  ["plan-line", "/plan/line", "anybody"],
  ["admin-health", "/admin/health", "signed-in"],
  ["admin-cameras", "/admin/cameras", "signed-in"],
  ["admin-timetables", "/admin/timetables", "signed-in"],
  ["admin-trackers", "/admin/trackers", "signed-in"],
  ["admin-people", "/admin/people", "signed-in"],
  ["admin-settings", "/admin/settings", "signed-in"],
  ["admin-settings-feeds", "/admin/settings/feeds", "signed-in"],
  ["privacy-log", "/privacy/log", "signed-in"],
  ["privacy-register", "/privacy/register", "signed-in"],
  ["privacy-deletions", "/privacy/deletions", "signed-in"],
  ["privacy-holds", "/privacy/holds", "signed-in"],
  ["privacy-requests", "/privacy/requests", "signed-in"],
  ["privacy-exports", "/privacy/exports", "signed-in"],
];
/** Light on the desk, dark on the phone: every page in both sizes, either colour, and half the weight. */
const DEVICES = {
  desktop: { viewport: { width: 1440, height: 900 }, colorScheme: "light" },
  phone: { viewport: { width: 390, height: 844 }, colorScheme: "dark" },
} as const;
/** Pictures of the map and of buses come after the page; a drawn page is one that has been still for this long. */
const STILL_MS = 4_000;

const [url = "http://127.0.0.1:8080", folder = "infra/guide/pictures", login] = process.argv.slice(2);
const password = login === undefined ? "" : (await text(process.stdin)).trim();
await mkdir(folder, { recursive: true });
const browser = await launchBrowser();
for (const [device, options] of Object.entries(DEVICES)) {
  const { page, close } = await openPage(browser, url, { ...options, locale: "uk-UA" });
  if (login !== undefined) await signIn(page);
  const firsts = await firstOnes(page);
  for (const [name, path, who] of PAGES) {
    if (who === "signed-in" && login === undefined) continue;
    await page.goto(url + path.replace("FIRST", firsts[name] ?? ""));
    await page.waitForTimeout(STILL_MS);
    const file = join(folder, `${name}-${device}.webp`);
    await sharp(await page.screenshot())
      .webp({ quality: 80 })
      .toFile(file);
    process.stdout.write(`${file}\n`);
  }
  await close();
}
await browser.close();

async function signIn(page: Page): Promise<void> {
  const answer = await page.request.post(`${url}/v1/session`, {
    data: { login, password },
    headers: { origin: new URL(url).origin },
  });
  if (!answer.ok()) throw new Error(`Signing in as ${login}: ${answer.status()} ${await answer.text()}`);
}

/** A stop and an event with a picture, whichever this town has. */
async function firstOnes(page: Page): Promise<Readonly<Record<string, string>>> {
  const read = async (path: string) => (await page.request.get(url + path)).json();
  const { features = [] } = (await read("/v1/stops")) as {
    features?: readonly { properties: { stop_id: string } }[];
  };
  const { events = [] } = (await read("/v1/events?limit=50")) as {
    events?: readonly { occurrence: string; data: { snapshot?: string } }[];
  };
  const pictured = events.find(({ data }) => data.snapshot) ?? events[0];
  return {
    stop: encodeURIComponent(features[0]?.properties.stop_id ?? ""),
    event: pictured?.occurrence ?? "",
  };
}
