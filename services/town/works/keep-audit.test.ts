import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findCheckpoints, originOf } from "@yardline/audit/checkpoint";
import { openFileStore } from "@yardline/audit/file-store";
import { readFileLog, readFileNotes } from "@yardline/audit/read-log";
import { readVerifier } from "@yardline/audit/signed-note";
import { deed } from "@yardline/audit/testing";
import { verifyLog } from "@yardline/audit/verify";
import { leaveDeletions } from "@yardline/records/deletions";
import { memoryRecords } from "@yardline/records/memory";
import { eventually } from "@yardline/testkit/eventually";
import { handClock } from "@yardline/testkit/hand-clock";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import type { AuditSettings } from "../audit-settings.ts";
import { Deletions } from "../deletions.ts";
import { Parts } from "../parts.ts";
import { keepAudit } from "./keep-audit.ts";

const NOON_MS = Date.parse("2026-11-22T12:00:00Z");
const DAY_MS = 86_400_000;

/** A town in a folder of its own whose log is kept until the test ends. */
async function town(settings: AuditSettings, before_ms: readonly number[] = []) {
  const folder = await mkdtemp(join(tmpdir(), "yardline-keep-audit-"));
  await mkdir(join(folder, "usb"));
  const store = await openFileStore({ folder: join(folder, "audit"), file_bytes: 4_096 });
  for (const at_ms of before_ms) await store.append([deed()], at_ms);
  const records = memoryRecords();
  const parts = new Parts();
  const stop = new AbortController();
  onTestFinished(async () => {
    stop.abort();
    await parts.settled();
    await store.close();
    await rm(folder, { recursive: true });
  });
  const config = { town: { name: "Town", tenant: "town" }, audit: settings };
  const site = {
    config,
    base: join(folder, "town.yaml"),
    folder,
    parts,
    deletions: new Deletions(),
    clock: handClock(NOON_MS),
    log: pino({ level: "silent" }),
  };
  const audit = await keepAudit(
    { ...site, stores: { audit: async () => store, records: async () => records } },
    stop.signal,
  );
  const verify = async (checkpoints: string) => {
    const verifier = readVerifier(await readFile(join(folder, "audit/key.pub"), "utf8"));
    return verifyLog(readFileLog(join(folder, "audit")), {
      origin: originOf("town"),
      notes: findCheckpoints(await readFileNotes(join(folder, "audit")), verifier),
      checkpoints: findCheckpoints(checkpoints, verifier),
    });
  };
  return { folder, audit, records, parts, verify, stop, deletions: site.deletions };
}

test("its beginning is an entry, a checkpoint leaves at once, and what it proves holds", async () => {
  const { folder, audit, verify } = await town({ checkpoints: [{ folder: "usb" }] });
  const path = join(folder, "usb/audit-checkpoints-2026-11.txt");
  await eventually(async () => expect(await readFile(path, "utf8")).toMatch(/^yardline-audit\/town\n1\n/));
  await audit.write(deed());
  const { entries } = await audit.search({}, { limit: 5 });
  expect(entries.map(({ who, action, object }) => [who, action, object.id])).toMatchObject([
    ["olena", "look", deed().object.id],
    ["(box)", "log", "begun"],
  ]);
  expect(await verify(await readFile(path, "utf8"))).toMatchObject({ entries: 2, findings: [] });
});

test("what retention dropped is in the chain when the town stops", async () => {
  const { audit, verify, parts, stop, deletions } = await town({});
  const before_ms = NOON_MS - 3 * DAY_MS;
  deletions.media({ camera: "yard", rule: "camera-time", things: 7, before_ms, holds: 1 });
  stop.abort();
  await parts.settled();
  const { entries } = await audit.search({ action: "delete" }, { limit: 5 });
  expect(entries).toMatchObject([
    {
      who: "(box)",
      object: { kind: "camera", id: "yard" },
      details: { rule: "camera-time", things: 7, before: "2026-11-19T12:00:00.000Z", holds: 1 },
    },
  ]);
  expect(deletions.list()).toEqual([]);
  expect(await verify("")).toMatchObject({ entries: 2, findings: [] });
});

test("what another process and an edge dropped is in the chain, too, and lies there no longer", async () => {
  const { audit, records, parts, stop } = await town({});
  const dropped = (id: string) => ({
    ...{ id, at_ms: NOON_MS, object: { kind: "events", id: "bus" } },
    details: { rule: "personal-time", things: 3 },
  });
  await leaveDeletions(records, { tenant: "town", edge: "" }, [dropped("a")]);
  await leaveDeletions(records, { tenant: "town", edge: "north" }, [dropped("b")]);
  await leaveDeletions(records, { tenant: "other", edge: "" }, [dropped("c")]);
  stop.abort();
  await parts.settled();
  const { entries } = await audit.search({ action: "delete" }, { limit: 5 });
  const details = { rule: "personal-time", things: 3, at: "2026-11-22T12:00:00.000Z" };
  expect(entries.map((entry) => entry.details)).toEqual([
    { ...details, edge: "north", id: "b" },
    { ...details, id: "a" },
  ]);
  expect((await records.list("deletion")).map(({ id }) => id)).toEqual(["c"]);
});

test("a place that cannot be reached stands in the health of the town", async () => {
  const { parts } = await town({ checkpoints: [{ folder: "not-mounted" }] });
  const health = () => parts.list([]).find(({ name }) => name === "audit log");
  await eventually(() =>
    expect(health()).toMatchObject({
      running: false,
      required: false,
      detail: expect.stringMatching(/no checkpoint left by folder: ENOENT/),
    }),
  );
});

test("what is older than the settings say goes in whole files, and the rest is proven from a signed note on", async () => {
  const days = Array.from({ length: 60 }, (_, n) => NOON_MS - (60 - n) * DAY_MS);
  const { folder, audit, verify } = await town({ keep_days: 30 }, days);
  await eventually(async () => expect(await readFileNotes(join(folder, "audit"))).not.toBe(""));
  await eventually(async () => {
    const { first, findings } = await verify("");
    expect([first?.entry.seq ?? 0, findings]).toEqual([expect.any(Number), []]);
    expect(first?.entry.seq).toBeGreaterThan(10);
    expect(first?.entry.seq).toBeLessThanOrEqual(30);
  });
  expect(
    (await audit.search({ action: "log" }, { limit: 5 })).entries.map(({ object }) => object.id),
  ).toEqual(["shortened", "begun"]);
});

test("a secret that cannot be read is told at the start", async () => {
  const hook = { url: "https://archive.example/", secret_file: "missing" };
  await expect(town({ checkpoints: [{ webhook: hook }] })).rejects.toMatchObject({ code: "TOWN_CONFIG" });
});
