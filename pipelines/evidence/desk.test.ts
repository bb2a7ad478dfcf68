import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openFileStore } from "@yardline/media/files";
import { findHolds } from "@yardline/records/holds";
import { openSqliteRecords } from "@yardline/records/sqlite";
import { fragmentedVideo } from "@yardline/sources/video/testing";
import { handClock } from "@yardline/testkit/hand-clock";
import { expect, onTestFinished, test } from "vitest";
import { EvidenceDesk } from "./desk.ts";
import type { AskedExport } from "./export-row.ts";
import type { EvidenceSources } from "./make-bundle.ts";
import { bytesOf } from "./read-bytes.ts";
import { testFolder } from "./testing.ts";
import { readContainer, verifyBundle } from "./verify-bundle.ts";

const FROM_MS = Date.parse("2026-11-22T11:00:00Z");
const MASK = { form: "none-needed", reason: "a drawn yard" } as const;
const ASKED: AskedExport = {
  form: "original",
  periods: [{ camera: "yard", from_ms: FROM_MS, to_ms: FROM_MS + 6_000 }],
  events: [],
  purpose: "theft of a bicycle",
  legal_basis: { ground: "police-request", reference: "№ 12/345" },
};

/** A town with two recordings of two seconds and a declared gap after them. */
async function town({ two_person = false } = {}) {
  const folder = await testFolder();
  const clock = handClock(FROM_MS + 3_600_000);
  const media = await openFileStore({ folder: join(folder, "media"), clock });
  const records = await openSqliteRecords({ path: join(folder, "records.sqlite") });
  const video = fragmentedVideo({ size: "160x90", seconds: 2, rate_fps: 5 });
  const stored = [];
  for (const at_ms of [FROM_MS, FROM_MS + 2_000]) {
    stored.push(
      await media.putSegment(
        { camera: "yard", connection: "c1", from_ms: at_ms, to_ms: at_ms + 2_000 },
        video,
      ),
    );
  }
  await media.noteGap("yard", { from_ms: FROM_MS + 4_000, to_ms: FROM_MS + 6_000, why: "camera-lost" });
  const failures: unknown[] = [];
  const sources: EvidenceSources = {
    media,
    gaps: (camera, from_ms, to_ms) => media.listGaps(camera, from_ms, to_ms),
    findEvent: async () => undefined,
    findCamera: () => ({
      name: "Yard",
      purpose: "p",
      legal_basis: "l",
      controller: "c",
      retention_h: 72,
      mask: MASK,
    }),
    readClock: async () => [],
    custody: async () => [{ at: "2026-11-22T11:30:00.000Z", who: "olena", action: "look" }],
    town: { name: "Demo", tenant: "demo" },
    software: "yardline 0.1.0",
    clock,
  };
  let ids = 0;
  const begin = () =>
    new EvidenceDesk({
      ...{ records, sources, two_person, keep_h: 72, folder: join(folder, "evidence") },
      newId: () => `e${++ids}`,
      onFailure: (_, thrown) => failures.push(thrown),
    });
  const desk = begin();
  onTestFinished(async () => {
    await desk.close();
    await media.close();
    await records.close();
  });
  const bundle = async (id: string) =>
    new Uint8Array(await readFile(join(folder, "evidence/bundles", `${id}.zip`)));
  const verify = async (id: string) => {
    await desk.settled();
    const data = await bundle(id);
    const entries = (await readContainer(bytesOf(data))) ?? [];
    const verdict = await verifyBundle(bytesOf(data), (await desk.key()).fingerprint, () => undefined);
    return { data, names: entries.map(({ name }) => name), entries, verdict };
  };
  return { folder, clock, media, records, desk, begin, stored, video, failures, verify };
}

test("a bundle holds the bytes first stored, their hashes from then, a clip that plays, and what is missing", async () => {
  const { desk, verify, video, stored, records, clock } = await town();
  const { id } = await desk.ask(ASKED, "olena");
  expect(await findHolds(records, clock.now_ms())).toMatchObject([{ camera: "yard", held_by: "olena" }]);
  const { names, entries, data, verdict } = await verify(id);
  const signing = ["town-key.pem", "town-key-rotations.json", "statement.json", "statement.dsse.json"];
  const recordings = ["recordings/1-yard/00001.mp4", "recordings/1-yard/00002.mp4"];
  expect(names).toEqual(["README.txt", ...recordings, "clips/1-yard-1.mp4", ...signing]);
  const first = entries[1] ?? { at: 0, size: 0 };
  expect(Buffer.from(data.subarray(first.at, first.at + first.size)).equals(video)).toBe(true);
  expect(verdict).toMatchObject({ whole: true, trusted: "yes" });
  expect(verdict.signed?.facts).toMatchObject({
    asked_by: "olena",
    legal_basis: ASKED.legal_basis,
    recordings: stored.map(({ sha256 }) => ({ sha256, hashed_at: "2026-11-22T12:00:00.000Z" })),
    periods: [
      {
        complete: false,
        gaps: [{ from: "2026-11-22T11:00:04.000Z", reason: "camera-lost" }],
        mask: { form: "none-needed" },
      },
    ],
    custody: [{ who: "olena", action: "look" }],
  });
  expect(await desk.find(id)).toMatchObject({ state: "ready", complete: false, bytes: data.length });
  expect(await findHolds(records, clock.now_ms())).toEqual([]);
});

