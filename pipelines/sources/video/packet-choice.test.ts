import fc from "fast-check";
import { expect, test } from "vitest";
import type { Packet } from "./fragments.ts";
import { createGopRing } from "./gop-ring.ts";
import { createPacketChoice, type Wanted } from "./packet-choice.ts";

const FRAME_MS = 40;

/** How many packets a decoder is behind. */
const [PROMPT, ONE_BEHIND] = [0, 1];

/**
 * Shows packets of groups of `group` at 25 fps, and gives what is chosen to a decoder.
 * @returns the numbers of those chosen at each arrival.
 */
function choose(
  packets: number,
  group: number,
  wantedAt: (at: number) => Wanted,
  behindAt: (at: number) => number = () => ONE_BEHIND,
): readonly number[][] {
  let at = 0;
  const gop = createGopRing(() => undefined);
  const taken: number[] = [];
  const shown_ms = () => taken.at(-1 - behindAt(at)) ?? Number.NEGATIVE_INFINITY;
  const choice = createPacketChoice(() => wantedAt(at), shown_ms);
  return Array.from({ length: packets }, (_, index) => {
    at = index;
    const packet: Packet = {
      data: new Uint8Array(1),
      pts_ms: index * FRAME_MS,
      duration_ms: FRAME_MS,
      key: index % group === 0,
    };
    gop.push(packet);
    const chosen = choice.choose(packet, gop).map(({ pts_ms }) => pts_ms);
    taken.push(...chosen);
    return chosen.map((pts_ms) => pts_ms / FRAME_MS);
  });
}

test("idle after the first group: the key frame and the packet after it", () => {
  const chosen = choose(100, 25, () => "one-a-second").flat();
  expect(chosen.filter((index) => index < 25).length).toBe(25);
  expect(chosen.filter((index) => index >= 25)).toEqual([25, 26, 50, 51, 75, 76]);
});

test("a decoder that shows a key frame at once is not given the packet after it", () => {
  const chosen = choose(
    100,
    25,
    () => "one-a-second",
    () => PROMPT,
  ).flat();
  expect(chosen.filter((index) => index >= 25)).toEqual([25, 50, 75]);
});

test("one that falls behind later is given it again, from the key frame after the one that it did not show", () => {
  const behindAt = (at: number) => (at < 40 ? PROMPT : ONE_BEHIND);
  const chosen = choose(150, 25, () => "one-a-second", behindAt).flat();
  expect(chosen.filter((index) => index >= 25)).toEqual([25, 50, 75, 76, 100, 101, 125, 126]);
});

test("active again: what was left out of the group at once, then everything", () => {
  const chosen = choose(75, 25, (at) => (at >= 60 ? "every" : "one-a-second"));
  expect(chosen.slice(50, 62)).toEqual([
    [50],
    [51],
    ...Array.from({ length: 8 }, () => []),
    [52, 53, 54, 55, 56, 57, 58, 59, 60],
    [61],
  ]);
});

test("where key frames are more than a second apart everything is decoded", () => {
  expect(choose(200, 50, () => "one-a-second").flat()).toEqual(
    Array.from({ length: 200 }, (_, index) => index),
  );
});

test("one a second is enough where key frames come more often", () => {
  expect(
    choose(100, 10, () => "one-a-second")
      .flat()
      .filter((index) => index >= 10),
  ).toEqual([30, 31, 60, 61, 90, 91]);
  // Of a camera that sends nothing else, the next key frame is what the decoder waits for.
  expect(choose(80, 1, () => "key-frames").flat()).toEqual([0, 1, 23, 24, 46, 47, 69, 70]);
});

test("key frames only: however far apart, from the first one on; then what was left out, and everything", () => {
  const chosen = choose(220, 100, (at) => (at < 205 ? "key-frames" : "every")).flat();
  const rest = Array.from({ length: 18 }, (_, index) => 202 + index);
  expect(chosen).toEqual([0, 1, 100, 101, 200, 201, ...rest]);
});

test("whatever is chosen can be decoded: from a key frame on without a hole, in order, each once", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom<Wanted>("every", "one-a-second", "key-frames"), {
        minLength: 120,
        maxLength: 120,
      }),
      fc.integer({ min: 1, max: 60 }),
      fc.array(fc.constantFrom(PROMPT, ONE_BEHIND), { minLength: 1, maxLength: 120 }),
      (wanted, group, behind) => {
        const chosen = choose(
          wanted.length,
          group,
          (at) => wanted[at] ?? "every",
          (at) => behind[at % behind.length] ?? ONE_BEHIND,
        ).flat();
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
  const choice = createPacketChoice(
    () => "every",
    () => Number.NEGATIVE_INFINITY,
  );
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
