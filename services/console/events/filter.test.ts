import { expect, test } from "vitest";
import { presence, stopVisit } from "../testing/fake-events.ts";
import { formatQuery, matchesFilter, parseFilter, withField } from "./filter.ts";
import { TYPES_OF_KIND } from "./kinds.ts";

const NOON_MS = Date.parse("2026-11-22T12:00:00Z");

test("an address gives the filter, and what it does not know is left out", () => {
  const params = new URLSearchParams("kind=yard&label=dog&text=two+words&within=1h&source=camera/a&other=1");
  expect(parseFilter(params)).toEqual({
    kind: "yard",
    label: "dog",
    text: "two words",
    within: "1h",
    source: "camera/a",
  });
  expect(parseFilter(new URLSearchParams("kind=weather&within=2y&label="))).toEqual({});
});

test("a field set to nothing goes away", () => {
  expect(withField({ kind: "yard", label: "dog" }, "label", "")).toEqual({ kind: "yard" });
  expect(withField({ kind: "yard" }, "text", "сад")).toEqual({ kind: "yard", text: "сад" });
});

test("the API is asked for types and an absolute time", () => {
  const query = formatQuery({ kind: "transit", within: "1h", text: "вокзал" }, NOON_MS, {
    limit: 50,
    cursor: "abc",
  });
  expect([...new URLSearchParams(query)]).toEqual([
    ["limit", "50"],
    ...TYPES_OF_KIND.transit.map((type) => ["type", type]),
    ["text", "вокзал"],
    ["from", "2026-11-22T11:00:00.000Z"],
    ["cursor", "abc"],
  ]);
});

test("live events are matched as the server would", () => {
  const person = presence("a", NOON_MS);
  const visit = stopVisit("trip", NOON_MS, 130);
  const matching = (filter: Parameters<typeof matchesFilter>[1]) =>
    [person, visit].filter((event) => matchesFilter(event, filter)).map(({ type }) => type);
  expect(matching({})).toEqual(["yard.presence", "transit.stop-visit"]);
  expect(matching({ kind: "transit" })).toEqual(["transit.stop-visit"]);
  expect(matching({ label: "person" })).toEqual(["yard.presence"]);
  expect(matching({ label: "1" })).toEqual(["transit.stop-visit"]);
  expect(matching({ source: "camera/yard" })).toEqual(["yard.presence"]);
  expect(matching({ text: "ВОКЗАЛ запізнення" })).toEqual(["transit.stop-visit"]);
  expect(matching({ text: "вокзал собака" })).toEqual([]);
});
