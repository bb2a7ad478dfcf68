import { execFileSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { inspect } from "node:util";
import { systemClock } from "@yardline/domain/time";
import type { YardlineEvent } from "@yardline/events/event";
import { eventually } from "@yardline/testkit/eventually";
import { expect, onTestFinished, test } from "vitest";
import { openElasticIndex } from "./elastic.ts";
import type { EventIndex, EventQuery } from "./event-index.ts";
import { statementOf, stayAt } from "./scenes.ts";
import { type ElasticTestPlace, makeElasticPlace } from "./testing/elastic-place.ts";
import { startProxy } from "./testing/http-proxy.ts";
import { idsOf, scanAll, searchAll } from "./testing/place.ts";

const begin_ms = Date.parse("2026-11-09T12:00:00Z");
const WEEK = "365d-2026.11.09";
const unavailable = (why: RegExp) => ({
  code: "INDEX_UNAVAILABLE",
  retryable: true,
  message: expect.stringMatching(why),
});

async function start(): Promise<{ place: ElasticTestPlace; index: EventIndex }> {
  const place = await makeElasticPlace();
  const index = await place.open();
  onTestFinished(async () => {
    await index.close();
    await place.remove();
  });
  return { place, index };
}

async function startBehindProxy() {
  const place = await makeElasticPlace();
  const proxy = await startProxy(place.server);
  const index = await place.openAt(proxy.address);
  onTestFinished(async () => {
    await index.close();
    await proxy.close();
    await place.remove();
  });
  return { proxy, index };
}

const minutes = (count: number): YardlineEvent[] =>
  Array.from({ length: count }, (_, n) => stayAt(begin_ms + n * 60_000));

test("a server that refuses twice (429) is asked again, and nobody notices", {
  timeout: 60_000,
}, async () => {
  const { proxy, index } = await startBehindProxy();
  let refusals = 2;
  proxy.fateOf = (path) => (path.startsWith("/_bulk") && refusals-- > 0 ? 429 : "through");
  expect(await index.put(minutes(3))).toEqual(["written", "written", "written"]);
});

test("a server that goes on refusing is unavailable, until it takes the same batch", async () => {
  const { proxy, index } = await startBehindProxy();
  proxy.fateOf = (path) => (path.startsWith("/_bulk") ? 429 : "through");
  await expect(index.put(minutes(3))).rejects.toMatchObject(unavailable(/made_up_exception \(429\)/));
  proxy.fateOf = () => "through";
  expect(await index.put(minutes(3))).toEqual(["written", "written", "written"]);
  expect(await index.put(minutes(3))).toEqual(["kept", "kept", "kept"]);
});

test("when the answer is lost the batch goes again, and nothing is there twice", async () => {
  const { proxy, index } = await startBehindProxy();
  let losses = 2;
  proxy.fateOf = (path) => (path.startsWith("/_bulk") && losses-- > 0 ? "answer lost" : "through");
  expect(await index.put(minutes(3))).toEqual(["kept", "kept", "kept"]);
  expect(await scanAll(index)).toEqual(minutes(3));
});

test("a login that is refused is told without the password", async () => {
  const place = await makeElasticPlace();
  const proxy = await startProxy(place.server);
  onTestFinished(() => proxy.close());
  proxy.fateOf = () => 401;
  const thrown = await place.openAt(proxy.address.replace("//", "//yardline:s3cret@")).catch((each) => each);
  expect(thrown).toMatchObject(unavailable(/401/));
  expect(inspect(thrown, { depth: 20, showHidden: true })).not.toContain("s3cret");
  await proxy.close();
  const silent = await place.openAt(proxy.address.replace("//", "//yardline:s3cret@")).catch((each) => each);
  expect(silent).toMatchObject(unavailable(/ECONNREFUSED/));
  expect(inspect(silent, { depth: 20, showHidden: true })).not.toContain("s3cret");
});

test("an index without its shards (red) is unavailable for everything, until it has them", async () => {
  const { place, index } = await start();
  await place.ask("PUT", `${place.prefix}-${WEEK}?wait_for_active_shards=0`, {
    settings: { "index.routing.allocation.require._name": "nobody" },
  });
  const red = unavailable(/red/);
  const [stay] = minutes(1);
  await expect(index.put(minutes(2))).rejects.toMatchObject(red);
  await expect(index.get(stay?.occurrence ?? "")).rejects.toMatchObject(red);
  await expect(index.search({}, { limit: 1 })).rejects.toMatchObject(red);
  await expect(index.count({})).rejects.toMatchObject(red);
  await place.ask("PUT", `${place.prefix}-${WEEK}/_settings`, {
    "index.routing.allocation.require._name": null,
  });
  await place.ask("GET", `_cluster/health/${place.prefix}-${WEEK}?wait_for_status=yellow&timeout=20s`);
  expect(await index.put(minutes(2))).toEqual(["written", "written"]);
  expect(await scanAll(index)).toEqual(minutes(2));
});

test("a closed index is missed, not passed over", async () => {
  const { place, index } = await start();
  const [stay, ...rest] = minutes(2);
  await index.put([stay ?? statementOf(1, 0)]);
  await place.ask("POST", `${place.prefix}-${WEEK}/_close`);
  const closed = unavailable(/closed: open it/);
  await expect(index.put(rest)).rejects.toMatchObject(closed);
  await expect(index.get(stay?.occurrence ?? "")).rejects.toMatchObject(closed);
  for (const query of [{}, { from_ms: begin_ms, to_ms: begin_ms + 1 }]) {
    await expect(index.search(query, { limit: 1 })).rejects.toMatchObject(closed);
  }
  await place.ask("POST", `${place.prefix}-${WEEK}/_open`);
  expect(await index.put(rest)).toEqual(["written"]);
});

test("a disk that is nearly full is named", async () => {
  const { place, index } = await start();
  // Whenever the server looks at its disk, which has room, it takes the block away again.
  const lookEvery = (interval: string | null) =>
    place.ask("PUT", "_cluster/settings", { transient: { "cluster.info.update.interval": interval } });
  await lookEvery("1h");
  onTestFinished(async () => void (await lookEvery(null)));
  await index.put(minutes(1));
  const block = (on: boolean | null) =>
    place.ask("PUT", `${place.prefix}-${WEEK}/_settings`, { "index.blocks.read_only_allow_delete": on });
  await block(true);
  await expect(index.put(minutes(2))).rejects.toMatchObject(unavailable(/free space/));
  expect(await scanAll(index)).toEqual(minutes(1));
  await block(null);
  expect(await index.put(minutes(2))).toEqual(["kept", "written"]);
});

test("what a foreign mapping cannot take is refused alone", async () => {
  const { place, index } = await start();
  await place.ask("PUT", `${place.prefix}-${WEEK}`, { mappings: { properties: { zone: { type: "long" } } } });
  const stays = ["7", "parking", "8"].map((zone, n) => stayAt(begin_ms + n, { zone }));
  expect(await index.put(stays)).toEqual([
    "written",
    { refused: expect.stringMatching(/^document_parsing_exception: .*zone/) },
    "written",
  ]);
});

test("whatever a statement may hold is taken, found and given back whole", async () => {
  const { index } = await start();
  const long = "довга назва ".repeat(9_000);
  const odd = ["", " ", "\ud800", "\u0000", "a.b..c", "__proto", "é".repeat(40_000)].map((zone, n) => {
    const stay = stayAt(begin_ms + n, { zone });
    return { ...stay, data: { ...stay.data, [zone]: { [zone]: [1e300, -0.5, null, 2 ** 53] } } };
  });
  const astray = { ...stayAt(begin_ms + 100), place: "geo:95.5,190" };
  const distant = { ...stayAt(begin_ms + 101, { zone: long }), place: "geo:-90,180.000000000000001" };
  const events = [...odd, astray, distant];
  expect(await index.put(events)).toEqual(events.map(() => "written"));
  expect(await scanAll(index)).toEqual(events);
  const zone = (value: string): EventQuery => ({ where: { op: "is", field: "zone", values: [value] } });
  expect(idsOf(await searchAll(index, zone(long)))).toEqual([distant.id]);
  expect(idsOf(await searchAll(index, zone("é".repeat(40_000))))).toEqual([odd.at(-1)?.id]);
  const world = { op: "box", box: { west: -180, south: -90, east: 180, north: 90 } } as const;
  expect(idsOf(await searchAll(index, { where: world }))).toEqual([distant.id]);
});

test("a batch of any size goes in requests of bounded size", async () => {
  const { index } = await start();
  const text = "я".repeat(50_000);
  const events = minutes(60).map((event) => ({ ...event, data: { ...event.data, text } }));
  expect(await index.put([...events, ...events])).toEqual([
    ...events.map(() => "written"),
    ...events.map(() => "kept"),
  ]);
  await index.refresh();
  expect(await index.count({})).toEqual({ value: 60, exact: true });
});

test("over TLS and with an API key out of files, from nobody else", async () => {
  const place = await makeElasticPlace();
  const folder = await mkdtemp(join(tmpdir(), "yardline-elastic-tls-"));
  const [key, cert, api] = ["key.pem", "cert.pem", "api-key"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
  const files = ["-keyout", key, "-out", cert, "-nodes", "-days", "1"];
  execFileSync(
    "openssl",
    ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", ...files, ...subject],
    {
      stdio: "ignore",
    },
  );
  await writeFile(api, "c2VjcmV0OmtleQ==\n");
  const proxy = await startProxy(place.server, {
    key: await readFile(key, "utf8"),
    cert: await readFile(cert, "utf8"),
  });
  proxy.fateOf = (_, login) => (login === "ApiKey c2VjcmV0OmtleQ==" ? "through" : 401);
  const open = (query: string) =>
    openElasticIndex({ url: `${proxy.address}/?prefix=${place.prefix}${query}`, clock: systemClock });
  onTestFinished(async () => {
    await proxy.close();
    await place.remove();
    await rm(folder, { recursive: true });
  });
  await expect(open(`&api_key_file=${api}`)).rejects.toMatchObject(unavailable(/self-signed/));
  await expect(open(`&ca_file=${cert}`)).rejects.toMatchObject(unavailable(/401/));
  const index = await open(`&ca_file=${cert}&api_key_file=${api}`);
  expect(await index.put(minutes(1))).toEqual(["written"]);
  await index.close();
});

// The server keeps what its copies may still need: for half a minute after a write nothing can be merged away.
test("after the merge that the guide tells of, nothing is left of what was erased", {
  timeout: 120_000,
}, async () => {
  const { place, index } = await start();
  const secret = `secret${crypto.randomUUID().replaceAll("-", "")}`;
  const { nodes } = JSON.parse(
    await place.ask("GET", "_nodes/settings?filter_path=nodes.*.settings.path.home"),
  );
  const [node] = Object.values<{ settings: { path: { home: string } } }>(nodes);
  const data = join(node?.settings.path.home ?? "", "data");
  const [, ...others] = minutes(20);
  const event = stayAt(begin_ms, { zone: secret });
  await index.put([event, ...others]);
  await place.ask("POST", `${place.prefix}-*/_flush?force=true`);
  expect(await isBelow(data, secret)).toBe(true);
  await index.erase([event.occurrence]);
  expect(await scanAll(index)).toEqual(others);
  await eventually(async () => {
    await place.ask("POST", `${place.prefix}-*/_flush?force=true`);
    await place.ask("POST", `${place.prefix}-*/_forcemerge?only_expunge_deletes=true`);
    await delay(1_000);
    expect(await isBelow(data, secret)).toBe(false);
  }, 90_000);
  expect(await scanAll(index)).toEqual(others);
});

async function isBelow(folder: string, text: string): Promise<boolean> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    // Files come and go while a server works.
    const bytes = await readFile(join(entry.parentPath, entry.name)).catch(() => Buffer.alloc(0));
    if (bytes.includes(text)) return true;
  }
  return false;
}
