import { cameraTampered } from "@yardline/events/camera-tampered";
import { yardLeftObject } from "@yardline/events/yard-left-object";
import { expect, test } from "vitest";
import { tamperedData, thingData } from "./view-data.ts";

test("a left thing as the catalogue has it", () => {
  const data = thingData("gate", "left-object", {
    zone: "all",
    region: "20000-7",
    box: { left: 0.5, top: 1 / 3, right: 0.53, bottom: 0.55 },
    area: 0.00123456,
    since_ms: 20_000,
    until_ms: 31_000,
    ended: "undone",
  });
  expect(data).toEqual({
    camera: "gate",
    rule: "left-object",
    zone: "all",
    region: "20000-7",
    since: "1970-01-01T00:00:20.000Z",
    until: "1970-01-01T00:00:31.000Z",
    box: [0.5, 0.3333, 0.53, 0.55],
    area: 0.0012,
    ended: "undone",
  });
  expect(yardLeftObject.validator().Check(data)).toBe(true);
});

test("a moved camera as the catalogue has it", () => {
  const data = tamperedData("gate", "camera-moved", {
    kind: "moved",
    since_ms: 10_000,
    until_ms: 15_000,
    brightness: 110.86111,
    sharpness: 0.97321,
    lost: 0.89412,
    shift: { across: -0.0875, down: -1 / 15 },
  });
  expect(data).toEqual({
    camera: "gate",
    rule: "camera-moved",
    kind: "moved",
    since: "1970-01-01T00:00:10.000Z",
    until: "1970-01-01T00:00:15.000Z",
    brightness: 110.8611,
    sharpness: 0.9732,
    lost: 0.8941,
    shift: [-0.0875, -0.0667],
  });
  expect(cameraTampered.validator().Check(data)).toBe(true);
});
