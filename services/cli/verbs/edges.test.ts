import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@yardline/domain/time";
import { openSqliteRecords } from "@yardline/records/sqlite";
import { keepReport } from "@yardline/relay/edge-report";
import { findEdgeSettings } from "@yardline/relay/edge-settings";
import { expect, onTestFinished, test } from "vitest";
import { run } from "../testing.ts";

async function region() {
  const folder = await mkdtemp(join(tmpdir(), "yardline-edges-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const edges = (...argv: string[]) => run("edges", ...argv, "--data", folder);
  return { folder, edges, open: () => openSqliteRecords({ path: join(folder, "records.sqlite") }) };
}

test("an edge is registered, given settings, shown with what it reported, and revoked", async () => {
  const { folder, edges, open } = await region();
  const north = ["register", "town/north", "--source", "camera/north-*", "--source", "feed/buses"];
  expect(await edges(...north, "--media", "https://10.8.0.2:8444")).toMatchObject({
    code: 0,
    out: "town/north speaks for camera/north-* feed/buses\n",
  });
  await writeFile(join(folder, "north.json"), '{"cameras":[]}');
  expect(await edges("settings", "town/north", "--file", join(folder, "north.json"))).toMatchObject({
    code: 0,
  });
  const records = await open();
  const kept = await findEdgeSettings(records, { tenant: "town", edge: "north" });
  expect(kept?.settings).toEqual({ cameras: [] });
  const refused = { code: "TOWN_CONFIG", reason: "No such camera." };
  await keepReport(
    records,
    systemClock,
    { tenant: "town", edge: "north" },
    { lag: { events: 7 }, settings_refused: refused },
  );
  await records.close();
  expect((await edges("list")).out).toMatch(
    /^town\/north: heard of 20\S+Z; still to come: events 7; settings none \(refuses newer: No such camera\.\); speaks for camera\/north-\* feed\/buses\n1 edges\n$/,
  );
  expect(await edges("revoke", "town/north", "--serial", "0a:1b")).toMatchObject({ code: 0 });
  expect((await edges("list")).out).not.toMatch(/REVOKED/);
  expect(await edges("revoke", "town/north")).toMatchObject({ code: 0 });
  expect((await edges("list")).out).toMatch(/^town\/north REVOKED/);
});

test("a source belongs to one edge", async () => {
  const { edges } = await region();
  await edges("register", "town/north", "--source", "camera/*");
  expect(await edges("register", "town/south", "--source", "camera/market")).toMatchObject({
    code: 1,
    err: expect.stringMatching(/Edge "north" speaks for camera\/market already/),
  });
});

test.for([
  { argv: ["burn"], code: 2, says: "there is list, register, revoke and settings" },
  { argv: ["revoke", "north"], code: 2, says: "TENANT/EDGE" },
  { argv: ["register", "town/north"], code: 2, says: "--source is missing" },
  { argv: ["register", "town/north", "--source", "a", "--media", "http://a"], code: 2, says: "https://" },
  { argv: ["revoke", "town/north"], code: 1, says: "There is no edge town/north" },
  { argv: ["settings", "town/north", "--file", "none.json"], code: 1, says: "none.json cannot be read" },
])("$argv is refused in one line", async ({ argv, code, says }) => {
  const { edges } = await region();
  expect(await edges(...argv)).toMatchObject({ code, err: expect.stringContaining(says) });
});
