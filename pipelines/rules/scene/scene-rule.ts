import type { EpochMs } from "@yardline/domain/time";
import type { Track } from "@yardline/domain/track";
import type { View } from "@yardline/frames/view";
import { type Static, type TObject, Type } from "typebox";

export { type Static, Type };

/** One looked-at or skipped picture of one camera as a rule sees it. */
export type Moment = {
  readonly at_ms: EpochMs;
  /** The tracks alive, and those lost just now. */
  readonly tracks: readonly Track[];
  /** How the picture stands against what the camera usually shows. */
  readonly view?: View;
};

/**
 * What a rule says about one happening. `opened` comes once, `closed` at most once and last; between them `updated` as often as
 * something changed. How often that is told onwards is not the rule's business.
 */
export type Finding<Data = unknown> = {
  readonly state: "opened" | "updated" | "closed";
  /** Media time at which it was found. */
  readonly at_ms: EpochMs;
  /** Tells the happenings of one rule use apart. */
  readonly key: string;
  readonly data: Data;
};

/** The state of a rule after a moment, and what it found in it. */
export type Judged<State, Data> = { readonly state: State; readonly findings: readonly Finding<Data>[] };

type Definition<Options extends TObject, State, Data> = {
  /** What it raises. */
  readonly kind: string;
  readonly options: Options;
  /** How it runs on a camera for which nobody set it. */
  readonly defaults: Static<Options>;
  readonly start: State;
  /** Pure: the same moments with the same options always give the same findings. */
  judge(state: State, moment: Moment, options: Static<Options>): Judged<State, Data>;
  /** Watching ends while this state holds. @returns the closing findings. */
  end(state: State, at_ms: EpochMs): readonly Finding<Data>[];
};

/** A rule in use on one camera: moments in, findings out, its state inside. */
export type RuleInUse<Data> = {
  take(moment: Moment): readonly Finding<Data>[];
  end(at_ms: EpochMs): readonly Finding<Data>[];
};

/** A rule about one camera's tracks. One file of this room each, its test beside it, one line in `rules.ts`. */
export type SceneRule<Options extends TObject = TObject, Data = unknown> = {
  readonly kind: string;
  readonly options: Options;
  readonly defaults: Static<Options>;
  use(options: Static<Options>): RuleInUse<Data>;
};

/** Infers a rule's types from its options, state and findings, and keeps the state of each use. */
export function defineSceneRule<Options extends TObject, State, Data>(
  rule: Definition<Options, State, Data>,
): SceneRule<Options, Data> {
  return {
    kind: rule.kind,
    options: rule.options,
    defaults: rule.defaults,
    use(options) {
      let state = rule.start;
      return {
        take(moment) {
          const judged = rule.judge(state, moment, options);
          state = judged.state;
          return judged.findings;
        },
        end(at_ms) {
          const findings = rule.end(state, at_ms);
          state = rule.start;
          return findings;
        },
      };
    },
  };
}
