import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEmbeddedBus } from "@yardline/bus/embedded";
import { OLDEST } from "@yardline/bus/event-bus";
import { openSqliteRecords } from "@yardline/records/sqlite";
import { eventually } from "@yardline/testkit/eventually";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { readTownConfig } from "../config.ts";
import { Parts } from "../parts.ts";
import type { Site } from "../site.ts";
import { startFeeding } from "./take-feeds.ts";

const KEY = "cAnary-key-77";

/** A site with real stores below a folder, in which the settings' files lie too. */
async function openSite(feeds: string, files: Readonly<Record<string, string>> = {}) {
  const folder = await mkdtemp(join(tmpdir(), "yardline-feeds-"));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const clock = { now_ms: () => Date.now(), monotonic_ms: () => performance.now() };
  const bus = await openEmbeddedBus({ folder: join(folder, "bus"), clock });
  const records = await openSqliteRecords({ path: join(folder, "records.sqlite") });
  const stop = new AbortController();
  const parts = new Parts();
  const lines: string[] = [];
  onTestFinished(async () => {
    stop.abort();
    await parts.settled();
    await Promise.all([bus.close(), records.close()]);
    await rm(folder, { recursive: true });
  });
  const site = {
    config: readTownConfig(`town: { name: Town, tenant: town }\nfeeds:\n${feeds}`, "town.yaml"),
    base: join(folder, "town.yaml"),
    stores: { bus: async () => bus, records: async () => records },
    ...{ parts, clock },
    log: pino({ level: "trace" }, { write: (line: string) => void lines.push(line) }),
  } as unknown as Site;
  return { site, bus, parts, lines, signal: stop.signal };
}

test("a feed of the settings goes to the bus, and its key nowhere", async () => {
  const keys: unknown[] = [];
  const server = createServer(({ headers, url }, answer) => {
    keys.push([headers["x-key"], url]);
    const at = Math.floor(Date.now() / 1000);
    answer.end(JSON.stringify([{ n: "12", y: 49.5, x: 24.25, t: at, v: 36 }]));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const mapping =
    "{ vehicles: $, id: n, latitude: y, longitude: x, time: t, time_format: epoch-s, speed: v }";
  const feed = `  - { name: open-data, format: json, url_file: feed.url, header_file: feed.header, every_s: 1, mapping: ${mapping} }`;
  const { site, bus, parts, lines, signal } = await openSite(feed, {
    "feed.url": `http://127.0.0.1:${port}/?key=${KEY}\n`,
    "feed.header": `X-Key: ${KEY}\n`,
  });
  await startFeeding(site, signal);
  await eventually(() =>
    expect(parts.list([])).toEqual([{ name: "feed open-data", running: true, required: false }]),
  );
  expect(keys[0]).toEqual([KEY, `/?key=${KEY}`]);
  expect(lines.join()).not.toContain(KEY);
  const taken: unknown[] = [];
  const reading = new AbortController();
  onTestFinished(() => reading.abort());
  for await (const records of bus.tail("positions", OLDEST, reading.signal)) {
    for (const { key, source, body } of records)
      taken.push([key, source, JSON.parse(Buffer.from(body).toString())]);
    break;
  }
  expect(taken[0]).toEqual([
    "12",
    "feed/open-data",
    expect.objectContaining({ vehicle_id: "12", latitude: 49.5, longitude: 24.25, speed_mps: 10 }),
  ]);
});

test.for([
  { what: "a file that is missing", feed: "url_file: none.url", says: /feed "a": .*none\.url/ },
  {
    what: "an address with a password",
    feed: "url_file: me.url",
    says: /feed "a": url_file must hold one address/,
  },
  {
    what: "a header with another behind it",
    feed: 'url: "https://f.example", header_file: two.header',
    says: /header_file must hold one line/,
  },
])("$what is told, and nothing of what it holds", async ({ feed, says }) => {
  const { site, signal } = await openSite(`  - { name: a, format: gtfs-realtime, ${feed} }`, {
    "me.url": `https://me:${KEY}@feed.example/`,
    "two.header": `X-Key: ${KEY}\nX-Other: ${KEY}\n`,
  });
  const failure = await startFeeding(site, signal).catch((thrown: unknown) => thrown);
  expect(failure).toMatchObject({ code: "TOWN_CONFIG", message: expect.stringMatching(says) });
  expect(String(failure)).not.toContain(KEY);
});
