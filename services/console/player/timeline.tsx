import { type PointerEvent, useRef, useState } from "react";
import type { Strip } from "../events/use-strip.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { missingIn, offsetAt, reachOf, type Stretch } from "./clip-time.ts";
import { StripTile } from "./strip-tile.tsx";

/** The time that a clip is of: what happened in it, what of it is not recorded, where it is now. A pointer over it shows the picture there. */
export function Timeline({
  stretches,
  asked,
  happened,
  at_ms,
  strip,
  onSeek,
}: {
  readonly stretches: readonly Stretch[];
  readonly asked: Stretch;
  /** When it was that it happened; what is before and after is the run-up and what followed. */
  readonly happened: Stretch;
  readonly at_ms: number;
  readonly strip: Strip | undefined;
  onSeek(to_s: number): void;
}) {
  const { t, formats } = useSpeech();
  const bar = useRef<HTMLDivElement>(null);
  const [pointed_ms, setPointed] = useState<number>();
  const reach = reachOf(stretches, asked);
  const length_ms = Math.max(1, reach.to_ms - reach.from_ms);
  const share = (ms: number) =>
    `${(Math.min(Math.max(0, ms - reach.from_ms), length_ms) / length_ms) * 100}%`;
  const placed = ({ from_ms, to_ms }: Stretch) => ({
    left: share(from_ms),
    right: `calc(100% - ${share(to_ms)})`,
  });
  const timeUnder = ({ clientX }: PointerEvent) => {
    const box = bar.current?.getBoundingClientRect();
    return box ? reach.from_ms + ((clientX - box.left) / box.width) * length_ms : reach.from_ms;
  };
  const seekTo = (event: PointerEvent) => onSeek(offsetAt(stretches, timeUnder(event)).offset_s);
  const pointed = pointed_ms === undefined ? undefined : offsetAt(stretches, pointed_ms);

  return (
    <div
      ref={bar}
      className="timeline"
      role="slider"
      tabIndex={0}
      aria-label={t("clip.timeline")}
      aria-valuemin={0}
      aria-valuemax={Math.round(length_ms / 1000)}
      aria-valuenow={Math.round((at_ms - reach.from_ms) / 1000)}
      aria-valuetext={formats.clockSeconds(at_ms)}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        seekTo(event);
      }}
      onPointerMove={(event) => {
        setPointed(timeUnder(event));
        if (event.buttons === 1) seekTo(event);
      }}
      onPointerLeave={() => setPointed(undefined)}
    >
      <span className="timeline-ground" />
      <span className="timeline-happened" style={placed(happened)} />
      {missingIn(stretches, reach).map((gap) => (
        <span key={gap.from_ms} className="timeline-gap" style={placed(gap)} />
      ))}
      <span className="timeline-now" style={{ left: share(at_ms) }} />
      {pointed && pointed_ms !== undefined && (
        <span className="timeline-peek" style={{ left: share(pointed_ms) }} aria-hidden="true">
          {pointed.recorded && strip && <StripTile strip={strip} offset_s={pointed.offset_s} />}
          <span>{pointed.recorded ? formats.clockSeconds(pointed_ms) : t("clip.gap-here")}</span>
        </span>
      )}
    </div>
  );
}
