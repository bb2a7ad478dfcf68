import { AppError } from "@yardline/domain/errors";
import { expect, test } from "vitest";
import { createRecorder, type RecorderNote, SEGMENTS_WAITING_MAX } from "./recorder.ts";

const segment = (at: number) => ({
  from_ms: at * 4_000,
  to_ms: (at + 1) * 4_000,
  data: Uint8Array.of(at),
});

let now_ms = 0;

/** One camera's recorder over a disk that takes as long as it is told to. */
function recording(camera: string, write: (data: Uint8Array) => Promise<unknown>) {
  const notes: RecorderNote[] = [];
  const recorder = createRecorder(
    camera,
    (_, data) => write(data),
    (note) => notes.push(note),
    { monotonic_ms: () => now_ms },
  );
  return { recorder, notes };
}

test("a disk that hangs costs the newest segments of its camera, each told with its time, and nothing of another's", async () => {
  const disk = Promise.withResolvers<void>();
  const slow = recording("yard", () => disk.promise);
  const quick = recording("gate", async () => undefined);
  for (let at = 0; at < SEGMENTS_WAITING_MAX + 2; at++) {
    slow.recorder.put("c", segment(at));
    quick.recorder.put("c", segment(at));
    await quick.recorder.settled();
  }
  const lost = slow.notes.flatMap((note) => (note.kind === "segment-lost" ? [note] : []));
  expect(lost.map(({ from_ms, to_ms, code }) => [from_ms, to_ms, code])).toEqual([
    [16_000, 20_000, "MEDIA_SLOW"],
    [20_000, 24_000, "MEDIA_SLOW"],
  ]);
  expect(quick.notes.map(({ kind }) => kind)).toEqual(Array(SEGMENTS_WAITING_MAX + 2).fill("segment-stored"));
  disk.resolve();
  await slow.recorder.settled();
  slow.recorder.put("c", segment(9));
  await slow.recorder.settled();
  expect(slow.notes.filter(({ kind }) => kind === "segment-stored").length).toBe(SEGMENTS_WAITING_MAX + 1);
});

test("a segment that the disk refuses is told with its time; the next one is tried again", async () => {
  let full = true;
  const { recorder, notes } = recording("yard", async () => {
    if (full) throw new AppError("MEDIA_UNAVAILABLE", "The disk is full.", { retryable: true });
  });
  recorder.put("c", segment(0));
  await recorder.settled();
  full = false;
  recorder.put("c", segment(1));
  await recorder.settled();
  expect(notes).toEqual([
    {
      kind: "segment-lost",
      from_ms: 0,
      to_ms: 4_000,
      code: "MEDIA_UNAVAILABLE",
      message: "The disk is full.",
    },
    { kind: "segment-stored", bytes: 1, from_ms: 4_000, to_ms: 8_000, took_ms: 0 },
  ]);
});

test("how long a segment took tells of a slow disk before anything is lost, the waiting included", async () => {
  const disks = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let writes = 0;
  const { recorder, notes } = recording("yard", () => disks[writes++]?.promise ?? Promise.resolve());
  recorder.put("c", segment(0));
  recorder.put("c", segment(1));
  now_ms += 5_000;
  disks[0]?.resolve();
  await new Promise(setImmediate);
  now_ms += 1_000;
  disks[1]?.resolve();
  await recorder.settled();
  expect(notes.map((note) => note.kind === "segment-stored" && note.took_ms)).toEqual([5_000, 6_000]);
});
