import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { dataOf } from "./event-type.ts";
import { EVENT_BYTES_MAX, readEvent } from "./read-event.ts";
import { transitStopVisit } from "./transit-stop-visit.ts";
import { yardPresence } from "./yard-presence.ts";

const text = readFileSync(join(import.meta.dirname, "fixtures/yard.presence.v1.json"), "utf8");
const good = readEvent(text);
const changed = (fields: object) => JSON.stringify({ ...good, ...fields });

const problemOf = (body: Uint8Array | string) => {
  try {
    readEvent(body);
    return "none";
  } catch (thrown) {
    return (thrown as Error & { code: string }).code === "EVENT_MALFORMED"
      ? (thrown as Error).message
      : thrown;
  }
};

test("text and its bytes read alike", () => {
  expect(readEvent(new TextEncoder().encode(text))).toEqual(good);
});

test.for<[what: string, body: string | Uint8Array, says: string]>([
  ["no JSON", "{", "JSON"],
  ["no object", "null", "must be object"],
  ["no field at all", "{}", "must have required properties specversion, id"],
  ["bytes that are not UTF-8", Uint8Array.of(0x22, 0xff, 0x22), "not UTF-8"],
  ["a field of the wrong type", changed({ revision: "1" }), "/revision must be integer"],
  ["an id of another revision", changed({ id: `${good.occurrence}.7` }), "/id must be"],
  [
    "a time that is not the anchor",
    changed({ time: "2026-11-22T00:00:00.000Z" }),
    "/time must be the instant",
  ],
  ["a time that is none", changed({ time: "yesterday" }), "/time must match format"],
  ["a state that there is not", changed({ state: "gone" }), "/state "],
  ["a place that is none", changed({ place: "geo:here" }), "/place must match"],
  ["data of the wrong shape", changed({ data: { ...good.data, label: "cat" } }), "/data/label must be equal"],
  ["data without a field", changed({ data: {} }), "/data must have required properties camera"],
  ["a poisoned key", text.replace('"data":', '"__proto__": {"admin": true}, "data":'), "__proto__"],
  ["a poisoned key, escaped", text.replace('"data":', '"\\u005f_proto__": {}, "data":'), "__proto__"],
  [
    "too much of it",
    changed({ data: { ...good.data, note: "x".repeat(EVENT_BYTES_MAX) } }),
    "bytes, more than",
  ],
])("%s is refused by name", ([, body, says]) => {
  expect(problemOf(body)).toContain(says);
});

test("data nested without end is refused, not walked", () => {
  const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
  const unknown = changed({
    type: "yard.barking",
    dataschema: "urn:yardline:yard.barking:v1",
    data: { deep: 0 },
  });
  expect(problemOf(unknown.replace('"deep":0', `"deep":${deep}`))).toContain("nested deeper");
});

test("an unknown type, a newer version and a field that nobody knows yet are taken as they are", () => {
  const barking = { type: "yard.barking", dataschema: "urn:yardline:yard.barking:v1", data: { loud: true } };
  const newer = { dataschema: "urn:yardline:yard.presence:v2", data: { nothing: "of v1" } };
  const extra = { data: { ...good.data, mood: "calm" }, traceparent: "00-1" };
  for (const fields of [barking, newer, extra]) {
    expect(readEvent(changed(fields))).toEqual({ ...good, ...fields });
  }
  expect(dataOf(yardPresence, readEvent(changed(newer)))).toBeUndefined();
});

test("data has its own kind's type, and no other's", () => {
  expect(dataOf(yardPresence, good)?.label).toBe("person");
  expect(dataOf(transitStopVisit, good)).toBeUndefined();
});

test("no bytes do more than be refused", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (body) => void problemOf(body)));
  fc.assert(
    fc.property(fc.json(), (body) => {
      expect(problemOf(body)).toContain("This is not an event");
    }),
  );
});
