import fc from "fast-check";
import { expect, test } from "vitest";
import { OLDEST } from "../event-bus.ts";
import { offsetsOf, positionOf, positionsAfter } from "./position.ts";

const offsets = fc.array(fc.option(fc.maxSafeNat(), { nil: undefined }), { minLength: 1, maxLength: 30 });

test("a position says what it was made of, in characters that a header and a line may hold", () => {
  fc.assert(
    fc.property(offsets, (next) => {
      const position = positionOf(next);
      expect(offsetsOf(position)).toEqual(next);
      expect(position).toMatch(/^[\x21-\x7e]+$/);
    }),
  );
});

test("positions within a batch are those that each record would have by itself", () => {
  fc.assert(
    fc.property(offsets, fc.nat(40), fc.array(fc.nat()), (next, partition, read) => {
      const each = read.map((offset) => {
        const after = Array.from({ length: Math.max(next.length, partition + 1) }, (_, at) => next[at]);
        after[partition] = offset + 1;
        return positionOf(after);
      });
      expect(positionsAfter(next, partition, read)).toEqual(each);
    }),
  );
});

test("twelve partitions after years of a region fit into an id of a live stream", () => {
  expect(positionOf(Array.from({ length: 12 }, () => 10 ** 13)).length).toBeLessThan(200);
});

test("before everything is a position too, and so is one that knows some partitions", () => {
  expect(offsetsOf(OLDEST)).toEqual([]);
  expect(offsetsOf("k1..")).toEqual([1, undefined, undefined]);
});

test.for(["", "k!", "2026-11-22:7", "kA", "'; DROP TABLE", `k${"1.".repeat(1_001)}`, `k${"z".repeat(12)}`])(
  "%s is no position",
  (text) => {
    expect(() => offsetsOf(text)).toThrow(expect.objectContaining({ code: "BUS_POSITION" }));
  },
);
