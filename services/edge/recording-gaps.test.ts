import { expect, test } from "vitest";
import { RecordingGaps } from "./recording-gaps.ts";
import { memoryKeeping, quiet } from "./testing.ts";

const lost = (from_ms: number, code: string) => ({
  ...{ kind: "segment-lost" as const, from_ms, to_ms: from_ms + 4_000, code, message: `${code}.` },
});
const STORED = { kind: "segment-stored", bytes: 1, from_ms: 0, to_ms: 4_000, took_ms: 5 } as const;

test("lost segments and a lost camera are gaps with their reasons; a full list is written when there is room again", async () => {
  const { keeper, gaps } = memoryKeeping();
  let full = true;
  const noteGap: typeof keeper.noteGap = async (camera, gap) => {
    if (full) throw new Error("the disk is full");
    return keeper.noteGap(camera, gap);
  };
  const clock = { now_ms: () => 60_000 };
  const recording = new RecordingGaps({ camera: "yard", keeper: { noteGap }, clock, log: quiet });
  recording.note(lost(0, "MEDIA_UNAVAILABLE"));
  await recording.settled();
  recording.note(lost(4_000, "MEDIA_UNAVAILABLE"));
  await recording.settled();
  expect([gaps, recording.trouble()]).toEqual([[], { recording_trouble: "MEDIA_UNAVAILABLE." }]);
  full = false;
  recording.note(STORED);
  await recording.settled();
  recording.note(lost(20_000, "MEDIA_SLOW"));
  recording.note(STORED);
  recording.change({ kind: "lost", why: "silent", since_ms: 50_000, attempts: 1 });
  recording.change({ kind: "connected", at_ms: 70_000 });
  await recording.settled();
  expect(gaps).toEqual([
    { from_ms: 0, to_ms: 8_000, why: "disk-failed" },
    { from_ms: 20_000, to_ms: 24_000, why: "disk-slow" },
    { from_ms: 50_000, to_ms: 60_000, why: "camera-lost" },
  ]);
  expect(recording.trouble()).toEqual({});
});

test("a disk that takes longer than the pictures last is a trouble that is told, until one is quick again", () => {
  const clock = { now_ms: () => 0 };
  const { keeper } = memoryKeeping();
  const recording = new RecordingGaps({ camera: "yard", keeper, clock, log: quiet });
  const trouble = () => recording.trouble().recording_trouble;
  recording.note({ ...STORED, took_ms: 9_100 });
  expect(trouble()).toBe("The disk is slow: 4.0 s of recording took 9.1 s to write");
  recording.note(STORED);
  expect(trouble()).toBeUndefined();
});

test("a gap begins where recording ended, not where the last packet came: what was behind went with the connection", async () => {
  const { keeper, gaps } = memoryKeeping();
  const recording = new RecordingGaps({
    camera: "yard",
    keeper,
    clock: { now_ms: () => 62_000 },
    log: quiet,
  });
  recording.note({ ...STORED, from_ms: 40_000, to_ms: 44_000 });
  recording.change({ kind: "lost", why: "ended", since_ms: 60_000, attempts: 1 });
  await recording.settled();
  // The rest of the old connection is stored a moment later, the first of the new one before it is sure to last.
  recording.note({ ...STORED, from_ms: 44_000, to_ms: 46_500 });
  recording.note({ ...STORED, from_ms: 65_000, to_ms: 69_000 });
  recording.change({ kind: "returned", why: "ended", since_ms: 60_000, at_ms: 65_000, attempts: 1 });
  await recording.settled();
  expect(gaps.at(-1)).toEqual({ from_ms: 46_500, to_ms: 65_000, why: "camera-lost" });
});