test("a recording that was changed on the disk after it was stored is found by its hash from then", async () => {
  const { desk, verify, folder, video } = await town();
  const day = join(folder, "media/yard/2026-11-22");
  const [name = ""] = await readdir(day);
  const changed = Uint8Array.from(video);
  changed[changed.length - 5] = (changed[changed.length - 5] ?? 0) ^ 1;
  await writeFile(join(day, name), changed);
  const { id } = await desk.ask(ASKED, "olena");
  const { verdict } = await verify(id);
  expect(verdict).toMatchObject({ whole: false, problems: [{ code: "recording-changed" }] });
});

test("a redacted bundle holds no byte of the recording, only its hashes", async () => {
  const { desk, verify } = await town();
  const { id } = await desk.ask({ ...ASKED, form: "redacted" }, "olena");
  const { names, verdict } = await verify(id);
  expect(names.filter((name) => name.endsWith(".mp4"))).toEqual(["redacted/1-yard-1.mp4"]);
  expect(verdict).toMatchObject({
    whole: true,
    signed: { facts: { redactions: [{ form: "solid", opened: [] }] } },
  });
});

test("where the town wants two, nothing is made before somebody else has approved", async () => {
  const { desk, verify } = await town({ two_person: true });
  const { id } = await desk.ask(ASKED, "olena");
  await desk.settled();
  expect(await desk.find(id)).toMatchObject({ state: "waiting" });
  await expect(desk.decide(id, "olena", true)).rejects.toMatchObject({ code: "EVIDENCE_OWN" });
  await expect(desk.link(id, "olena")).rejects.toMatchObject({ code: "EVIDENCE_STATE" });
  await desk.decide(id, "ivan", true);
  const { verdict } = await verify(id);
  expect(verdict.signed?.facts).toMatchObject({ asked_by: "olena", approved_by: "ivan" });
  await expect(desk.decide(id, "petro", false)).rejects.toMatchObject({ code: "EVIDENCE_STATE" });
});

test("a link fetches once, within its time; a bundle goes after its own", async () => {
  const { desk, clock, folder } = await town();
  const { id } = await desk.ask(ASKED, "olena");
  await desk.settled();
  const { token } = await desk.link(id, "olena");
  const found = await desk.findByLink(token);
  expect(found).toMatchObject({ by: "olena", row: { id } });
  const used = await Promise.allSettled([desk.useLink({ id }, token), desk.useLink({ id }, token)]);
  expect(used.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(await desk.findByLink(token)).toBeUndefined();
  const late = await desk.link(id, "olena");
  clock.advance(11 * 60_000);
  expect(await desk.findByLink(late.token)).toBeUndefined();
  clock.advance(73 * 3_600_000);
  await desk.expire();
  expect(await desk.find(id)).toMatchObject({ state: "expired" });
  expect(await readdir(join(folder, "evidence/bundles"))).toEqual([]);
});

test("what the process before was making is made by the next one; of what is gone it says so", async () => {
  const { desk, begin, records, failures, clock } = await town();
  await desk.close();
  const { id } = await desk.ask(ASKED, "olena");
  expect(await desk.find(id)).toMatchObject({ state: "making" });
  const next = begin();
  await next.resume();
  await next.settled();
  expect(await next.find(id)).toMatchObject({ state: "ready" });
  const gone = await next.ask({ ...ASKED, periods: [{ camera: "yard", from_ms: 0, to_ms: 1_000 }] }, "olena");
  await next.settled();
  expect(await next.find(gone.id)).toMatchObject({
    state: "failed",
    failure: expect.stringContaining("recorded"),
  });
  expect(failures).toMatchObject([{ code: "EVIDENCE_EMPTY" }]);
  expect(await findHolds(records, clock.now_ms())).toEqual([]);
});

test.for([
  [{ from_ms: FROM_MS, to_ms: FROM_MS }, "EVIDENCE_PERIOD"],
  [{ from_ms: FROM_MS, to_ms: FROM_MS + 3 * 3_600_000 }, "EVIDENCE_PERIOD"],
] as const)("%j is refused with %s", async ([period, code]) => {
  const { desk } = await town();
  await expect(
    desk.ask({ ...ASKED, periods: [{ camera: "yard", ...period }] }, "olena"),
  ).rejects.toMatchObject({ code });
});
