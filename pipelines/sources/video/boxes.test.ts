import { AppError } from "@yardline/domain/errors";
import fc from "fast-check";
import { expect, test } from "vitest";
import { boxesIn, createBoxReader, findBox } from "./boxes.ts";
import { createFragmentReader } from "./fragments.ts";
import { fragmentedVideo } from "./testing.ts";

const box = (type: string, ...content: readonly number[]) => {
  const data = Buffer.alloc(8 + content.length);
  data.writeUInt32BE(data.length);
  data.write(type, 4, "latin1");
  data.set(content, 8);
  return data;
};

const inPieces = (stream: Uint8Array, cuts: readonly number[]) => {
  const places = [...new Set(cuts.map((cut) => cut % (stream.length + 1)))].sort((a, b) => a - b);
  return [0, ...places].map((from, i) => stream.subarray(from, places[i] ?? stream.length));
};

test("boxes come out the same however the stream is cut", () => {
  const boxes = fc.array(fc.tuple(fc.constantFrom("ftyp", "moof", "mdat", "free"), fc.uint8Array()));
  fc.assert(
    fc.property(boxes, fc.array(fc.nat(500)), (made, cuts) => {
      const stream = Buffer.concat(made.map(([type, content]) => box(type, ...content)));
      const read = createBoxReader();
      const found = inPieces(stream, cuts).flatMap((piece) => read(piece));
      expect(found.map(({ type, data }) => [type, [...data.subarray(8)]])).toEqual(
        made.map(([type, content]) => [type, [...content]]),
      );
    }),
  );
});

test.for([
  { what: "without an end", bytes: [0, 0, 0, 0, 109, 100, 97, 116] },
  { what: "shorter than its header", bytes: [0, 0, 0, 1, 109, 100, 97, 116, 0, 0, 0, 0, 0, 0, 0, 9] },
  { what: "of 2 GB", bytes: [0x7f, 0xff, 0xff, 0xff, 109, 100, 97, 116] },
  { what: "of 2 MB that is no picture", bytes: [0, 0x20, 0, 0, 109, 111, 111, 118] },
  { what: "of 16 EB", bytes: [0, 0, 0, 1, 109, 100, 97, 116, 255, 255, 255, 255, 255, 255, 255, 255] },
])("refuses a box $what before it takes memory for it", ({ bytes }) => {
  expect(() => createBoxReader()(Uint8Array.from(bytes))).toThrow(AppError);
});

test("HTML is no box", () => {
  expect(() => createBoxReader()(Buffer.from("<!doctype html><title>Login</title>"))).toThrow(AppError);
});

test("finds boxes inside boxes", () => {
  const inner = box("tkhd", 1, 2, 3);
  const whole = box("moov", ...box("mvhd", 9), ...box("trak", ...inner));
  expect(findBox(whole, ["moov", "trak", "tkhd"])?.data).toEqual(inner);
  expect(findBox(whole, ["moov", "trak", "mdia"])).toBeUndefined();
  expect(boxesIn(whole.subarray(0, whole.length - 1))).toEqual([]);
});

test("hostile bytes cost one AppError, never anything else", () => {
  const stream = fragmentedVideo({ size: "64x48", seconds: 0.4, rate_fps: 10 });
  const change = fc.tuple(fc.nat(Math.min(stream.length, 3_000) - 1), fc.nat(255));
  fc.assert(
    fc.property(
      fc.array(change, { minLength: 1, maxLength: 20 }),
      fc.array(fc.nat(3_000)),
      (changes, cuts) => {
        const broken = Uint8Array.from(stream);
        for (const [at, value] of changes) broken[at] = value;
        const read = createFragmentReader();
        try {
          for (const piece of inPieces(broken, cuts)) read(piece);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(AppError);
        }
      },
    ),
    { numRuns: 500 },
  );
});
