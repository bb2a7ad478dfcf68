import fc from "fast-check";
import { expect, test } from "vitest";
import { createJpegReader, JPEG_BYTES_MAX } from "./jpeg-parts.ts";
import { drawnJpeg } from "./testing.ts";

const jpegs = ["64x48", "80x60", "96x72"].map((size) => drawnJpeg(size));
const withLength = (jpeg: Uint8Array) =>
  Buffer.concat([
    Buffer.from(`--b\r\nContent-Type: image/jpeg\r\nContent-Length: ${jpeg.length}\r\n\r\n`),
    jpeg,
    Buffer.from("\r\n"),
  ]);
const without = (jpeg: Uint8Array) =>
  Buffer.concat([Buffer.from("\r\n--myboundary\r\nContent-type: image/jpeg\r\n\r\n"), jpeg]);

test.for([
  { what: "with lengths", stream: Buffer.concat(jpegs.map(withLength)), pictures: 3 },
  { what: "without", stream: Buffer.concat([...jpegs.map(without), Buffer.from("\r\n--my")]), pictures: 3 },
  { what: "the last one not whole", stream: Buffer.concat(jpegs.map(without)), pictures: 2 },
])("pictures $what, cut anywhere", ({ stream, pictures }) => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 20 }), (lengths) => {
      const read = createJpegReader();
      const found: Uint8Array[] = [];
      for (let at = 0, i = 0; at < stream.length; i++) {
        const length = lengths[i % lengths.length] ?? 1;
        found.push(...read(stream.subarray(at, at + length)));
        at += length;
      }
      expect(found.map((each) => Buffer.from(each))).toEqual(
        jpegs.slice(0, pictures).map((each) => Buffer.from(each)),
      );
    }),
    { numRuns: 30 },
  );
});

test("what holds no picture, one too large and one without an end are refused", () => {
  const all = (...chunks: Uint8Array[]) => {
    const read = createJpegReader();
    return () => chunks.flatMap((chunk) => read(chunk));
  };
  const megabyte = Buffer.alloc(1024 * 1024);
  expect(all(Buffer.alloc(10_000, "x"))).toThrow(/no picture/);
  expect(all(Buffer.from(`Content-Length: ${JPEG_BYTES_MAX + 1}\r\n\r\n\xff\xd8\xff`, "latin1"))).toThrow(
    /large/,
  );
  expect(all(Buffer.from("\xff\xd8\xff", "latin1"), ...Array.from({ length: 9 }, () => megabyte))).toThrow(
    /end/,
  );
});
