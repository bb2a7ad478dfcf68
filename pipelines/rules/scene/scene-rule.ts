import type { Box } from "@yardline/domain/box";
import type { Polygon } from "@yardline/domain/camera";
import type { Label } from "@yardline/domain/detection";
import type { EpochMs } from "@yardline/domain/time";
import type { Track } from "@yardline/domain/track";
import type { View } from "@yardline/frames/view";
import { type Static, type TObject, Type } from "typebox";
import type { Progress } from "./progress.ts";
import type { ScheduleWindow } from "./schedule.ts";

export { type Static, Type };

/** One looked-at or skipped picture of one camera as a rule sees it. */
export type Moment = {
  readonly at_ms: EpochMs;
  /** The tracks alive, and those lost just now. */
  readonly tracks: readonly Track[];
  /** How the picture stands against what the camera usually shows. */
  readonly view?: View;
};

/** One box in one picture that shows what a happening is about. */
export type Sighting = { readonly at_ms: EpochMs; readonly box: Box; readonly score: number };

/** What happens: everything that its event says, but the camera, the rule and the zone, which whoever runs the rule knows. */
export type Happening = {
  /** Capture time of the first picture kept from the opening on: the anchor of its occurrence, never corrected. */
  readonly since_ms: EpochMs;
  /** Capture time of the last picture that shows it, so far. */
  readonly until_ms: EpochMs;
  /** Track UUID, where it is about one object. */
  readonly track?: string;
  /** The last sighting, and the one that shows it best; absent where no picture shows it (counts by the hour). */
  readonly shown?: { readonly last: Sighting; readonly best: Sighting };
  /** The fields that its kind of event has beyond all those, by the names of the event's schema. */
  readonly facts: Readonly<Record<string, string | number | boolean | readonly number[]>>;
  /** Only when closed, in the words of its kind of event. `lost`: watching ended before it did. */
  readonly ended?: string;
};

/**
 * What a rule says about one happening. `opened` comes once, `closed` at most once and last; between them `updated` as often as
 * something changed. What is over when it is found (a crossing, an hour's count) comes as `closed` alone. How often an update is told
 * onwards is not the rule's business.
 */
export type Finding = {
  readonly state: "opened" | "updated" | "closed";
  /** Media time at which it was found. */
  readonly at_ms: EpochMs;
  /** Tells the happenings of one rule use apart. */
  readonly key: string;
  readonly data: Happening;
};

/** Corners of a path in fractions of the picture, from its first to its last point, and which side of it is inside. */
export type Line = {
  readonly points: readonly (readonly [x: number, y: number])[];
  /** The side that `in` leads to, as seen by one who walks along the points in their order. */
  readonly into: "left" | "right";
};

/** Where a rule looks, and what it must know of the camera to do so. */
export type Where = {
  /** Id of the zone or line; `all` is the whole picture. */
  readonly zone: string;
  /** Absent: the whole picture. */
  readonly polygon?: Polygon;
  /** Only of a rule `at` a line. */
  readonly line?: Line;
  /** Width of the picture over its height, both in pixels. */
  readonly aspect: number;
  /** IANA name: hours and days are the town's. */
  readonly timezone: string;
};

/** `notice`: somebody may want to act; `alarm`: somebody must. */
export type Severity = "info" | "notice" | "alarm";

/** The state of a rule after a moment, and what it found in it. */
export type Judged<State> = { readonly state: State; readonly findings: readonly Finding[] };

type Definition<Options extends TObject, State> = {
  /** Its name in settings. */
  readonly kind: string;
  /** The event type that its happenings become. */
  readonly raises: string;
  /** Unless the settings say otherwise. */
  readonly severity: Severity;
  /** What it watches. A rule at a `camera` watches the camera itself, whatever else the settings say. */
  readonly at: "zone" | "line" | "camera";
  /** What it looks at unless the settings say otherwise; it is shown no other tracks. */
  readonly labels: readonly Label[];
  /** When it works unless the settings name a schedule; always without. */
  readonly schedule?: readonly ScheduleWindow[];
  readonly options: Options;
  readonly defaults: Static<Options>;
  readonly start: State;
  /** Pure: the same moments with the same options always give the same findings. The order of the tracks does not matter. */
  judge(state: State, moment: Moment, options: Static<Options>, where: Where): Judged<State>;
  /** Watching ends while this state holds. @returns the closing findings. */
  end(state: State, at_ms: EpochMs, options: Static<Options>, where: Where): readonly Finding[];
  /** Pure: how far it has come with each thing that it follows, in the numbers that it goes by. */
  progress(state: State, at_ms: EpochMs, options: Static<Options>, where: Where): readonly Progress[];
};

/** A rule in use at one place: moments in, findings out, its state inside. */
export type RuleInUse = {
  take(moment: Moment): readonly Finding[];
  /** Watching ends; what comes after is a new beginning. */
  end(at_ms: EpochMs): readonly Finding[];
  /** After the moment of that time. */
  progress(at_ms: EpochMs): readonly Progress[];
};

/** A rule about one camera's tracks. One file of this room each, its test beside it, one line in `rules.ts`. */
export type SceneRule<Options extends TObject = TObject> = Pick<
  Definition<Options, unknown>,
  "kind" | "raises" | "severity" | "at" | "labels" | "schedule" | "options" | "defaults"
> & {
  use(options: Static<Options>, where: Where): RuleInUse;
};

/** Infers a rule's types from its options and state, and keeps the state of each use. */
export function defineSceneRule<Options extends TObject, State>(
  rule: Definition<Options, State>,
): SceneRule<Options> {
  const { start, judge, end, progress, ...described } = rule;
  return {
    ...described,
    use(options, where) {
      let state = start;
      return {
        take(moment) {
          const judged = judge(state, moment, options, where);
          state = judged.state;
          return judged.findings;
        },
        end(at_ms) {
          const findings = end(state, at_ms, options, where);
          state = start;
          return findings;
        },
        progress: (at_ms) => progress(state, at_ms, options, where),
      };
    },
  };
}
