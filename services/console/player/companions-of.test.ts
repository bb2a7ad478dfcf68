import { expect, test } from "vitest";
import type { ApiEvent } from "../api/types.ts";
import { companionsOf } from "./companions-of.ts";

const at = (s: number) => new Date(Date.parse("2026-11-22T12:00:00Z") + s * 1000).toISOString();
const event = (camera: string, from: number, to: number, clip = true) =>
  ({
    occurrence: `${camera} ${from}`,
    time: at(from),
    data: { camera, clip: { from: at(from), to: at(to) } },
    links: { self: "", ...(clip && { clip: `/v1/events/${camera}/clip` }) },
  }) as unknown as ApiEvent;

test("of each other camera the recording that covers most of the time, most first", () => {
  const span = { from_ms: Date.parse(at(0)), to_ms: Date.parse(at(20)) };
  const others = [
    ...[event("yard", 0, 20), event("gate", 15, 30), event("gate", 2, 12), event("school", 0, 25)],
    ...[event("park", 20, 40), event("roof", 0, 20, false)],
  ];
  const found = companionsOf(others, { camera: "yard", span });
  expect(found.map(({ event: { occurrence } }) => occurrence)).toEqual(["school 0", "gate 2"]);
});
