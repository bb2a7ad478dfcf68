import { Value } from "typebox/value";
import { expect, test } from "vitest";
import { CameraRecord, problemsOf } from "./camera-record.ts";

const record: CameraRecord = {
  purpose: "protection-of-property",
  legal_basis: "public-task",
  controller: "Village council",
  retention_h: 72,
  mask: { form: "none-needed", reason: "Only the council's own yard is in view." },
};

test.for([
  { name: "a whole record", change: {}, valid: true },
  { name: "safety alone is no purpose", change: { purpose: "safety" }, valid: false },
  { name: "no legal basis", change: { legal_basis: undefined }, valid: false },
  { name: "no mask decision", change: { mask: undefined }, valid: false },
  { name: "none needed, but no reason", change: { mask: { form: "none-needed" } }, valid: false },
  { name: "burnt in without a polygon", change: { mask: { form: "burnt-in", polygons: [] } }, valid: false },
  {
    name: "a corner outside the picture",
    change: {
      mask: {
        form: "burnt-in",
        polygons: [
          [
            [0, 0],
            [1, 0],
            [1, 1.2],
          ],
        ],
      },
    },
    valid: false,
  },
])("$name → valid: $valid", ({ change, valid }) => {
  expect(Value.Check(CameraRecord, { ...record, ...change })).toBe(valid);
});

test("longer than 72 hours needs a reason", () => {
  expect(problemsOf({ ...record, retention_h: 73 })).toHaveLength(1);
  expect(
    problemsOf({ ...record, retention_h: 73, retention_reason: "Two break-ins under investigation." }),
  ).toEqual([]);
});
