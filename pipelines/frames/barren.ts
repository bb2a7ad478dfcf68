import { areaOf, type Box, holds, hullOf, touches } from "@yardline/domain/box";
import type { EpochMs } from "@yardline/domain/time";

/** The first wait after a look that found nothing where something moved; it doubles with each such look. */
const FIRST_WAIT_MS = 400;
/** The same in a scene that is new to us, where it has not gone anywhere since: who walks would have. */
const SWAY_WAIT_MS = 1_000;
/** As far beside where it was looked at comes back what sways, in pictures. */
const SWAY = 0.05;
/** Nobody who walks out of a swaying bush waits longer than this. */
export const BARREN_WAIT_MAX_MS = 1_600;
/** A place that was not looked at for so long is as good as new. */
const FORGOTTEN_AFTER_MS = 10_000;
/** Something that covers so many times the place is something else. */
const GROWN = 1.6;
/** A place does not grow beyond this share of the picture: else one tree would excuse the whole yard. */
const PLACE_AREA_MAX = 0.06;
/** Places remembered; beyond, the one looked at longest ago goes. */
export const BARREN_PLACES_MAX = 64;

/** A place where something moves and the detector sees nothing: a shadow, a bush, a flag, somebody too far away. */
export type Barren = {
  readonly place: Box;
  /** Looks in a row that found nothing. */
  readonly looks: number;
  readonly looked_at_ms: EpochMs;
};

/** A look at one picture: what moved where the detector saw something, and where it saw nothing. */
type Look = { readonly found: readonly Box[]; readonly empty: readonly Box[]; readonly at_ms: EpochMs };

/** How long a place that was looked at in vain need not be looked at again. @param sways what moves there now is sure to be the same. */
export function wait_ms({ looks }: Barren, sways = false): number {
  return Math.min(BARREN_WAIT_MAX_MS, (sways ? SWAY_WAIT_MS : FIRST_WAIT_MS) * 2 ** (looks - 1));
}

/** The remembered place that explains what moves here, if any: about where it was, and not much larger. */
export function findBarren(places: readonly Barren[], moved: Box): Barren | undefined {
  return places.find(({ place }) => touches(place, moved) && isLikeIt(place, moved));
}

/** In a scene that is new to us: the remembered place that what moves here has not left, nor gone beside further than things sway. */
export function findSway(places: readonly Barren[], moved: Box): Barren | undefined {
  return places.find(({ place }) => sways(place, moved) && isLikeIt(place, moved));
}

function isLikeIt(place: Box, moved: Box): boolean {
  return areaOf(moved) <= GROWN * areaOf(place);
}

function sways({ left, top, right, bottom }: Box, moved: Box): boolean {
  return holds({ left: left - SWAY, top: top - SWAY, right: right + SWAY, bottom: bottom + SWAY }, moved);
}

/** What is remembered after a look. @param isNew whether the scene is new to us. */
export function afterLook(
  places: readonly Barren[],
  { found, empty, at_ms }: Look,
  isNew = false,
): readonly Barren[] {
  const now = places.filter(
    ({ place, looked_at_ms }) =>
      at_ms - looked_at_ms <= FORGOTTEN_AFTER_MS && !found.some((each) => touches(place, each)),
  );
  for (const each of empty) {
    const at = now.findIndex(({ place }) => touches(place, each) || (isNew && sways(place, each)));
    const before = now[at];
    const hull = before ? hullOf([before.place, each]) : each;
    const place = areaOf(hull) <= PLACE_AREA_MAX ? hull : each;
    now.splice(at < 0 ? now.length : at, 1, { place, looks: (before?.looks ?? 0) + 1, looked_at_ms: at_ms });
  }
  return now.sort((a, b) => b.looked_at_ms - a.looked_at_ms).slice(0, BARREN_PLACES_MAX);
}
