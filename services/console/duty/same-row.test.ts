import { expect, test } from "vitest";
import type { ApiEvent } from "../api/types.ts";
import { presence } from "../testing/fake-events.ts";
import { toDuty } from "./duty-view.ts";
import { groupQueue } from "./queue-groups.ts";
import { sameRow } from "./same-row.ts";

const seen = presence("t1", Date.parse("2026-11-22T12:00:00Z"));
const row = (events: readonly ApiEvent[]) => {
  const [group] = groupQueue(events, []);
  if (!group) throw new Error("No group.");
  const to = toDuty({ chosen: { occurrence: seen.occurrence }, shift: false, all: false });
  return { group, to, chosen: false, reachable: false, editor: undefined };
};

test("a row whose group was made anew of the same events is the same", () => {
  expect(sameRow(row([seen]), row([seen]))).toBe(true);
});

test("another revision, one event more, another choice and another link are each drawn", () => {
  const before = row([seen]);
  const elsewhere = toDuty({ chosen: undefined, shift: true, all: false });
  const drawn = [
    row([{ ...seen, revision: seen.revision + 1 }]),
    row([seen, { ...seen, occurrence: `${seen.occurrence}1` }]),
    { ...before, chosen: true },
    { ...before, reachable: true },
    { ...before, editor: "olena" },
    { ...before, to: elsewhere },
  ];
  expect(drawn.map((after) => sameRow(before, after))).toEqual(drawn.map(() => false));
});
