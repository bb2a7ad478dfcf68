import type { EpochMs } from "@yardline/domain/time";
import type { Track } from "@yardline/domain/track";
import { follow } from "./follow.ts";
import { GroundPoint, groundOf } from "./ground.ts";
import { measuredSeconds, rounded } from "./progress.ts";
import {
  defineSceneRule,
  type Finding,
  type Happening,
  type Static,
  Type,
  type Where,
} from "./scene-rule.ts";
import { roundedShare, shownAgain, sightingOf } from "./shown.ts";
import { footOf } from "./zone.ts";

/** Speed is the way over so much time: shorter, and trembling boxes run. */
const WINDOW_MS = 1_000;
const WINDOW_MS_MIN = 600;
/** Over when it was slower than this share of the threshold for so long. */
const SLOW_SHARE = 0.7;
const SLOW_MS = 1_500;
/** A box that touches the picture's edge is cut: its height is not the person's. */
const EDGE = 0.005;

const Options = Type.Object({
  heights_min: Type.Number({
    minimum: 0.5,
    maximum: 10,
    description: "Own heights a second that count as running; walking is about 0.8. Without `ground`.",
  }),
  mps_min: Type.Number({ minimum: 1, maximum: 15, description: "Metres a second that do. With `ground`." }),
  after_s: Type.Number({ minimum: 0, maximum: 60, description: "Raised when it has lasted so long." }),
  ground: Type.Array(GroundPoint, {
    maxItems: 4,
    description: "Four points of the ground and where they are in metres; none: speed in own heights.",
  }),
});
type Options = Static<typeof Options>;

/** A foot in the rule's unit of length. */
type Step = { readonly at_ms: EpochMs; readonly x: number; readonly y: number; readonly height: number };

type Runner = {
  readonly track: Track;
  readonly steps: readonly Step[];
  /** Since when it has been fast, and when it was so last. */
  readonly since_ms?: EpochMs;
  readonly fast_ms: EpochMs;
  readonly speed: number;
  readonly speed_max: number;
  readonly shown?: Happening["shown"];
  readonly open: boolean;
};

/**
 * Somebody runs. Without calibration the speed is measured in the person's own heights in the picture: right for those who cross the
 * view of a camera that looks along the ground; too slow for those who run towards it, whose foot hardly moves in the picture; too
 * fast for those whom it sees from above, whose height is foreshortened, and for a child, who has less height to run with. With four
 * ground points it is metres a second wherever the yard is flat. Neither can tell why somebody runs.
 */
export const running = defineSceneRule({
  kind: "running",
  raises: "yard.running",
  severity: "notice",
  at: "zone",
  labels: ["person"],
  options: Options,
  defaults: { heights_min: 1.6, mps_min: 2.7, after_s: 0.8, ground: [] },
  start: new Map() as ReadonlyMap<string, Runner>,
  judge(before, moment, options, where) {
    const { at_ms } = moment;
    const measure = measureOf(options, where);
    return follow(before, moment, where, {
      seen(runner, track) {
        if (isCut(track)) return { ...(runner && { next: runner }) };
        const { next, state, about = next } = followed(runner, track, measure, options.after_s * 1000);
        const ended = state === "closed" ? "left" : undefined;
        return { next, finding: state && findingOf(state, about, at_ms, measure, ended) };
      },
      unseen: (runner) => ({ next: runner }),
      gone: (runner) => (runner.open ? findingOf("closed", runner, at_ms, measure, "left") : undefined),
    });
  },
  end(state, at_ms, options, where) {
    const measure = measureOf(options, where);
    return [...state.values()]
      .filter(({ open }) => open)
      .map((runner) => findingOf("closed", runner, at_ms, measure, "lost"));
  },
  progress(state, _at_ms, options, where) {
    const { unit, threshold } = measureOf(options, where);
    return [...state.values()].map(({ track, speed, since_ms, fast_ms, open }) => ({
      track: track.id,
      open,
      measures: [
        { name: "speed", has: rounded(speed, 1), least: threshold, unit: `${unit}/s` },
        ...(since_ms === undefined
          ? []
          : [
              {
                name: "fast for",
                has: measuredSeconds(fast_ms - since_ms),
                least: measuredSeconds(options.after_s * 1000 + WINDOW_MS_MIN),
                unit: "s",
              },
            ]),
      ],
    }));
  },
});

