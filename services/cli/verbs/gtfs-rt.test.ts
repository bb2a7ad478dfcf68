import { mkdtemp, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tripUpdatesFeed } from "@yardline/publishing/gtfs-realtime";
import { smallTown, zipOf } from "@yardline/timetable/testing";
import { afterAll, expect, test } from "vitest";
import { run } from "../testing.ts";

const NOW_MS = Date.parse("2026-03-15T04:00:00Z");
const folder = await mkdtemp(join(tmpdir(), "yardline-gtfs-rt-"));
const gtfs = join(folder, "town.zip");
await writeFile(gtfs, await zipOf(smallTown()));

function feedOf(trip_id: string): Uint8Array {
  const run = { feed: "town", service_date: "20260315", trip_id, route_id: "1" };
  const call = { run, stop_id: "east-1", stop_sequence: 20, basis: "live", vehicle_id: "17" } as const;
  const times = { scheduled_at_ms: NOW_MS, predicted_at_ms: NOW_MS + 90_000, signal_at_ms: NOW_MS };
  return tripUpdatesFeed([{ ...call, ...times }], NOW_MS);
}

const server = createServer((request, response) => {
  response.statusCode = request.url === "/feed.pb" ? 200 : 404;
  response.end(request.url === "/feed.pb" ? feedOf("east-06:00") : "");
}).listen(0, "127.0.0.1");
afterAll(() => server.close());
const origin = () => `http://127.0.0.1:${(server.address() as { port: number }).port}`;
const check = (...argv: string[]) =>
  run("gtfs-rt", "check", "--gtfs", gtfs, ...argv, "--at", "2026-03-15T04:00:05Z");

test("our own feed, fetched over HTTP, breaks no rule", async () => {
  expect(await check(`${origin()}/feed.pb`)).toEqual({
    code: 0,
    out: "",
    err: `${origin()}/feed.pb: 0 errors, 0 warnings\n`,
  });
});

test("a trip that the timetable lacks is named with its rule and entity", async () => {
  const path = join(folder, "ghost.pb");
  await writeFile(path, feedOf("ghost"));
  const { code, out } = await check(path);
  expect(code).toBe(1);
  expect(out).toBe(`E003 ${path} (1)\n  town:20260315:ghost: trip_id ghost is not in trips.txt\n`);
  const { out: json } = await check(path, "--json");
  expect(JSON.parse(json)).toMatchObject({ feed: path, rule: "E003" });
});

test("what cannot be read says what to do", async () => {
  expect((await check(`${origin()}/nothing`)).err).toContain("it answers 404; check the path or address");
  const page = join(folder, "page.html");
  await writeFile(page, "<!doctype html>");
  expect((await check(page)).err).toContain("is no GTFS-Realtime message");
  expect((await check(page, "--every", "0")).code).toBe(2);
});
