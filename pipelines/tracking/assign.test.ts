import fc from "fast-check";
import { expect, test } from "vitest";
import { assign } from "./assign.ts";

const ALONE = 1;

/** What every way of pairing costs, the cheapest of them: slow and plainly right. */
function cheapest(
  cost: readonly (readonly number[])[],
  row = 0,
  taken: ReadonlySet<number> = new Set(),
): number {
  const prices = cost[row];
  if (!prices) return 0;
  const choices = [ALONE + cheapest(cost, row + 1, taken)];
  prices.forEach((price, column) => {
    if (!taken.has(column)) choices.push(price + cheapest(cost, row + 1, new Set([...taken, column])));
  });
  return Math.min(...choices);
}

const tables = fc
  .tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 }))
  .chain(([rows, columns]) =>
    fc.array(
      fc.array(fc.oneof(fc.double({ min: 0, max: 2, noNaN: true }), fc.constant(Number.POSITIVE_INFINITY)), {
        minLength: columns,
        maxLength: columns,
      }),
      { minLength: rows, maxLength: rows },
    ),
  );

test("no way of pairing is cheaper, and no column is given twice", () => {
  fc.assert(
    fc.property(tables, (cost) => {
      const pairs = assign(cost, ALONE);
      const used = pairs.filter((column) => column >= 0);
      expect(new Set(used).size).toBe(used.length);
      const total = pairs.reduce(
        (sum, column, row) => sum + (column < 0 ? ALONE : (cost[row]?.[column] ?? 0)),
        0,
      );
      expect(total).toBeCloseTo(cheapest(cost), 9);
    }),
  );
});

test("a greedy choice that costs the neighbour more is not made", () => {
  expect(
    assign(
      [
        [0.1, 0.2],
        [0.15, 0.9],
      ],
      ALONE,
    ),
  ).toEqual([1, 0]);
});
