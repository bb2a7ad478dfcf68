import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import type { Formats } from "../messages/formats.ts";
import type { MessageKey } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { useMedia } from "../page/use-media.ts";
import { useTown } from "../page/use-town.tsx";
import type { Period } from "./question.ts";
import type { Result } from "./result.ts";
import {
  bucketAt,
  endOf,
  KEYS,
  type Move,
  moved,
  panned,
  selected,
  shownPeriod,
  zoomed,
} from "./timeline.ts";
import { makeTimelinePlot, type TimelinePlot } from "./timeline-plot.ts";

/** A gesture is over when nothing has moved for so long: then the new time is asked for. */
const RESTING_MS = 350;
/** One notch of a wheel. */
const WHEEL_ZOOM = 1.25;
const WHEEL_PAN = 0.08;

const BUTTONS: readonly (readonly [Move, MessageKey, string])[] = [
  ["earlier", "timeline.earlier", "M15 5l-7 7 7 7"],
  ["farther", "timeline.farther", "M5 12h14"],
  ["nearer", "timeline.nearer", "M12 5v14M5 12h14"],
  ["later", "timeline.later", "M9 5l7 7-7 7"],
  ["whole", "timeline.whole", "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5"],
];

/**
 * When it happened: drawing over it, the wheel, the arrow keys, + and - narrow the time, which goes into the text of the question.
 * @param onPeriod undefined is the whole time.
 */
export function Timeline({
  result,
  onPeriod,
}: {
  readonly result: Result;
  onPeriod(period: Period | undefined): void;
}) {
  const { t } = useSpeech();
  const { now_ms } = useTown();
  const { period, move, change } = usePending(result, onPeriod);
  const [pointed, setPointed] = useState<number>();
  const { room, box } = usePlot(result, period, {
    onPoint: setPointed,
    onSelect: (one_ms, other_ms) => change(selected(one_ms, other_ms, now_ms())),
  });
  useWheel(box, period, change);
  const onKey = (event: KeyboardEvent) => {
    const key = event.metaKey || event.ctrlKey || event.altKey ? undefined : KEYS[event.key];
    if (!key) return;
    event.preventDefault();
    move(key);
  };
  return (
    <figure className="timeline">
      <fieldset
        ref={box}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is moved by keys, which the buttons below do too
        tabIndex={0}
        className="timeline-box"
        aria-label={t("timeline", { summary: useSummary(result, period) })}
        onKeyDown={onKey}
      >
        <div ref={room} aria-hidden="true" />
      </fieldset>
      <figcaption className="timeline-foot">
        <Pointed result={result} at_ms={pointed} period={period} />
        <span className="timeline-buttons">
          {BUTTONS.map(([which, name, path]) => (
            <button
              type="button"
              key={which}
              className="icon-button"
              aria-label={t(name)}
              title={t(name)}
              onClick={() => move(which)}
            >
              <svg className="icon" viewBox="0 0 24 24" width="16" height="16" aria-hidden="true">
                <path d={path} />
              </svg>
            </button>
          ))}
        </span>
      </figcaption>
    </figure>
  );
}

/** What is seen while somebody moves it; asked for when they rest. */
function usePending(result: Result, onPeriod: (period: Period | undefined) => void) {
  const { now_ms } = useTown();
  const asked = useMemo(() => shownPeriod(result.question, result.counts), [result.question, result.counts]);
  const [pending, setPending] = useState<{ readonly of: Period; readonly period: Period }>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const period = pending?.of === asked ? pending.period : asked;
  const change = (next: Period) => {
    setPending({ of: asked, period: next });
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onPeriod(next), RESTING_MS);
  };
  const move = (which: Move) => {
    if (which !== "whole") return change(moved(period, which, now_ms()));
    clearTimeout(timer.current);
    onPeriod(undefined);
  };
  return { period, change, move };
}

type Hands = { onPoint(at_ms: number | undefined): void; onSelect(one_ms: number, other_ms: number): void };

function usePlot({ counts }: Result, period: Period, hands: Hands) {
  const { formats } = useSpeech();
  const { town } = useTown();
  const dark = useMedia("(prefers-color-scheme: dark)");
  const room = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLFieldSetElement>(null);
  const plot = useRef<TimelinePlot>(undefined);
  const latest = useRef({ hands, period });
  latest.current = { hands, period };
  // The scheme changes the colours that the plot reads.
  useEffect(() => {
    if (!room.current) return;
    const drawn = { counts, period: latest.current.period, timezone: town.timezone };
    const made = makeTimelinePlot(room.current, drawn, formats, {
      onPoint: (at_ms) => latest.current.hands.onPoint(at_ms),
      onSelect: (one_ms, other_ms) => latest.current.hands.onSelect(one_ms, other_ms),
    });
    plot.current = made;
    return () => made.remove();
  }, [counts, formats, town.timezone, dark]);
  useEffect(() => plot.current?.show(period), [period]);
  return { room, box };
}

/** The wheel zooms where the pointer is; sideways, or with Shift, it goes along. React's own listener could not keep the page still. */
function useWheel(
  box: { readonly current: HTMLElement | null },
  period: Period,
  change: (next: Period) => void,
) {
  const { now_ms } = useTown();
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const { deltaX, deltaY, shiftKey } = event;
      if (shiftKey || Math.abs(deltaX) > Math.abs(deltaY)) {
        return change(panned(period, Math.sign(deltaX || deltaY) * WHEEL_PAN, now_ms()));
      }
      const over = element.querySelector(".u-over")?.getBoundingClientRect();
      if (!over || deltaY === 0) return;
      const share = Math.min(1, Math.max(0, (event.clientX - over.left) / over.width));
      const at_ms = period.from_ms + share * (period.to_ms - period.from_ms);
      change(zoomed(period, deltaY > 0 ? WHEEL_ZOOM : 1 / WHEEL_ZOOM, at_ms, now_ms()));
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  });
}

/** The slice of time under the pointer; without one the whole time. */
function Pointed({
  result: { counts },
  at_ms,
  period: { from_ms, to_ms },
}: {
  readonly result: Result;
  readonly at_ms: number | undefined;
  readonly period: Period;
}) {
  const { t, formats } = useSpeech();
  if (at_ms === undefined) {
    return (
      <span>{t("timeline.period", { from: whenText(formats, from_ms), to: whenText(formats, to_ms) })}</span>
    );
  }
  const bucket = bucketAt(counts, at_ms);
  const count = bucket?.count ?? 0;
  if (!bucket || counts.every === "day") {
    return <span>{t("timeline.day", { day: formats.day(at_ms), count })}</span>;
  }
  const end_ms = endOf(bucket.at_ms, counts.every);
  const slice = `${formats.dayMonth(bucket.at_ms)}, ${formats.clock(bucket.at_ms)}–${formats.clock(end_ms)}`;
  return <span>{t("timeline.day", { day: slice, count })}</span>;
}

/** The same in words, for whoever does not see it. */
function useSummary({ counts, total }: Result, { from_ms, to_ms }: Period): string {
  const { t, formats } = useSpeech();
  const most = counts.buckets.reduce((max, each) => (each.count > max.count ? each : max), {
    at_ms: from_ms,
    count: 0,
  });
  const times = { from: whenText(formats, from_ms), to: whenText(formats, to_ms) };
  return t("timeline.summary", { ...times, total, most: most.count, when: whenText(formats, most.at_ms) });
}

const whenText = (formats: Formats, at_ms: number) => `${formats.dayMonth(at_ms)}, ${formats.clock(at_ms)}`;
