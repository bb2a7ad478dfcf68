import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { firstAsked, withFirstAnswers } from "@yardline/api/first-answers";
import { type Browser, type CDPSession, chromium } from "playwright-core";
import type { Figure } from "./figure.ts";

const CHROMIUM = "/usr/bin/chromium";
/** What DevTools calls "Slow 4G": 1.6 Mbit/s and 150 ms, as a browser feels them. */
const SLOW_4G = {
  offline: false,
  downloadThroughput: ((1.6 * 1_000_000) / 8) * 0.9,
  uploadThroughput: ((750 * 1_000) / 8) * 0.9,
  latency: 150 * 3.75,
};
const CPU_SLOWER = 4;
const KB = 1_024;
const TYPES: Readonly<Record<string, string>> = {
  ...{ ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".html": "text/html" },
  ...{ ".png": "image/png", ".webmanifest": "application/manifest+json" },
};

/**
 * Opens a stop's page anew some times, on a slow phone in a slow network, and on none such.
 * @returns the middle of the times.
 */
export async function measureStopPage(dist: string, times: number): Promise<readonly Figure[]> {
  const town = await serveTown(dist);
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu"],
  });
  try {
    const slow: Visit[] = [];
    for (let at = 0; at < times; at += 1) slow.push(await visit(browser, town.url));
    const middle = (of: (visit: Visit) => number) =>
      slow.map(of).sort((a, b) => a - b)[slow.length >> 1] ?? 0;
    return [
      {
        what: "stop page before its map, compressed",
        value: middle(({ bytes }) => bytes) / KB,
        unit: "KB",
        budget: { most: 100 },
      },
      { what: "its files", value: middle(({ requests }) => requests), unit: "requests" },
      {
        what: "first minutes shown, slow 4G and a CPU 4× slower",
        value: middle(({ shown_ms }) => shown_ms) / 1_000,
        unit: "s",
        budget: { most: 2 },
      },
      {
        what: "interactive: shown, and no long task after it",
        value: middle(({ interactive_ms }) => interactive_ms) / 1_000,
        unit: "s",
        budget: { most: 2 },
      },
    ];
  } finally {
    await browser.close();
    await town.close();
  }
}

/** Runs in the page before anything else: when the first minutes were drawn, and when the last long task ended. */
const WATCH = `
  const marks = window.marks = { shown: 0, busy: 0 };
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) marks.busy = Math.max(marks.busy, startTime + duration);
  }).observe({ type: "longtask", buffered: true });
  new MutationObserver((_, observer) => {
    if (!document.querySelector(".arrival-minutes")) return;
    observer.disconnect();
    requestAnimationFrame(() => { marks.shown = performance.now(); window.tellShown(""); });
  }).observe(document, { childList: true, subtree: true });
`;

type Visit = {
  readonly bytes: number;
  readonly requests: number;
  readonly shown_ms: number;
  readonly interactive_ms: number;
};

/** One first visit, with nothing kept from before. Long tasks are looked for during the second after the minutes are shown. */
async function visit(browser: Browser, url: string): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "uk-UA" });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", SLOW_4G);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: CPU_SLOWER });
  const loaded = countBytes(devtools);
  // Told by the page itself: whatever looked for it again and again would work on the slow processor too.
  const shown_once = new Promise<void>((done) => devtools.once("Runtime.bindingCalled", () => done()));
  await devtools.send("Runtime.enable");
  await devtools.send("Runtime.addBinding", { name: "tellShown" });
  await page.addInitScript(WATCH);
  await page.goto(`${url}/stops/s1`, { waitUntil: "commit" });
  await shown_once;
  const { bytes, requests } = loaded();
  await page.waitForTimeout(1_000);
  const { shown, busy } = (await page.evaluate("window.marks")) as {
    readonly shown: number;
    readonly busy: number;
  };
  await context.close();
  return { bytes, requests, shown_ms: shown, interactive_ms: Math.max(shown, busy) };
}

/** Bytes as they came over the wire, heads of answers included. */
function countBytes(devtools: CDPSession): () => Pick<Visit, "bytes" | "requests"> {
  let bytes = 0;
  let requests = 0;
  devtools.on("Network.loadingFinished", ({ encodedDataLength }) => {
    bytes += encodedDataLength;
    requests += 1;
  });
  return () => ({ bytes, requests });
}

/** The built page as the doors serve it, packed, and answers as they are on a workday's noon. */
async function serveTown(dist: string): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer(async ({ url: asked = "/", headers }, response) => {
    const { pathname } = new URL(asked, "http://town");
    if (pathname.startsWith("/v1/")) return sendAnswer(pathname, response);
    const type = TYPES[extname(pathname)];
    const path = join(dist, type ? pathname : "index.html");
    const packed = headers["accept-encoding"]?.includes("br") && existsSync(`${path}.br`);
    if (!type) return sendPage(await readFile(path, "utf8"), pathname, response);
    const body = await readFile(packed ? `${path}.br` : path).catch(() => undefined);
    if (!body) return void response.writeHead(404).end();
    response.writeHead(200, { "content-type": type, ...(packed && { "content-encoding": "br" }) });
    response.end(body);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** As the doors do: what the page asks first stands in it. */
function sendPage(page: string, pathname: string, response: ServerResponse): void {
  const asked = Object.entries(firstAsked(pathname) ?? {});
  const answers = asked.map(([name, path]) => [name, JSON.stringify(answerTo(path))]);
  response.writeHead(200, { "content-type": "text/html; charset=utf-8", "content-encoding": "gzip" });
  response.end(gzipSync(withFirstAnswers(page, Object.fromEntries(answers))));
}

const ARRIVALS = 12;

function sendAnswer(pathname: string, response: ServerResponse): void {
  const body = answerTo(pathname);
  response.writeHead(body ? 200 : 404, { "content-type": "application/json" });
  response.end(JSON.stringify(body ?? { title: "Not found", status: 404 }));
}

function answerTo(pathname: string): object | undefined {
  const now_ms = Date.now();
  const at = (minutes: number) => new Date(now_ms + minutes * 60_000).toISOString();
  const said = "За місцем автобуса 12 с тому; решта шляху — за розкладом із його запізненням.";
  const reason = { uk: said, ru: said, en: said };
  const arrivals = Array.from({ length: ARRIVALS }, (_, place) => ({
    ...{
      route_id: `r${place % 4}`,
      route_short_name: `${place % 4}`,
      route_color: "1f77b4",
      headsign: "Новобудови",
    },
    ...{
      trip_id: `t${place}`,
      service_date: "20261130",
      stop_sequence: 4,
      delay_s: 60,
      basis: "live",
      reason,
    },
    ...{
      scheduled_at: at(place * 6),
      predicted_at: at(place * 6 + 1),
      low: at(place * 6),
      high: at(place * 6 + 3),
    },
    signal_at: at(-0.1),
  }));
  const stop = { stop_id: "s1", stop_name: "Вокзал", latitude: 50.2, longitude: 30.3 };
  const answers: Readonly<Record<string, object>> = {
    "/v1/town": {
      name: "Верба",
      tenant: "verba",
      simulated: false,
      timezone: "Europe/Kyiv",
      now: at(0),
      cameras: 0,
      stops: 20,
      vehicles: 8,
    },
    "/v1/push-key": { public_key: `B${"A".repeat(86)}` },
    "/v1/stops/s1/arrivals": {
      stop,
      made_at: at(0),
      heard_at: at(-0.1),
      timezone: "Europe/Kyiv",
      alerts: [],
      arrivals,
    },
  };
  return answers[pathname];
}
