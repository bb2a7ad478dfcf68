import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { endPause, findPauses, PAUSE_DAYS_MAX, pauseCamera } from "./pauses.ts";
import { openSqliteRecords } from "./sqlite.ts";

const DAY_MS = 86_400_000;
const PAUSE = { from_ms: 1_000, until_ms: 5_000, reason: "a funeral", paused_by: "olena" };

async function openRecords() {
  const folder = await mkdtemp(join(tmpdir(), "yardline-pauses-"));
  const records = await openSqliteRecords({ path: join(folder, "records.sqlite") });
  onTestFinished(async () => {
    await records.close();
    await rm(folder, { recursive: true });
  });
  return records;
}

test("a pause holds until its end, or until somebody ends it", async () => {
  const records = await openRecords();
  await pauseCamera(records, "yard", PAUSE);
  expect(await findPauses(records, 4_999)).toEqual(new Map([["yard", PAUSE]]));
  expect(await findPauses(records, 5_000)).toEqual(new Map());
  await endPause(records, "yard");
  await endPause(records, "yard");
  expect(await findPauses(records, 2_000)).toEqual(new Map());
});

test("a second pause never ends the first one sooner, and what went before it is one with it", async () => {
  const records = await openRecords();
  await pauseCamera(records, "yard", PAUSE);
  const shorter = { ...PAUSE, from_ms: 2_000, until_ms: 3_000, reason: "children", paused_by: "petro" };
  expect(await pauseCamera(records, "yard", shorter)).toEqual({
    ...shorter,
    from_ms: 1_000,
    until_ms: 5_000,
  });
  const after = { ...PAUSE, from_ms: 6_000, until_ms: 7_000 };
  expect(await pauseCamera(records, "yard", after)).toEqual(after);
});

test("one without a reason or an end is refused; a row that is none opens no camera", async () => {
  const records = await openRecords();
  const wrong = [
    { until_ms: PAUSE.from_ms },
    { until_ms: PAUSE.from_ms + PAUSE_DAYS_MAX * DAY_MS + 1 },
    { reason: "" },
    { paused_by: "" },
  ];
  for (const each of wrong) {
    const asked = pauseCamera(records, "yard", { ...PAUSE, ...each });
    await expect(asked).rejects.toMatchObject({ code: "PAUSE_WRONG" });
  }
  await records.write([{ kind: "camera-pause", id: "yard", value: { until_ms: 9_000 } }]);
  await expect(findPauses(records, 0)).rejects.toMatchObject({ code: "RECORDS_REFUSED" });
});
