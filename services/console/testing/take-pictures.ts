import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { Page } from "playwright-core";
import sharp from "sharp";
import { launchBrowser, openPage } from "./browser.ts";

/** What the planner's pages are asked about: the month, line and morning of `recorded-town.ts`. */
const MONTH = "from=2026-10-01&to=2026-10-30";
const LATE = `${MONTH}&route_id=4&days=workdays`;

/**
 * The guide's pictures, of a running town: `node services/console/testing/take-pictures.ts URL FOLDER [LOGIN [NAME,…]]`, the login's password
 * on standard input. Without a login what the invented town shows to everybody, with one what a town with accounts shows to who signed in; the
 * planner's by their names, of a recorded town. In Ukrainian, whose words are the longest, so that what does not fit is seen.
 */
const PAGES: readonly (readonly [name: string, path: string, who: "anybody" | "signed-in" | "planner"])[] = [
  ["town", "/", "anybody"],
  ["cameras", "/?panel=cameras", "anybody"],
  ["incidents", "/?panel=incidents", "anybody"],
  ["stops", "/stops", "anybody"],
  ["stop", "/stops/FIRST", "anybody"],
  ["board", "/board/FIRST", "anybody"],
  ["signs", "/signs/FIRST", "anybody"],
  ["event", "/events/FIRST", "anybody"],
  ["duty", "/duty/events/FIRST?all=1", "anybody"],
  ["search", "/search?q=type:yard.presence", "anybody"],
  ["wall", "/wall", "anybody"],
  ["buses", "/buses", "anybody"],
  ["plan-network", `/plan/network?${LATE}`, "planner"],
  ["plan-line", `/plan/line?${LATE}&date=2026-10-28&at=420&until=540&direction=0`, "planner"],
  ["plan-replay", `/plan/replay?${MONTH}&date=2026-10-28&at=480`, "planner"],
  ["plan-on-time", `/plan/on-time?${LATE}&hours=7-8`, "planner"],
  ["plan-comparison", `/plan/comparison?${LATE}&hours=7-8`, "planner"],
  ["plan-suggested", `/plan/suggested-run-times?${LATE}`, "planner"],
  ["shift", "/duty/shift", "signed-in"],
  ["evidence", "/evidence", "signed-in"],
  ["evidence-new", "/evidence/new?event=FIRST", "signed-in"],
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
/** Pictures of the map and of buses come after the page; a drawn page is one that waits for nothing, and has been still for this long. */
const STILL_MS = 4_000;
const DRAWN_MS_MAX = 60_000;
const WAITS = /Завантаж|перевіряється|Шукаємо/;

/** A picture that is heavier is told with less care. */
const BYTES_MAX = 60_000;
const QUALITIES = [80, 65, 50, 35, 20];
/** What the signed-in one looks at recordings for. */
const PURPOSE = "заява № 12/345";

const [url = "http://127.0.0.1:8080", folder = "infra/guide/pictures", login = "", names] =
  process.argv.slice(2);
const password = login === "" ? "" : (await text(process.stdin)).trim();
await mkdir(folder, { recursive: true });
const browser = await launchBrowser();
for (const [device, options] of Object.entries(DEVICES)) {
  const { page, close } = await openPage(browser, url, { ...options, locale: "uk-UA" });
  if (login !== "") await signIn(page);
  const firsts = await firstOnes(page);
  for (const [name, path, who] of PAGES) {
    const isTaken = names?.split(",").includes(name) ?? (who === "signed-in") === (login !== "");
    if (!isTaken) continue;
    await page.goto(url + path.replace("FIRST", firsts[path.split(/[/?]/)[1] ?? ""] ?? ""));
    await page
      .waitForFunction((waits) => !new RegExp(waits).test(document.body.textContent ?? ""), WAITS.source, {
        timeout: DRAWN_MS_MAX,
      })
      .catch(() => process.stderr.write(`${name}: still waits for something\n`));
    await page.waitForTimeout(STILL_MS);
    const file = join(folder, `${name}-${device}.webp`);
    await writeFile(file, await lightEnough(await page.screenshot()));
    process.stdout.write(`${file}\n`);
  }
  await close();
}
await browser.close();

async function lightEnough(png: Buffer): Promise<Buffer> {
  for (const quality of QUALITIES) {
    const picture = await sharp(png).webp({ quality, effort: 6 }).toBuffer();
    if (picture.length <= BYTES_MAX) return picture;
  }
  throw new Error(`A page's picture has more than ${BYTES_MAX} bytes whatever its quality.`);
}

async function signIn(page: Page): Promise<void> {
  const answer = await page.request.post(`${url}/v1/session`, {
    data: { login, password },
    headers: { origin: new URL(url).origin },
  });
  if (!answer.ok()) throw new Error(`Signing in as ${login}: ${answer.status()} ${await answer.text()}`);
  await page.evaluate(([key, said]) => sessionStorage.setItem(key, said), [
    `yardline.purpose.${login}`,
    PURPOSE,
  ] as const);
}

/** A stop, a line and an event with a picture, whichever this town has, by the first part of the addresses that hold them. */
async function firstOnes(page: Page): Promise<Readonly<Record<string, string>>> {
  const read = async (path: string) => (await page.request.get(url + path)).json();
  const { features = [] } = (await read("/v1/stops")) as {
    features?: readonly { properties: { stop_id: string } }[];
  };
  const lines = (await read("/v1/lines")) as {
    features?: readonly { properties: { route_id: string } }[];
  };
  const { events = [] } = (await read("/v1/events?limit=50")) as {
    events?: readonly { occurrence: string; state: string; data: { snapshot?: string; clip?: object } }[];
  };
  // The oldest that is over: the end of a newer one's recording is not there yet.
  const pictured =
    events.findLast(({ state, data }) => state === "closed" && data.snapshot && data.clip) ?? events[0];
  const stop = encodeURIComponent(features[0]?.properties.stop_id ?? "");
  const event = pictured?.occurrence ?? "";
  const line = encodeURIComponent(lines.features?.[0]?.properties.route_id ?? "");
  return { stops: stop, board: stop, signs: line, events: event, evidence: event, duty: event };
}