type Measure = {
  readonly unit: "heights" | "metres";
  readonly threshold: number;
  stepOf(track: Track): Step;
  /** Between two steps, a second. */
  speedOf(from: Step, to: Step): number;
};

function measureOf({ ground, heights_min, mps_min }: Options, { aspect }: Where): Measure {
  const onGround = ground.length === 4 ? groundOf(ground) : undefined;
  const way = (from: Step, to: Step) =>
    (Math.hypot(to.x - from.x, to.y - from.y) * 1000) / Math.max(1, to.at_ms - from.at_ms);
  const stepOf = ({ seen_at_ms, last: { box } }: Track) => {
    const [x, y] = footOf(box);
    const height = box.bottom - box.top;
    const [groundX, groundY] = onGround?.(x, y) ?? [x * aspect, y];
    return { at_ms: seen_at_ms, x: groundX, y: groundY, height };
  };
  if (onGround) return { unit: "metres", threshold: mps_min, stepOf, speedOf: way };
  const speedOf = (from: Step, to: Step) => way(from, to) / Math.max(from.height, to.height);
  return { unit: "heights", threshold: heights_min, stepOf, speedOf };
}

function isCut({ last: { box } }: Track): boolean {
  return box.left < EDGE || box.top < EDGE || box.right > 1 - EDGE || box.bottom > 1 - EDGE;
}

function followed(
  before: Runner | undefined,
  track: Track,
  measure: Measure,
  after_ms: number,
): { readonly next: Runner; readonly state?: Finding["state"]; readonly about?: Runner } {
  const step = measure.stepOf(track);
  const steps = [...(before?.steps ?? []), step].filter(({ at_ms }) => step.at_ms - at_ms <= WINDOW_MS);
  const [first = step] = steps;
  const middle = steps[steps.length >> 1] ?? step;
  // In both halves of the window: a box that jumped once was fast in one of them.
  const halves = () => Math.min(measure.speedOf(first, middle), measure.speedOf(middle, step));
  const speed = step.at_ms - first.at_ms >= WINDOW_MS_MIN ? halves() : 0;
  const idle: Runner = { track, steps, fast_ms: 0, speed, speed_max: 0, open: false };
  const fast = speed >= measure.threshold;
  if (before?.since_ms === undefined) {
    // It was as fast at the window's first step.
    const shown = shownAgain(undefined, sightingOf(track));
    const begins = { ...idle, since_ms: first.at_ms, fast_ms: step.at_ms, speed_max: speed, shown };
    return { next: fast ? begins : idle };
  }
  const shown = shownAgain(before.shown, sightingOf(track));
  const seen = { ...before, track, steps, shown, speed, speed_max: Math.max(before.speed_max, speed) };
  const goesOn = before.open ? speed >= SLOW_SHARE * measure.threshold : fast;
  const next = goesOn ? { ...seen, fast_ms: step.at_ms } : seen;
  if (!before.open) {
    if (!goesOn) return { next: idle };
    const due = step.at_ms - before.since_ms >= after_ms + WINDOW_MS_MIN && track.state === "confirmed";
    return due ? { next: { ...next, open: true }, state: "opened" } : { next };
  }
  if (step.at_ms - next.fast_ms < SLOW_MS) return { next, state: "updated" };
  return { next: idle, state: "closed", about: next };
}

function findingOf(
  state: Finding["state"],
  runner: Runner,
  at_ms: EpochMs,
  { unit, threshold }: Measure,
  ended?: "left" | "lost",
): Finding {
  const { track, since_ms = at_ms, speed_max, shown } = runner;
  const facts = {
    label: track.label,
    score: roundedShare(shown?.best.score ?? 0),
    speed: Number(speed_max.toFixed(1)),
    threshold,
    unit,
  };
  const data = {
    since_ms,
    until_ms: shown?.last.at_ms ?? since_ms,
    track: track.id,
    ...(shown && { shown }),
    facts,
    ...(ended && { ended }),
  };
  return { state, at_ms, key: `${track.id}@${since_ms}`, data };
}
