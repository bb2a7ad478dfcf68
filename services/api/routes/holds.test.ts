import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { extendHold, holdRecording, listHolds, releaseHold } from "@yardline/records/holds";
import { openSqliteRecords } from "@yardline/records/sqlite";
import { expect, onTestFinished, test } from "vitest";
import type { HoldView } from "../privacy-parts.ts";
import { testApp } from "../testing/app.ts";
import { NOON_MS } from "../testing/scenes.ts";

const ASKED = {
  ...{ camera: "yard", from: "2026-11-22T10:00:00Z", to: "2026-11-22T10:05:00Z" },
  ...{ reason: "asked for by the police", legal_basis: "case 12/2026", until: "2026-12-22T12:00:00Z" },
};

/** Doors over real records. */
async function doors() {
  const folder = await mkdtemp(join(tmpdir(), "yardline-holds-"));
  const records = await openSqliteRecords({ path: join(folder, "records.sqlite") });
  onTestFinished(async () => {
    await records.close();
    await rm(folder, { recursive: true });
  });
  const holds: HoldView = {
    list: () => listHolds(records),
    async make(hold) {
      await holdRecording(records, "h1", { ...hold, held_at_ms: NOON_MS });
      const [made] = await listHolds(records);
      if (!made) throw new Error("it was not made");
      return made;
    },
    extend: (id, until_ms) => extendHold(records, id, { until_ms, now_ms: NOON_MS }),
    release: (id, how) => releaseHold(records, id, { ...how, now_ms: NOON_MS }),
  };
  const app = await testApp({ holds });
  const post = (url: string, payload: object) => app.inject({ method: "POST", url, payload });
  const list = async () => (await app.inject("/v1/holds")).json();
  return { post, list };
}

test("a hold is made with owner, reason, basis and end; extended; and released", async () => {
  const { post, list } = await doors();
  const made = await post("/v1/holds", ASKED);
  expect([made.statusCode, made.json()]).toMatchObject([
    201,
    { id: "h1", camera: "yard", owner: "(nobody)", legal_basis: "case 12/2026", state: "holding" },
  ]);
  const soon = { until: "2026-11-25T12:00:00Z", reason: "the case is nearly closed" };
  expect((await post("/v1/holds/h1/extend", soon)).json()).toMatchObject({ state: "ends-soon" });
  const released = await post("/v1/holds/h1/release", { reason: "the case is closed" });
  expect(released.json()).toMatchObject({ state: "released", ended_why: "the case is closed" });
  expect(await list()).toMatchObject({ holds: [{ id: "h1", state: "released" }] });
  expect((await post("/v1/holds/h1/release", { reason: "once more" })).statusCode).toBe(404);
});

test.for([
  { name: "no reason", change: { reason: undefined }, status: 400 },
  { name: "no legal basis", change: { legal_basis: "" }, status: 400 },
  { name: "no end", change: { until: undefined }, status: 400 },
  { name: "an end in three years", change: { until: "2029-11-22T10:00:00Z" }, status: 400 },
  { name: "a time that ends before it begins", change: { to: ASKED.from }, status: 400 },
  { name: "another camera", change: { camera: "none" }, status: 404 },
])("$name: $status", async ({ change, status }) => {
  const { post, list } = await doors();
  expect((await post("/v1/holds", { ...ASKED, ...change })).statusCode).toBe(status);
  expect(await list()).toEqual({ holds: [] });
});
