import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readEvent } from "./read-event.ts";
import { writeEvent } from "./write-event.ts";

const good = readEvent(readFileSync(join(import.meta.dirname, "fixtures/yard.presence.v1.json")));

test("what is written reads back whole", () => {
  expect(readEvent(writeEvent(good))).toEqual(good);
});

test.for<[string, object, string]>([
  [
    "a field that the schema does not name",
    { data: { ...good.data, face: "no" } },
    "/data/face of yard.presence",
  ],
  ["a type of no catalogue", { type: "yard.barking" }, "is not in the catalogue"],
  [
    "a version that is not this release's",
    { dataschema: "urn:yardline:yard.presence:v9" },
    "is not in the catalogue",
  ],
  ["an envelope that readers would refuse", { severity: "panic" }, "/severity"],
])("%s is not written", ([, fields, says]) => {
  expect(() => writeEvent({ ...good, ...fields })).toThrow(
    expect.objectContaining({ code: "EVENT_MALFORMED", message: expect.stringContaining(says) }),
  );
});
