import { type RefObject, useEffect, useRef, useState } from "react";
import { useSpeech } from "../messages/use-speech.tsx";
import { leadByKeys } from "../player/clip-keys.ts";
import { type Stretch, timeAt } from "../player/clip-time.ts";
import { PlayerSteps } from "../player/player-button.tsx";
import { Timeline } from "../player/timeline.tsx";
import { useVideo, type Video } from "../player/use-video.ts";
import "../player/player.css";
import { OpenBoxes } from "./open-boxes.tsx";
import { type Cover, paintCover, paintSource } from "./paint-cover.ts";
import { type Box, placeAt, type Region } from "./region.ts";
import { RegionList } from "./region-list.tsx";

/** What is covered and opened of one recording. */
export type Redacting = {
  readonly src: string;
  readonly stretches: readonly Stretch[];
  readonly cover: Cover;
  readonly regions: readonly Region[];
  /** Where the detector saw what the event is about: a first guess. */
  readonly guess?: Box | undefined;
  /** Whoever may not open anything sees only what leaves. */
  readonly mayOpen: boolean;
  onChange(regions: readonly Region[]): void;
};

/** What of a recording is opened: boxes over the picture, put at a moment, by pointer or by keys; and how it will leave. */
export function Redactor(props: Redacting) {
  const { src, stretches, cover, regions, mayOpen } = props;
  const { t } = useSpeech();
  const element = useRef<HTMLVideoElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [preview, setPreview] = useState(!mayOpen);
  const video = useVideo(element);
  const at_ms = timeAt(stretches, video.at_s);
  usePicture(element, canvas, (context, picture) => {
    const now_ms = timeAt(stretches, picture.currentTime);
    const open = regions.flatMap((region) => {
      const box = placeAt(region, now_ms);
      return box ? [box] : [];
    });
    if (preview) paintCover(context, picture, cover, open);
    else paintSource(context, picture, open);
  });
  const length_s = lengthOf(stretches);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys anywhere in it lead the recording; all that can be done has its button.
    <div className="redactor" onKeyDown={(event) => leadByKeys(event, video, length_s)}>
      <div className="segments redactor-sides">
        {[false, true].map((after) => (
          <button
            type="button"
            key={String(after)}
            aria-pressed={preview === after}
            disabled={!after && !mayOpen}
            onClick={() => setPreview(after)}
          >
            {t(after ? "redact.preview" : "redact.source")}
          </button>
        ))}
      </div>
      <div className="redactor-picture">
        <video ref={element} src={src} muted playsInline preload="auto" aria-hidden="true" tabIndex={-1} />
        <canvas ref={canvas} aria-label={t(preview ? "redact.preview" : "redact.source")} role="img" />
        {!preview && mayOpen && <OpenBoxes {...props} at_ms={at_ms} />}
      </div>
      <RedactorTime video={video} stretches={stretches} regions={regions} at_ms={at_ms} />
      {mayOpen && <RegionList {...props} at_ms={at_ms} />}
    </div>
  );
}

/** The recording's time with what is opened when, and what leads it. */
function RedactorTime({
  video,
  stretches,
  regions,
  at_ms,
}: Pick<Redacting, "stretches" | "regions"> & { readonly video: Video; readonly at_ms: number }) {
  const whole = { from_ms: stretches[0]?.from_ms ?? 0, to_ms: stretches.at(-1)?.to_ms ?? 0 };
  const opened = {
    from_ms: Math.min(...regions.map(({ path }) => path[0]?.at_ms ?? whole.to_ms), whole.to_ms),
    to_ms: Math.max(...regions.map(({ path }) => path.at(-1)?.at_ms ?? whole.from_ms), whole.from_ms),
  };
  return (
    <>
      <Timeline
        stretches={stretches}
        asked={whole}
        happened={regions.length > 0 ? opened : { from_ms: whole.from_ms, to_ms: whole.from_ms }}
        at_ms={at_ms}
        strip={undefined}
        onSeek={video.seek}
      />
      <div className="player-bar">
        <PlayerSteps video={video} at_ms={at_ms} />
      </div>
    </>
  );
}

function lengthOf(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum_s, { from_ms, to_ms }) => sum_s + (to_ms - from_ms) / 1_000, 0);
}

/** Draws the picture that the video shows, whenever it shows another. */
function usePicture(
  video: RefObject<HTMLVideoElement | null>,
  canvas: RefObject<HTMLCanvasElement | null>,
  draw: (context: CanvasRenderingContext2D, picture: HTMLVideoElement) => void,
) {
  const drawn = useRef(draw);
  drawn.current = draw;
  const paint = useRef<() => void>(() => undefined);
  paint.current = () => {
    const [picture, context] = [
      video.current,
      canvas.current?.getContext("2d", { willReadFrequently: true }),
    ];
    if (picture && context && picture.readyState >= 2) drawn.current(context, picture);
  };
  // What is opened may have changed while the picture stands still.
  useEffect(() => paint.current());
  useEffect(() => {
    const picture = video.current;
    if (!picture) return;
    let frame = 0;
    const fit = () => {
      if (!canvas.current || picture.videoWidth === 0) return;
      canvas.current.width = picture.videoWidth;
      canvas.current.height = picture.videoHeight;
    };
    const show = () => paint.current();
    const follow = () => {
      show();
      if (!picture.paused) frame = requestAnimationFrame(follow);
    };
    const all = { loadedmetadata: fit, loadeddata: show, seeked: show, timeupdate: show, play: follow };
    for (const [type, listen] of Object.entries(all)) picture.addEventListener(type, listen);
    return () => {
      cancelAnimationFrame(frame);
      for (const [type, listen] of Object.entries(all)) picture.removeEventListener(type, listen);
    };
  }, [video, canvas]);
}
