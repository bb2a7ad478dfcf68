import fc from "fast-check";
import { expect, test } from "vitest";
import { WITHINS } from "../events/filter.ts";
import { KINDS } from "../events/kinds.ts";
import { formatView, PANELS, parseView } from "./view.ts";

test("an address leads to a view", () => {
  expect(parseView("/stops/%D0%92%2F1", "?panel=cameras&kind=yard")).toEqual({
    panel: "cameras",
    filter: { kind: "yard" },
    open: { kind: "stop", stop_id: "В/1" },
  });
  expect(parseView("/nowhere/else", "?panel=moon")).toEqual({ panel: "events", filter: {}, open: undefined });
  expect(parseView("/stops/%E0%A4%A", "")).toEqual({ panel: "events", filter: {}, open: undefined });
});

test("every view comes back from its own address", () => {
  // A browser takes "." and ".." out of a path.
  const id = fc.string({ minLength: 1 }).filter((text) => text !== "." && text !== "..");
  const view = fc.record({
    panel: fc.constantFrom(...PANELS),
    filter: fc.record(
      {
        kind: fc.constantFrom(...KINDS),
        within: fc.constantFrom(...WITHINS),
        label: id,
        source: id,
        text: id,
      },
      { requiredKeys: [] },
    ),
    open: fc.oneof(
      fc.constant(undefined),
      fc.record({ kind: fc.constant("event" as const), occurrence: id }),
      fc.record({ kind: fc.constant("stop" as const), stop_id: id }),
    ),
  });
  fc.assert(
    fc.property(view, (wanted) => {
      const { pathname, search } = new URL(formatView(wanted), "http://town");
      expect(parseView(pathname, search)).toEqual(wanted);
    }),
  );
});
