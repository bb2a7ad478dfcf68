import { expect, test } from "vitest";
import { type ExportDraft, NEW_EXPORT, readExport } from "./export-draft.ts";

const KEPT: ExportDraft = {
  ...{
    form: "original",
    cover: "solid",
    without: ["o2"],
    purpose: "theft",
    ground: "court-order",
    reference: "№ 7",
  },
  opened: {
    o1: [
      {
        id: 1,
        path: [
          { at_ms: 0, box: [0, 0, 0.5, 0.5] },
          { at_ms: 9_000, box: [0.5, 0.5, 1, 1] },
        ],
      },
    ],
  },
};

test("what was chosen and typed is as it was", () => {
  expect(readExport(JSON.stringify(KEPT))).toEqual(KEPT);
});

test.for([
  undefined,
  "",
  "{broken",
  "null",
  "7",
  JSON.stringify({ form: "open", cover: "none", without: 3, opened: [], ground: 1, reference: null }),
])("where nothing of ours was kept it begins anew: %s", (text) => {
  expect(readExport(text)).toEqual(NEW_EXPORT);
});

test("a region that makes no sense opens nothing", () => {
  const broken = [{ id: 1, path: [{ at_ms: 0, box: [0, 0, 7, 1] }] }, { id: "x", path: [] }, null];
  expect(readExport(JSON.stringify({ opened: { o1: broken } })).opened).toEqual({ o1: [] });
});
