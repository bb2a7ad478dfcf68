import fc from "fast-check";
import { expect, test } from "vitest";
import {
  columnsOf,
  formatWall,
  moved,
  parseWall,
  shownOn,
  streamsFor,
  TILES_MAX,
  tileAfter,
  toggled,
} from "./wall-view.ts";

test("many small tiles are filled by the smaller streams, but for the large one", () => {
  expect([
    streamsFor(["a", "b"], undefined),
    streamsFor(["a", "b", "c"], undefined),
    streamsFor(["a", "b", "двір 1"], "двір 1"),
  ]).toEqual(["", "stream=sub", "stream=sub&main=%D0%B4%D0%B2%D1%96%D1%80%201"]);
});

test.for([
  ["", "", { cameras: undefined, large: undefined }],
  ["/", "", { cameras: undefined, large: undefined }],
  ["/yard,gate", "?large=gate", { cameras: ["yard", "gate"], large: "gate" }],
  ["/yard,yard,%D0%B4%D0%B2%D1%96%D1%80", "", { cameras: ["yard", "двір"], large: undefined }],
  ["/%E0%A4,yard", "?large", { cameras: ["yard"], large: "" }],
  ["/1,2,3,4,5,6,7,8,9", "", { cameras: ["1", "2", "3", "4", "5", "6", "7", "8"], large: undefined }],
] as const)("address %s%s", ([path, search, wall]) => {
  expect(parseWall(path, search)).toEqual(wall);
});

test("whatever cameras are called, their wall's address leads to it", () => {
  const name = fc.string({ minLength: 1, unit: "grapheme" }).filter((each) => each.trim() === each);
  const wall = fc.record({
    cameras: fc.uniqueArray(name, { minLength: 1, maxLength: TILES_MAX }),
    large: fc.option(name, { nil: undefined }),
  });
  fc.assert(
    fc.property(wall, (asked) => {
      const { path, search } = formatWall(asked);
      expect(parseWall(path, search)).toEqual(asked);
    }),
  );
});

test("without a choice the first eight are shown; chosen ones come, go and move", () => {
  const all = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];
  expect(shownOn({ cameras: undefined, large: undefined }, all)).toEqual(all.slice(0, 8));
  expect(shownOn({ cameras: ["9"], large: undefined }, all)).toEqual(["9"]);
  expect(toggled(["1", "2"], "2")).toEqual(["1"]);
  expect(toggled(["1"], "2")).toEqual(["1", "2"]);
  expect(toggled(all.slice(0, 8), "9")).toEqual(all.slice(0, 8));
  expect(moved(["1", "2", "3"], "3", -1)).toEqual(["1", "3", "2"]);
  expect(moved(["1", "2"], "2", 1)).toEqual(["1", "2"]);
});

test("arrows lead from tile to tile as they stand", () => {
  expect([1, 2, 4, 5, 6, 8].map(columnsOf)).toEqual([1, 2, 2, 3, 3, 4]);
  expect(tileAfter("ArrowDown", 1, 8)).toBe(5);
  expect(tileAfter("ArrowUp", 1, 8)).toBe(1);
  expect(tileAfter("ArrowRight", 7, 8)).toBe(7);
  expect(tileAfter("End", 0, 3)).toBe(2);
  expect(tileAfter("a", 0, 3)).toBeUndefined();
});
