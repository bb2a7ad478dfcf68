import type { Detector } from "@yardline/detection/detector";
import { mergeLooks } from "@yardline/detection/merge-looks";
import { type Box, WHOLE } from "@yardline/domain/box";
import type { Detection, Label } from "@yardline/domain/detection";
import type { Picture } from "@yardline/domain/picture";
import { isCut } from "@yardline/frames/regions";
import { opensFrom } from "@yardline/tracking/tracker";

/** How a camera's pictures are looked at. */
export type Sight = {
  readonly detector: Detector;
  /** From which score on a box begins a track, by label; the tracker's own where it is silent. */
  readonly open_score_min?: { readonly [label in Label]?: number };
  /** What is small is looked for in tiles, too. */
  readonly small_objects?: boolean;
};

/** Where one picture is to be looked at. */
export type LookPlan = {
  /** The part of it; the whole where it is undefined. */
  readonly region: Box | undefined;
  /** Parts in which small things are looked for besides. */
  readonly tiles: readonly Box[];
};

/** What the detector saw, and in which part of the picture. */
export type Look = { readonly detections: readonly Detection[]; readonly looked: Box };

/**
 * Looks at one picture, one call after the other. What is surely there and is cut by the region's edge is looked at again in the whole
 * picture; what a tile cuts lies whole in its neighbour, or is large enough to be seen without.
 * @throws what the detector throws.
 */
export async function look(
  { detector, open_score_min = {} }: Sight,
  picture: Picture,
  { region, tiles }: LookPlan,
  signal: AbortSignal | undefined,
): Promise<Look> {
  const ask = (part?: Box, enlarge = false) =>
    detector.detect(picture, { ...(signal && { signal }), ...(part && { region: part }), enlarge });
  const small: (readonly Detection[])[] = [];
  for (const tile of tiles) small.push((await ask(tile, true)).filter(({ box }) => !isCut(box, tile)));
  if (region) {
    const seen = await ask(region);
    const isSure = ({ label, score }: Detection) => score >= opensFrom(label, open_score_min);
    const cut = seen.filter(({ box }) => isCut(box, region));
    if (!cut.some(isSure)) {
      return {
        detections: mergeLooks([...small, seen.filter((each) => !cut.includes(each))]),
        looked: region,
      };
    }
  }
  return { detections: mergeLooks([...small, await ask()]), looked: WHOLE };
}
