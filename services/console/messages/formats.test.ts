import { expect, test } from "vitest";
import { createFormats, knownZone } from "./formats.ts";

const NOW_MS = Date.parse("2026-11-22T23:30:00Z");
const now = () => NOW_MS;

test("times are the town's, whatever zone the device is in", () => {
  const kyiv = createFormats("uk", "Europe/Kyiv", now);
  expect([kyiv.clock(NOW_MS), kyiv.clockSeconds("2026-11-22T23:30:05Z"), kyiv.dayKey(NOW_MS)]).toEqual([
    "01:30",
    "01:30:05",
    "2026-11-23",
  ]);
  expect(createFormats("uk", "UTC", now).dayKey(NOW_MS)).toBe("2026-11-22");
});

test("days and numbers as the language writes them", () => {
  const said = (["uk", "ru", "en"] as const).map((language) => {
    const formats = createFormats(language, "Europe/Kyiv", now);
    return [formats.day("2026-11-21T10:00:00Z"), formats.number(1234.5).replace(/\s/g, " ")];
  });
  expect(said).toEqual([
    ["субота, 21 листопада", "1 234,5"],
    ["суббота, 21 ноября", "1 234,5"],
    ["Saturday 21 November", "1,234.5"],
  ]);
});

test("an unknown zone is shown as UTC instead of not at all", () => {
  expect([knownZone("Europe/Kyiv"), knownZone("Mars/Olympus")]).toEqual(["Europe/Kyiv", "UTC"]);
});
