import type { Box } from "@yardline/domain/box";
import { describe, expect, test } from "vitest";
import { type Labelled, scoreTracks } from "./scores.ts";

/** Boxes a tenth of the picture wide, far apart: each letter of `ids` is one identity in its own lane, a space is nobody. */
function lane(ids: string, at = 0): readonly Labelled[] {
  const box: Box = { left: at, top: 0, right: at + 0.1, bottom: 0.5 };
  return [...ids].flatMap((id, frame) => (id === " " ? [] : [{ frame, id, box }]));
}

const nothing = { missed: 0, false_boxes: 0, switches: 0 };

describe("counted by hand", () => {
  test("all of it right, under other names", () => {
    expect(scoreTracks(lane("aaaa"), lane("xxxx"))).toEqual({ ...nothing, mota: 1, idf1: 1 });
  });

  test("a new name half way is one switch, and half of the boxes are under the wrong identity", () => {
    // IDTP 4 of 8 true and 8 given boxes.
    expect(scoreTracks(lane("aaaaaaaa"), lane("xxxxyyyy"))).toEqual({
      ...nothing,
      switches: 1,
      mota: 1 - 1 / 8,
      idf1: 0.5,
    });
  });

  test("a switch is counted across a gap too, and coming back is another", () => {
    const score = scoreTracks(lane("aaaaaa"), lane("xx yxx"));
    expect(score).toEqual({ ...nothing, missed: 1, switches: 2, mota: 1 - 3 / 6, idf1: (2 * 4) / (6 + 5) });
  });

  test("two who swap names are two switches", () => {
    const truth = [...lane("aaaa"), ...lane("bbbb", 0.5)];
    const given = [...lane("xxyy"), ...lane("yyxx", 0.5)];
    expect(scoreTracks(truth, given)).toEqual({ ...nothing, switches: 2, mota: 1 - 2 / 8, idf1: 0.5 });
  });

  test("missed ones and false ones", () => {
    const score = scoreTracks(lane("aaaa"), [...lane("xx  "), ...lane("  z", 0.7)]);
    expect(score).toEqual({
      missed: 2,
      false_boxes: 1,
      switches: 0,
      mota: 1 - 3 / 4,
      idf1: (2 * 2) / (4 + 3),
    });
  });

  test("an overlap of more than one half counts, of less does not; a pair that held is kept though another overlaps more", () => {
    const moved = (by: number) =>
      lane("x").map((each) => ({ ...each, box: { ...each.box, bottom: 0.5 * by } }));
    expect(scoreTracks(lane("a"), moved(0.51))).toMatchObject({ idf1: 1 });
    expect(scoreTracks(lane("a"), moved(0.49))).toMatchObject({ idf1: 0, missed: 1, false_boxes: 1 });
    const better = { ...lane(" y")[0], frame: 1, id: "y", box: { left: 0, top: 0, right: 0.1, bottom: 0.5 } };
    const worse = { frame: 1, id: "x", box: { left: 0, top: 0, right: 0.1, bottom: 0.4 } };
    expect(scoreTracks(lane("aa"), [...lane("x"), better, worse])).toMatchObject({
      switches: 0,
      false_boxes: 1,
    });
  });
});
