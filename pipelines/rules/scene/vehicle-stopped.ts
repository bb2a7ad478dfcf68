import { type Box, iouOf } from "@yardline/domain/box";
import type { EpochMs } from "@yardline/domain/time";
import type { Track } from "@yardline/domain/track";
import { measuredSeconds } from "./progress.ts";
import {
  defineSceneRule,
  type Finding,
  type Happening,
  type Moment,
  type Static,
  Type,
  type Where,
} from "./scene-rule.ts";
import { hasMoved, roundedShare, secondsOf, shownAgain, sightingOf } from "./shown.ts";
import { VEHICLES } from "./vehicles.ts";
import { standsIn } from "./zone.ts";

/** One that went by this share of its own size from where it stood has not stopped; told as stopped, it takes more to drive off. */
const ROLLS_SHARE = 0.25;
const DRIVES_OFF_SHARE = 0.6;
/** One whose track is lost still stands there for so long: another track at the same place is the same vehicle. */
const FORGOTTEN_MS = 10_000;
const SAME_PLACE_IOU = 0.4;

const Options = Type.Object({
  after_s: Type.Number({
    minimum: 1,
    maximum: 86_400,
    description: "Seconds of standing until it is raised.",
  }),
  passage: Type.Enum(["none", "fire-lane", "bus-stop", "entrance", "crossing"], {
    description: "What it blocks there, for the event's words.",
  }),
});
type Options = Static<typeof Options>;

/** A vehicle that stands, or one at that place that the tracker gave up a moment ago. */
type Standing = {
  /** The track that it was first followed under names the happening; `followed` is the one of now. */
  readonly track: string;
  readonly followed: string | undefined;
  readonly label: Track["label"];
  readonly since_ms: EpochMs;
  readonly until_ms: EpochMs;
  readonly lost_ms?: EpochMs;
  /** Where it began to stand. */
  readonly place: Box;
  readonly shown: NonNullable<Happening["shown"]>;
  readonly open: boolean;
};

/**
 * A vehicle stands in a zone for too long: in a fire lane, at a bus stop, in an entrance. It is told once for as long as it stands
 * there, also when the tracker loses it and finds it again, and also if that takes a day.
 */
export const vehicleStopped = defineSceneRule({
  kind: "vehicle-stopped",
  raises: "yard.vehicle-stopped",
  severity: "notice",
  at: "zone",
  labels: VEHICLES,
  options: Options,
  defaults: { after_s: 60, passage: "none" },
  start: [] as readonly Standing[],
  judge(before, moment, options, where) {
    const findings: Finding[] = [];
    const kept = standingAt(before, moment, where).flatMap((each) => {
      const { standing, gone } = each;
      if (gone) {
        if (standing.open) findings.push(findingOf("closed", standing, moment.at_ms, options, "left"));
        return [];
      }
      const due = moment.at_ms - standing.since_ms >= options.after_s * 1000 && each.confirmed;
      const open = standing.open || due;
      if (open && !standing.open) findings.push(findingOf("opened", standing, moment.at_ms, options));
      if (standing.open && standing.until_ms === moment.at_ms) {
        findings.push(findingOf("updated", standing, moment.at_ms, options));
      }
      return [{ ...standing, open }];
    });
    return { state: kept, findings };
  },
  end: (state, at_ms, options) =>
    state.filter(({ open }) => open).map((each) => findingOf("closed", each, at_ms, options, "lost")),
  progress: (state, at_ms, { after_s }) =>
    state.map(({ track, followed = track, since_ms, open, lost_ms }) => ({
      track: followed,
      open,
      measures: [{ name: "stands", has: measuredSeconds(at_ms - since_ms), least: after_s, unit: "s" }],
      ...(lost_ms !== undefined && { hindered: "not seen now" }),
    })),
});

type Judged = { readonly standing: Standing; readonly gone: boolean; readonly confirmed: boolean };

/** Lays the tracks of a moment on those who stood before it. */
function standingAt(before: readonly Standing[], { at_ms, tracks }: Moment, where: Where): readonly Judged[] {
  const judged: Judged[] = [];
  const orphans = before.filter(({ followed }) => !tracks.some(({ id }) => id === followed));
  // In a fixed order, or two tracks that fit one place would take it in the order of the tracker's list.
  for (const track of [...tracks].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const known = before.find(({ followed }) => followed === track.id);
    const adopted = known ?? adoptedBy(track, orphans);
    if (adopted && adopted !== known) orphans.splice(orphans.indexOf(adopted), 1);
    judged.push(...followedBy(track, adopted, at_ms, where));
  }
  return [...judged, ...orphans.map((standing) => orphanAt(standing, at_ms))];
}

function adoptedBy({ state, last }: Track, orphans: readonly Standing[]): Standing | undefined {
  if (state === "lost") return undefined;
  return orphans.find(({ place }) => iouOf(place, last.box) >= SAME_PLACE_IOU);
}

function orphanAt(standing: Standing, at_ms: EpochMs): Judged {
  const lost_ms = standing.lost_ms ?? at_ms;
  const gone = at_ms - lost_ms > FORGOTTEN_MS;
  return { standing: { ...standing, followed: undefined, lost_ms }, gone, confirmed: false };
}

function followedBy(
  track: Track,
  stood: Standing | undefined,
  at_ms: EpochMs,
  { polygon }: Where,
): readonly Judged[] {
  const { id, last, state } = track;
  const confirmed = state === "confirmed";
  const inZone = polygon === undefined || standsIn(polygon, last.box);
  if (stood && state === "lost") return [orphanAt(stood, at_ms)];
  const share = stood?.open ? DRIVES_OFF_SHARE : ROLLS_SHARE;
  const drove = stood !== undefined && (!inZone || hasMoved(stood.place, last.box, share));
  const fresh =
    inZone && state !== "lost" && (drove || !stood)
      ? [{ standing: begun(track), gone: false, confirmed }]
      : [];
  if (!stood) return fresh;
  if (drove) return [{ standing: stood, gone: true, confirmed }, ...fresh];
  const { lost_ms: _found, ...rest } = stood;
  const seen = track.seen_at_ms === at_ms;
  const standing = {
    ...rest,
    followed: id,
    label: track.label,
    ...(seen && { until_ms: at_ms, shown: shownAgain(stood.shown, sightingOf(track)) }),
  };
  return [{ standing, gone: false, confirmed }];
}

function begun(track: Track): Standing {
  const { id, label, seen_at_ms, last } = track;
  const times = { since_ms: seen_at_ms, until_ms: seen_at_ms };
  const shown = shownAgain(undefined, sightingOf(track));
  return { track: id, followed: id, label, ...times, place: last.box, shown, open: false };
}

function findingOf(
  state: Finding["state"],
  { track, label, since_ms, until_ms, shown }: Standing,
  at_ms: EpochMs,
  { after_s, passage }: Options,
  ended?: "left" | "lost",
): Finding {
  const facts = {
    label,
    score: roundedShare(shown.best.score),
    // One that stands unlooked-at has stood for the threshold at least, or it would not have been raised.
    stay_s: Math.max(after_s, secondsOf(until_ms - since_ms)),
    threshold_s: after_s,
    ...(passage !== "none" && { passage }),
  };
  const data = { since_ms, until_ms, track, shown, facts, ...(ended && { ended }) };
  return { state, at_ms, key: `${track}@${since_ms}`, data };
}
