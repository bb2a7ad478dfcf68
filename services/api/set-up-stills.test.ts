import { handClock } from "@yardline/testkit/hand-clock";
import { expect, test } from "vitest";
import { createSetUpStills, STILL_MS } from "./set-up-stills.ts";

const JPEG = Uint8Array.of(0xff, 0xd8);

test("a still is there for ten minutes, for whoever had it taken, and for nobody else", () => {
  const clock = handClock(1_000);
  const stills = createSetUpStills(clock);
  const { id, expires_ms } = stills.keep(JPEG, { camera: "yard", for: "olena" });
  expect(expires_ms).toBe(1_000 + STILL_MS);
  expect(stills.find(id, "olena")).toMatchObject({ jpeg: JPEG, camera: "yard" });
  expect(stills.find(id, "ivan")).toBeUndefined();
  expect(stills.find("another", "olena")).toBeUndefined();
  clock.advance(STILL_MS - 1);
  expect(stills.find(id, "olena")).toBeDefined();
  clock.advance(1);
  expect(stills.find(id, "olena")).toBeUndefined();
});

test("only so many are kept: the oldest goes first", () => {
  const stills = createSetUpStills(handClock(0));
  const ids = Array.from({ length: 17 }, () => stills.keep(JPEG, { camera: undefined, for: "olena" }).id);
  expect(ids.filter((id) => stills.find(id, "olena") === undefined)).toEqual(ids.slice(0, 1));
});
