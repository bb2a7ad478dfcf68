import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { makePage } from "./make-page.ts";

const CHROMIUM = "/usr/bin/chromium";
/** Without it the tests in a browser are skipped: `apt-get install chromium`. */
export const hasChromium = existsSync(CHROMIUM);

const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--use-gl=angle",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
];

/** The page as it is built for a town: all files of a run share one; outside of such a run it is built for whoever asks. */
export async function buildPage(): Promise<{ readonly dist: string; remove(): Promise<void> }> {
  const door = process.env["YARDLINE_TEST_PAGE"];
  if (door !== undefined) {
    const answer = await fetch(door);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`The page could not be built: ${text}`);
    return { dist: text, remove: async () => undefined };
  }
  const dist = await makePage();
  return { dist, remove: () => rm(dist, { recursive: true, force: true }) };
}

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: CHROMIUM, args: ARGS });

/** A page with everything that went wrong in it: errors, refused policies, requests to anybody else. */
export type WatchedPage = { readonly page: Page; readonly wrong: readonly string[]; close(): Promise<void> };

type Options = BrowserContextOptions & {
  /** False spares a test the software renderer: the map's code does not load, and the page goes on without. */
  readonly map?: boolean;
};

export async function openPage(
  browser: Browser,
  url: string,
  { map = true, ...options }: Options = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({
    locale: "en-GB",
    viewport: { width: 1440, height: 900 },
    ...options,
  });
  const page = await context.newPage();
  if (!map) await page.route(/\/(?:town|result|network|replay)-map-[^/]*\.js$/, (route) => route.abort());
  const wrong: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") wrong.push(message.text());
  });
  page.on("pageerror", ({ message }) => wrong.push(message));
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== new URL(url).origin && protocol !== "blob:" && protocol !== "data:")
      wrong.push(request.url());
  });
  await page.goto(url);
  return { page, wrong, close: () => context.close() };
}
