import { expect, test } from "vitest";
import { packDerived, unpackDerived } from "./derived-bytes.ts";

test("facts and bytes come back as they were; what is cut off or none is nothing", () => {
  const packed = packDerived({ tiles: [1, "два"] }, Uint8Array.of(1, 2, 3));
  const unpacked = unpackDerived(packed);
  expect([unpacked?.facts, [...(unpacked?.data ?? [])]]).toEqual([{ tiles: [1, "два"] }, [1, 2, 3]]);
  for (const length of [0, 3, 5, 10]) expect(unpackDerived(packed.subarray(0, length))).toBeUndefined();
});
