import { handClock } from "@yardline/testkit/hand-clock";
import { pino } from "pino";
import { expect, test } from "vitest";
import { createLook, LOOK_EVERY_MS, type Reducible } from "./keep-up.ts";
import { CALM_MS } from "./reduced-watching.ts";

/** A camera that wants five pictures a second, or one; of `missing` of them nothing becomes. */
class Camera implements Reducible {
  readonly id: string;
  reduced = false;
  missing = 0;
  moved_ms = 0;
  gone = false;

  constructor(id: string) {
    this.id = id;
  }
  watched() {
    return this.gone ? undefined : { id: this.id, moved_ms: this.moved_ms };
  }
  takeLoad() {
    return this.reduced ? { wanted: 1, missed: 0 } : { wanted: 5, missed: this.missing };
  }
  reduce(reduced: boolean) {
    this.reduced = reduced;
  }
}

test("a box that cannot keep up watches those less where nothing moves, says so once, and once when it is over", () => {
  const clock = handClock();
  const said: string[] = [];
  const log = pino({}, { write: (line: string) => void said.push(JSON.parse(line).msg) });
  const [yard, gate, lane] = [new Camera("yard"), new Camera("gate"), new Camera("lane")];
  const cameras = [yard, gate, lane];
  const look = createLook(new Map(cameras.map((camera) => [camera.id, camera])), { clock, log });
  const pass = (seconds: number) => {
    for (let s = 0; s < seconds; s++) {
      clock.advance(LOOK_EVERY_MS);
      look();
    }
  };
  yard.moved_ms = 3;
  gate.moved_ms = 1;
  lane.moved_ms = 2;
  for (const camera of cameras) camera.missing = 2;
  pass(7);
  expect(cameras.map(({ reduced }) => reduced)).toEqual([false, true, false]);
  pass(7);
  expect(cameras.map(({ reduced }) => reduced)).toEqual([false, true, true]);

  for (const camera of cameras) camera.missing = 0;
  gate.gone = true;
  pass(1);
  expect(gate.reduced).toBe(false);
  pass(CALM_MS / LOOK_EVERY_MS + 15);
  expect(cameras.map(({ reduced }) => reduced)).toEqual([false, false, false]);
  expect(said).toEqual([
    "The box has too much to do: cameras are watched by key frames only, beginning with these. Recording goes on.",
    "All cameras are watched in full again.",
  ]);
});
