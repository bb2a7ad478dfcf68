import { expect, test } from "vitest";
import { SourceStates } from "./source-states.ts";

const failure = (at_ms: number) => ({ code: "GTFS_FETCH", why: "no answer", at_ms });
const refusal = { code: "foreign_key_violation", why: "trips.txt", at_ms: 5, sha256: "ab", found: [] };

test("a source that stays away is told once, since its first miss, and is forgotten as soon as it answers", () => {
  const states = new SourceStates();
  expect([states.failed("a", failure(1)), states.failed("a", failure(2))]).toEqual([true, false]);
  expect(states.tell("a")).toEqual({ trouble: { ...failure(1), kind: "away", found: [] } });
  states.answered("a", 3);
  expect(states.tell("a")).toEqual({ looked_ms: 3 });
});

test("what was refused is known again after the source was away, until something is taken", () => {
  const states = new SourceStates();
  states.refuse("a", refusal);
  states.failed("a", failure(6));
  states.answered("a", 7);
  expect(states.isRefused("a", "ab")).toBe(true);
  expect(states.tell("a")).toMatchObject({ looked_ms: 7, trouble: { kind: "refused", at_ms: 5 } });
  states.take("a");
  expect(states.tell("a")).toEqual({ looked_ms: 7 });
});
