import { Value } from "typebox/value";
import { expect, test } from "vitest";
import { CameraRecord, problemsOf } from "./camera-record.ts";

const record: CameraRecord = {
  purpose: "protection-of-property",
  legal_basis: "public-task",
  controller: "Village council",
  retention_h: 72,
  mask: { form: "none-needed", reason: "Only the council's own yard is in view." },
  sign: { posted_on: "2026-11-30", place: "At both gates." },
};

test.for([
  { name: "a whole record", change: {}, valid: true },
  { name: "safety alone is no purpose", change: { purpose: "safety" }, valid: false },
  { name: "no legal basis", change: { legal_basis: undefined }, valid: false },
  { name: "no mask decision", change: { mask: undefined }, valid: false },
  { name: "no sign", change: { sign: undefined }, valid: false },
  { name: "a sign that hangs nowhere", change: { sign: { posted_on: "2026-11-30" } }, valid: false },
  {
    name: "a sign of another form of date",
    change: { sign: { posted_on: "30.11.2026", place: "Gate" } },
    valid: false,
  },
  { name: "no sign, but no reason", change: { sign: { not_needed: "" } }, valid: false },
  { name: "no controller", change: { controller: undefined }, valid: false },
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

test.for<[string, Partial<CameraRecord>, boolean, string[]]>([
  ["72 hours", {}, true, []],
  ["longer", { retention_h: 73 }, true, ["retention_h"]],
  [
    "longer, with a reason",
    { retention_h: 73, retention_reason: "Two break-ins under investigation." },
    true,
    [],
  ],
  ["a recording without a sign", { sign: { not_needed: "Recorded material." } }, false, []],
  ["a live camera without one", { sign: { not_needed: "Recorded material." } }, true, ["sign"]],
  ["a day that is none", { sign: { posted_on: "2026-02-30", place: "Gate" } }, true, ["sign"]],
  ["a live demonstration", { purpose: "demonstration-with-recorded-material" }, true, ["purpose"]],
])("%s → %j, live %s: %j", ([, change, live, fields]) => {
  expect(problemsOf({ ...record, ...change }, live).map(({ field }) => field)).toEqual(fields);
});

test("what says nothing of its time is kept for three days", () => {
  const { retention_h: _, ...plain } = record;
  expect(problemsOf(plain, true)).toEqual([]);
});
