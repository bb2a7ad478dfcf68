import type { Audit } from "@yardline/audit/audit";
import type { AuditEntry } from "@yardline/audit/entry";
import { expect, test } from "vitest";
import { custodyOf } from "./custody-of.ts";

const entry = (seq: number, kind: string, id: string): AuditEntry => ({
  ...{ seq, at_ms: seq * 1_000, previous: "0".repeat(64), tenant: "demo", who: "olena", from: "127.0.0.1" },
  ...{ action: "look", object: { kind, id }, purpose: "theft" },
});

/** The newest first, two a page. */
const logOf = (entries: readonly AuditEntry[]): Pick<Audit, "search"> => ({
  async search(_question, { cursor = "0" }) {
    const at = Number(cursor);
    const page = entries.toReversed().slice(at, at + 2);
    return { entries: page, ...(at + 2 < entries.length && { cursor: String(at + 2) }) };
  },
});

test("a bundle names who did what with its recordings, its events and itself, and nothing of others, oldest first", async () => {
  const log = logOf([
    entry(1, "camera", "yard"),
    entry(2, "camera", "gate"),
    entry(3, "event", "e-1"),
    entry(4, "event", "e-2"),
    entry(5, "evidence", "x1"),
    entry(6, "evidence", "x2"),
  ]);
  const row = { id: "x1", periods: [{ camera: "yard", from_ms: 0, to_ms: 1 }], events: ["e-1"] };
  expect(await custodyOf(log, "demo", row)).toEqual(
    [
      [1, "camera yard"],
      [3, "event e-1"],
      [5, "evidence x1"],
    ].map(([seq, object]) => ({
      at: `1970-01-01T00:00:0${seq}.000Z`,
      ...{ who: "olena", action: "look", object, purpose: "theft", seq },
    })),
  );
});
