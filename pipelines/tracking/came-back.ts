import { assign } from "./assign.ts";
import type { Followed } from "./followed.ts";
import { addVotes, labelOf } from "./labels.ts";
import { surprise } from "./motion-model.ts";

/** A track that turns out to be somebody who was hidden: its place has two sightings behind it. */
const SURPRISE_BACK_MAX = 22;

/**
 * A box that fits somebody hidden not well enough opens a track of its own, for it may be a mistake of the detector. Once such a track is
 * confirmed, two sightings speak for it: then it is the hidden one that it fits best, if any.
 *
 * @param found the tracks seen in this picture. @param unseen those that were looked for in vain.
 */
export function cameBack(found: readonly Followed[], unseen: readonly Followed[], sightings_min: number) {
  const isNew = ({ track }: Followed) => track.sightings === sightings_min && track.state === "confirmed";
  const newcomers = found.filter(isNew);
  const waiting = unseen.filter(({ track }) => track.state === "confirmed");
  const cost = newcomers.map(({ track, votes }) =>
    waiting.map((other) =>
      other.votes.kind === votes.kind && other.track.seen_at_ms < track.opened_at_ms
        ? surprise(other.motion, track.last.box)
        : Number.POSITIVE_INFINITY,
    ),
  );
  const columns = assign(cost, SURPRISE_BACK_MAX);
  const back = new Map(newcomers.map((each, row) => [each, waiting[columns[row] ?? -1]]));
  const gone = new Set(back.values());
  return {
    matched: found.map((each) => {
      const before = back.get(each);
      return before ? joined(before, each) : each;
    }),
    hidden: unseen.filter((each) => !gone.has(each)),
    dissolved: newcomers
      .filter((each) => back.get(each))
      .map((each): Followed => ({ ...each, track: { ...each.track, state: "lost" } })),
  };
}

/** Who was hidden, as the newcomer that turned out to be the same. */
function joined({ track, votes }: Followed, newcomer: Followed): Followed {
  const counted = addVotes(votes, newcomer.votes);
  const { last, seen_at_ms, sightings } = newcomer.track;
  return {
    ...newcomer,
    votes: counted,
    track: { ...track, label: labelOf(counted), last, seen_at_ms, sightings: track.sightings + sightings },
  };
}
