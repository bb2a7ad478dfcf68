import fc from "fast-check";
import { expect, test } from "vitest";
import { createLiveReader } from "./live-wire.ts";

const TEXT = new TextEncoder();

function message(camera: number, kind: number, [pts_ms, at_ms]: readonly [number, number], body: Uint8Array) {
  const bytes = new Uint8Array(24 + body.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, camera);
  view.setUint8(1, kind);
  view.setUint32(4, body.length);
  view.setFloat64(8, pts_ms);
  view.setFloat64(16, at_ms);
  bytes.set(body, 24);
  return bytes;
}

const NOTHING = new Uint8Array();
const STREAM = Buffer.concat([
  message(255, 5, [0, 7_000], NOTHING),
  message(0, 1, [0, 7_001], TEXT.encode('{"codec":"avc1.42c01e","width_px":320}')),
  message(0, 2, [0, 0], Uint8Array.of(1, 2, 3)),
  message(0, 3, [40.5, 6_900.25], Uint8Array.of(4, 5)),
  message(9, 77, [0, 0], Uint8Array.of(9)),
  message(1, 4, [0, 0], TEXT.encode('{"kind":"camera-unknown","detail":"There is none."}')),
]);
const MESSAGES = [
  { kind: "time", sent_ms: 7_000 },
  { kind: "opened", camera: 0, sent_ms: 7_001, codec: "avc1.42c01e" },
  { kind: "head", camera: 0, data: Uint8Array.of(1, 2, 3) },
  { kind: "picture", camera: 0, pts_ms: 40.5, captured_ms: 6_900.25, data: Uint8Array.of(4, 5) },
  { kind: "none", camera: 1, why: "camera-unknown" },
];

test("however a stream is cut, its messages are the same", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: STREAM.length })), (cuts) => {
      const at = [0, ...cuts.toSorted((a, b) => a - b), STREAM.length];
      const read = createLiveReader();
      const messages = at.slice(1).flatMap((end, n) => read(new Uint8Array(STREAM.subarray(at[n], end))));
      expect(messages).toEqual(MESSAGES);
    }),
  );
});

test("what is no stream of ours is refused before it fills anything", () => {
  expect(() => createLiveReader()(new Uint8Array(24).fill(255))).toThrow("no stream of live pictures");
});
