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

test("a desk's address is its own business, and comes back as it was", () => {
  for (const address of ["/plan", "/plan/run-times?from=2026-10-01&route=%D0%92", "/plan/a/b/"]) {
    const { pathname, search } = new URL(address, "http://town");
    const view = parseView(pathname, search);
    expect(view.at).toEqual({ desk: "plan", path: pathname.slice(5), search });
    expect(formatView(view)).toBe(address);
  }
  expect(parseView("/planets", "").at).toBeUndefined();
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
      fc.record({ kind: fc.constant("incident" as const), id }),
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
