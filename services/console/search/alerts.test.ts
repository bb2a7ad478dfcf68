import { expect, test } from "vitest";
import { presence } from "../testing/fake-events.ts";
import { type Alert, decodeAlert, withAlert } from "./alerts.ts";

const event = presence("a", Date.parse("2026-11-22T12:00:00Z"));
const alert = (search: string, count = 1): Alert => ({ search, name: search, count, event });

test("each search is one line, the newest first, with all that nobody has looked at", () => {
  const told = [alert("a"), alert("b", 2), alert("a", 3), alert("c"), alert("d")];
  expect(told.reduce(withAlert, [] as readonly Alert[]).map(({ search, count }) => [search, count])).toEqual([
    ["d", 1],
    ["c", 1],
    ["a", 4],
  ]);
});

test.each([[undefined], ["{"], ["null"], [JSON.stringify({ ...alert("a"), count: 0 })]])(
  "%s is no alert",
  (data) => {
    expect(decodeAlert(data)).toBeUndefined();
  },
);

test("an alert is read as it was said", () => {
  expect(decodeAlert(JSON.stringify(alert("a", 7)))).toEqual(alert("a", 7));
});
