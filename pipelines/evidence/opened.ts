import type { Box } from "@yardline/domain/box";
import type { EpochMs } from "@yardline/domain/time";
import { type Static, Type } from "typebox";

const Share = Type.Number({ minimum: 0, maximum: 1 });

/** Where something is at one moment: left, top, right, bottom in fractions of the picture. */
const Placed = Type.Object(
  { at_ms: Type.Integer({ minimum: 0 }), box: Type.Tuple([Share, Share, Share, Share]) },
  { additionalProperties: false },
);

/**
 * What the reviewer opens in one camera's pictures: a track, by its places at some moments, between which it moves in a straight line; a
 * region, by the same place twice. Before the first moment and after the last one it is covered.
 */
export const Opened = Type.Object(
  {
    camera: Type.String({ minLength: 1, maxLength: 64 }),
    path: Type.Array(Placed, { minItems: 2, maxItems: 5_000 }),
  },
  { additionalProperties: false },
);
export type Opened = Static<typeof Opened>;

/** What is open in the picture of a moment. */
export function openedAt(opened: readonly Pick<Opened, "path">[], at_ms: EpochMs): readonly Box[] {
  return opened.flatMap(({ path }) => {
    const next = path.findIndex((each) => each.at_ms >= at_ms);
    const [after, before] = [path[next], path[Math.max(0, next - 1)]];
    if (!after || !before || before.at_ms > at_ms) return [];
    const length_ms = after.at_ms - before.at_ms;
    const share = length_ms === 0 ? 1 : (at_ms - before.at_ms) / length_ms;
    const between = (side: 0 | 1 | 2 | 3) => before.box[side] + share * (after.box[side] - before.box[side]);
    return [{ left: between(0), top: between(1), right: between(2), bottom: between(3) }];
  });
}
