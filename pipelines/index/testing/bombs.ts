import { expect, test } from "vitest";
import type { Condition } from "../condition.ts";
import { type EventQuery, HOURS_DAYS_MAX } from "../event-index.ts";
import { Oracle } from "../oracle.ts";
import { everyStatement } from "../scenes.ts";
import { idsOf, type Start, searchAll } from "./place.ts";

const DAY_MS = 86_400_000;
const KYIV = { latitude: 50.45, longitude: 30.5 };

const times = <Item>(count: number, make: (at: number) => Item): Item[] =>
  Array.from({ length: count }, (_, at) => make(at));
const words = (text: string): Condition => ({ op: "words", text });
const nested = (depth: number): Condition =>
  times(depth, (at) => at).reduce<Condition>(
    (of, at) => (at % 2 === 0 ? { op: "not", of } : { op: "all", of: [of] }),
    words("зупинка"),
  );
/** So small and so many that none of them is a whole square. */
const box = (at: number): Condition => {
  const [west, south] = [30 + (at % 20) * 0.05, 50 + Math.floor(at / 20) * 0.04];
  return { op: "box", box: { west, south, east: west + 0.039, north: south + 0.039 } };
};
const circle = (at: number): Condition => ({ op: "circle", center: KYIV, radius_m: 1_000 + at });
const names = (at: number): Condition => ({
  op: "is",
  field: "zone",
  values: times(50, (n) => `${"ї".repeat(190)}${at} ${n}`),
});

/** What is there to take time and memory, or to reach behind the question: with what an index has to say to it. */
const BOMBS: readonly (readonly [what: string, query: EventQuery, answer: "found" | "refused"])[] = [
  ["as deep as may be", { where: nested(20) }, "found"],
  ["one deeper", { where: nested(21) }, "refused"],
  ["far deeper", { where: nested(2_000) }, "refused"],
  ["more conditions", { where: { op: "any", of: times(501, box) } }, "refused"],
  ["any of 400 boxes", { where: { op: "any", of: times(400, box) } }, "found"],
  ["none of 400 boxes", { where: { op: "not", of: { op: "any", of: times(400, box) } } }, "found"],
  ["in all of 400 circles", { where: { op: "all", of: times(400, circle) } }, "found"],
  ["any of 5,000 long names", { where: { op: "any", of: times(100, names) } }, "found"],
  [
    "not any of 5,000 long names",
    { where: { op: "not", of: { op: "any", of: times(100, names) } } },
    "found",
  ],
  ["everything that begins with a digit", { where: words("0 1 2 3 4 5 6 7 8 9") }, "found"],
  ["as many beginnings as may be", { where: words(times(20, (at) => at % 10).join(" ")) }, "found"],
  ["more beginnings", { where: words(times(21, (at) => at % 10).join(" ")) }, "refused"],
  [
    "beginnings in many conditions",
    { where: { op: "all", of: times(21, (at) => words(`${at % 10}`)) } },
    "refused",
  ],
  ["wild cards", { where: words("* %* ?*? _*") }, "found"],
  ["a pattern that backtracks", { where: words("(a+)+$ (x|x)*y ^(([a-z])+.)+[A-Z]([a-z])+$") }, "found"],
  ["words of the engine itself", { where: words('" OR "a" * NEAR("b" "c", 9) NOT d {col} : ^e') }, "found"],
  ["a letter that is four words", { where: words("\ufdfa".repeat(200)) }, "found"],
  ["a heap of marks", { where: words(`e${"\u0301\u0489".repeat(99)}`) }, "found"],
  ["half a letter, and text the other way round", { where: words("\ud800 \u202eдвір \u200b") }, "found"],
  [
    "a name with everything in it",
    { where: { op: "is", field: "zone", values: ['" OR 1=1 --\u0000_\u{1f600}*'] } },
    "found",
  ],
  ["all time there is", { from_ms: 0, to_ms: Number.MAX_SAFE_INTEGER, where: words("вокзал") }, "found"],
  ["all numbers", { where: { op: "measure", measure: "delay_s", min: -1e308, max: 1e308 } }, "found"],
  [
    "a minute of each of so many days",
    {
      from_ms: Date.parse("2026-11-30") - (HOURS_DAYS_MAX - 1) * DAY_MS,
      to_ms: Date.parse("2026-11-30"),
      hours: { from_min: 600, to_min: 601, timezone: "Europe/Kyiv" },
    },
    "found",
  ],
];

/** Whatever is asked, the answer is the right one or a refusal that says why; never a failure. */
export function testBombs(start: Start): void {
  test("no question is a bomb", { timeout: 60_000 }, async () => {
    const { index } = await start();
    const oracle = new Oracle();
    await index.put(everyStatement);
    oracle.put(everyStatement);
    await index.refresh();
    for (const [what, query, answer] of BOMBS) {
      const found = await searchAll(index, query).then(idsOf, ({ code }) => code);
      expect([what, found]).toEqual([what, answer === "found" ? idsOf(oracle.search(query)) : "INDEX_QUERY"]);
      if (answer === "found") expect(await index.count(query)).toMatchObject({ value: found.length });
    }
  });
}
