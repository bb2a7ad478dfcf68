import type { Track } from "@yardline/domain/track";
import type { Finding, Judged, Moment, Where } from "./scene-rule.ts";
import { standsIn } from "./zone.ts";

/** What is known of one track after a moment, nothing when it is of no more interest, and what was found of it. */
export type After<Known> = { readonly next?: Known; readonly finding?: Finding | undefined };

type Steps<Known> = {
  /** The track was seen in this picture, in the zone. */
  seen(known: Known | undefined, track: Track): After<Known>;
  /** It is alive and was not looked at, or hidden. */
  unseen(known: Known): After<Known>;
  /** It was lost, or left the zone. */
  gone(known: Known): Finding | undefined;
};

/** Follows each track of a zone on its own. */
export function follow<Known>(
  before: ReadonlyMap<string, Known>,
  { at_ms, tracks }: Moment,
  { polygon }: Where,
  { seen, unseen, gone }: Steps<Known>,
): Judged<ReadonlyMap<string, Known>> {
  const after = tracks.map((track): readonly [string, After<Known>] => {
    const known = before.get(track.id);
    const there = track.state !== "lost" && (polygon === undefined || standsIn(polygon, track.last.box));
    if (there && track.seen_at_ms === at_ms) return [track.id, seen(known, track)];
    if (known === undefined) return [track.id, {}];
    return [track.id, there ? unseen(known) : { finding: gone(known) }];
  });
  return {
    state: new Map(after.flatMap(([id, { next }]) => (next === undefined ? [] : [[id, next] as const]))),
    findings: after.flatMap(([, { finding }]) => finding ?? []),
  };
}
