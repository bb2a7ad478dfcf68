import { AppError } from "@yardline/domain/errors";
import { memoryRecords } from "@yardline/records/memory";
import { eventually } from "@yardline/testkit/eventually";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import type { CameraConfig } from "../camera-config.ts";
import { Parts } from "../parts.ts";
import { followCameraSettings } from "./follow-camera-settings.ts";

const WITHIN_MS = 20_000;

async function following(use: (cameras: readonly CameraConfig[]) => Promise<void>) {
  const [records, parts, over] = [memoryRecords(), new Parts(), new AbortController()];
  onTestFinished(() => over.abort());
  let away = false;
  const list: typeof records.list = async (kind) => {
    if (away) throw new AppError("RECORDS_UNAVAILABLE", "The records cannot be reached.");
    return records.list(kind);
  };
  const stores = { records: async () => ({ ...records, list }) };
  const log = pino({ level: "silent" });
  await followCameraSettings({ stores, parts, log }, use, over.signal);
  const detail = () => parts.list([]).find(({ name }) => name === "camera settings")?.detail;
  const goes = (now: boolean) => {
    away = now;
  };
  return { detail, goes };
}

test("what was refused is tried again by itself, and health is well once it is taken", {
  timeout: 60_000,
}, async () => {
  let asked = 0;
  const { detail } = await following(async () => {
    asked += 1;
    if (asked === 1) throw new AppError("SECRET_MISSING", "There is no such secret.");
  });
  expect([asked, detail()]).toEqual([1, "There is no such secret."]);
  await eventually(() => expect([asked, detail()]).toEqual([2, undefined]), WITHIN_MS);
});

test("records that were away for a moment leave no trouble behind", { timeout: 60_000 }, async () => {
  const { detail, goes } = await following(async () => undefined);
  expect(detail()).toBeUndefined();
  goes(true);
  await eventually(() => expect(detail()).toBe("The records cannot be reached."), WITHIN_MS);
  goes(false);
  await eventually(() => expect(detail()).toBeUndefined(), WITHIN_MS);
});
