import fc from "fast-check";
import { expect, test } from "vitest";
import { merged } from "./merged.ts";

const stream = (names: readonly string[]) => names.toSorted().map((occurrence) => ({ occurrence }));

test("streams in order make one in order, whichever way", () => {
  const streams = fc.array(fc.array(fc.stringMatching(/^[0-9a-f]{2}$/)), { maxLength: 4 });
  fc.assert(
    fc.property(streams, (some) => {
      const rising = some.map(stream);
      const names = some.flat().toSorted();
      expect([...merged(rising, "ASC")].map(({ occurrence }) => occurrence)).toEqual(names);
      const falling = rising.map((each) => each.toReversed());
      expect([...merged(falling, "DESC")].map(({ occurrence }) => occurrence)).toEqual(names.toReversed());
    }),
  );
});

test("no more is taken than is needed, and who stops early closes all of them", () => {
  const told: string[] = [];
  function* counted(name: string, ...occurrences: readonly string[]) {
    try {
      for (const occurrence of occurrences) {
        told.push(occurrence);
        yield { occurrence };
      }
    } finally {
      told.push(`${name} closed`);
    }
  }
  for (const { occurrence } of merged([counted("a", "1", "4", "5"), counted("b", "2", "6", "7")], "ASC")) {
    if (occurrence === "2") break;
  }
  expect(told.toSorted()).toEqual(["1", "2", "4", "a closed", "b closed"]);
});
