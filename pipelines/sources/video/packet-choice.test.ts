import fc from "fast-check";
import { expect, test } from "vitest";
import type { Packet } from "./fragments.ts";
import { createGopRing } from "./gop-ring.ts";
import { createPacketChoice } from "./packet-choice.ts";

const FRAME_MS = 40;

/** Shows packets of groups of `group` at 25 fps. @returns the numbers of those chosen at each arrival. */
function choose(packets: number, group: number, isActive: (at: number) => boolean): readonly number[][] {
  let at = 0;
  const gop = createGopRing(() => undefined);
  const choice = createPacketChoice(() => isActive(at));
  return Array.from({ length: packets }, (_, index) => {
    at = index;
    const packet: Packet = {
      data: new Uint8Array(1),
      pts_ms: index * FRAME_MS,
      duration_ms: FRAME_MS,
      key: index % group === 0,
    };
    gop.push(packet);
    return choice.choose(packet, gop).map(({ pts_ms }) => pts_ms / FRAME_MS);
  });
}

test("idle after the first group: the key frame and the packet after it", () => {
  const chosen = choose(100, 25, () => false).flat();
  expect(chosen.filter((index) => index < 25).length).toBe(25);
  expect(chosen.filter((index) => index >= 25)).toEqual([25, 26, 50, 51, 75, 76]);
});

test("active again: what was left out of the group at once, then everything", () => {
  const chosen = choose(75, 25, (at) => at >= 60);
  expect(chosen.slice(50, 62)).toEqual([
    [50],
    [51],
    ...Array.from({ length: 8 }, () => []),
    [52, 53, 54, 55, 56, 57, 58, 59, 60],
    [61],
  ]);
});

test("where key frames are more than a second apart everything is decoded", () => {
  expect(choose(200, 50, () => false).flat()).toEqual(Array.from({ length: 200 }, (_, index) => index));
});

test("whatever is chosen can be decoded: from a key frame on without a hole, in order, each once", () => {
  fc.assert(
    fc.property(
      fc.array(fc.boolean(), { minLength: 120, maxLength: 120 }),
      fc.integer({ min: 2, max: 60 }),
      (active, group) => {
        const chosen = choose(active.length, group, (at) => active[at] ?? false).flat();
        for (const [place, index] of chosen.entries()) {
          if (index % group !== 0) expect(chosen[place - 1]).toBe(index - 1);
          else if (place > 0) expect(index).toBeGreaterThan(chosen[place - 1] ?? 0);
        }
      },
    ),
  );
});

test("a new decoder begins with the group under way, and none of it comes twice", () => {
  const gop = createGopRing(() => undefined);
  const choice = createPacketChoice(() => true);
  const packets = [0, 1, 2, 3].map((index) => ({
    data: new Uint8Array(1),
    pts_ms: index * FRAME_MS,
    duration_ms: FRAME_MS,
    key: index === 0,
  }));
  for (const packet of packets.slice(0, 3)) {
    gop.push(packet);
    choice.choose(packet, gop);
  }
  expect(choice.again(gop)).toEqual(packets.slice(0, 3));
  const last = packets.slice(3);
  for (const packet of last) gop.push(packet);
  expect(last.flatMap((packet) => choice.choose(packet, gop))).toEqual(last);
});
