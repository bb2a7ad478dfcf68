import { type RefObject, useEffect, useRef, useState } from "react";
import { useSpeech } from "../messages/use-speech.tsx";
import { OpenBoxes } from "./open-boxes.tsx";
import { type Cover, paintCover } from "./paint-cover.ts";
import { type Box, instantAt, placeAt, type Region, type Stretch } from "./region.ts";
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
  const { t, formats } = useSpeech();
  const video = useRef<HTMLVideoElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [preview, setPreview] = useState(!mayOpen);
  const [offset_s, setOffset] = useState(0);
  const at_ms = instantAt(stretches, offset_s);
  usePicture(video, canvas, setOffset, (context, picture) => {
    const now_ms = instantAt(stretches, picture.currentTime);
    const open = regions.flatMap((region) => {
      const box = placeAt(region, now_ms);
      return box ? [box] : [];
    });
    if (preview) paintCover(context, picture, cover, open);
    else context.drawImage(picture, 0, 0, context.canvas.width, context.canvas.height);
  });
  return (
    <div className="redactor">
      <div className="redactor-picture">
        <canvas ref={canvas} aria-label={t(preview ? "redact.preview" : "redact.source")} role="img" />
        {!preview && mayOpen && <OpenBoxes {...props} at_ms={at_ms} />}
      </div>
      <video
        ref={video}
        src={src}
        muted
        playsInline
        preload="auto"
        controls
        className="redactor-time"
        aria-label={t("clip")}
      />
      <p className="redactor-tools">
        <time dateTime={new Date(at_ms).toISOString()}>{formats.clockSeconds(at_ms)}</time>
        <span className="segments">
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
        </span>
      </p>
      {mayOpen && <RegionList {...props} at_ms={at_ms} />}
    </div>
  );
}

/** Draws the picture that the video shows, whenever it shows another. */
function usePicture(
  video: RefObject<HTMLVideoElement | null>,
  canvas: RefObject<HTMLCanvasElement | null>,
  onTime: (offset_s: number) => void,
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
    const show = () => {
      onTime(picture.currentTime);
      paint.current();
    };
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
  }, [video, canvas, onTime]);
}
