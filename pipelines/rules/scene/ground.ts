import { Type } from "./scene-rule.ts";

/** Where a point of the picture is on the ground, in metres from a corner of the installer's choice. */
export const GroundPoint = Type.Object(
  {
    at: Type.Tuple([Type.Number({ minimum: 0, maximum: 1 }), Type.Number({ minimum: 0, maximum: 1 })], {
      description: "A point on the ground in fractions of the picture.",
    }),
    metres: Type.Tuple([Type.Number(), Type.Number()], { description: "The same point on a plan." }),
  },
  { additionalProperties: false },
);

type GroundPair = { readonly at: readonly [number, number]; readonly metres: readonly [number, number] };

/**
 * From picture to ground through four points of a flat yard.
 * Homography by the direct linear transform: eight equations, eight unknowns (Hartley and Zisserman, Multiple View Geometry, 4.1).
 * @returns undefined where the four points do not fix it, three of them on one line.
 */
export function groundOf(
  pairs: readonly GroundPair[],
): ((x: number, y: number) => readonly [x_m: number, y_m: number]) | undefined {
  const rows = pairs.flatMap(({ at: [x, y], metres: [u, v] }) => [
    [x, y, 1, 0, 0, 0, -u * x, -u * y, u],
    [0, 0, 0, x, y, 1, -v * x, -v * y, v],
  ]);
  const h = solve(rows);
  if (!h) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, i = 0] = h;
  return (x, y) => {
    const w = g * x + i * y + 1;
    return [(a * x + b * y + c) / w, (d * x + e * y + f) / w];
  };
}

const SINGULAR = 1e-9;

/** Gauss elimination with the largest pivot; each row ends with its right-hand side. */
function solve(given: readonly (readonly number[])[]): readonly number[] | undefined {
  const rows = given.map((row) => [...row]);
  for (let column = 0; column < rows.length; column++) {
    const candidates = rows.slice(column).map((row) => Math.abs(row[column] ?? 0));
    const best = column + candidates.indexOf(Math.max(...candidates));
    const pivot = rows[best] ?? [];
    const scale = pivot[column] ?? 0;
    if (Math.abs(scale) < SINGULAR) return undefined;
    rows[best] = rows[column] ?? [];
    const unit = pivot.map((value) => value / scale);
    rows[column] = unit;
    for (const [at, row] of rows.entries()) {
      const times = row[column] ?? 0;
      if (at !== column) rows[at] = row.map((value, index) => value - times * (unit[index] ?? 0));
    }
  }
  return rows.map((row) => row.at(-1) ?? 0);
}
