import { expect, test } from "vitest";
import { expectedRevision, requiredRevision, revisionTag } from "./if-match.ts";

test.for([
  [undefined, undefined],
  ["*", undefined],
  ['"7"', 7],
  [' "7" ', 7],
] as const)("If-Match %s expects %s", ([header, revision]) => {
  expect(expectedRevision(header === undefined ? {} : { "if-match": header })).toBe(revision);
});

test.for(["7", 'W/"7"', '"7", "8"', '"x"', '""', '"1e9"', '"9999999999999999"'])(
  "%s is no tag of ours",
  (tag) => {
    expect(() => expectedRevision({ "if-match": tag })).toThrow(expect.objectContaining({ status: 400 }));
  },
);

test("where it is needed, none and any are not enough", () => {
  expect(requiredRevision({ "if-match": revisionTag(7) })).toBe(7);
  for (const headers of [{}, { "if-match": "*" }]) {
    expect(() => requiredRevision(headers)).toThrow(expect.objectContaining({ status: 428 }));
  }
});
