import { type PointerEvent, useEffect, useRef, useState } from "react";
import { saveChart } from "../../elements/chart-picture.ts";
import { useSpeech } from "../../messages/use-speech.tsx";
import { useMedia } from "../../page/use-media.ts";
import { useTown } from "../../page/use-town.tsx";
import { ScaleLegend } from "../network/segment-words.tsx";
import { drawStrings, type Frame, placeIn, type Stretch, timeAt } from "./draw-strings.ts";
import { moved, zoomed } from "./stretch.ts";
import { type Diagram, nearestString, type TripString } from "./string-line.ts";
import { TripLine } from "./trip-list.tsx";

type DiagramProps = {
  readonly diagram: Diagram;
  readonly stretch: Stretch;
  readonly whole: Stretch;
  readonly chosen: string;
  /** Undefined for the whole day. */
  onStretch(stretch: Stretch | undefined): void;
  onChoose(id: string): void;
};

const HEIGHT_PX = 520;
const REACH_PX = 8;
const ZOOM = 1.6;
/** A press that moves less is a click. */
const DRAG_PX_MIN = 4;

/** Trips as strings: time from left to right, the line from above to below. */
export function StringDiagram({ diagram, stretch, whole, chosen, onStretch, onChoose }: DiagramProps) {
  const { t } = useSpeech();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [hovered, setHovered] = useState<TripString>();
  const frame = useDrawing(canvas, { diagram, stretch, marked: [chosen, hovered?.id ?? ""] });
  const zoom = (times: number, around_s = (stretch.from_s + stretch.to_s) / 2) =>
    onStretch(zoomed(stretch, whole, times, around_s));
  useWheel(canvas, frame, stretch, zoom);
  const pointing = usePointing({ diagram, stretch, whole, chosen, onStretch, onChoose }, frame, setHovered);
  const told = hovered ?? diagram.strings.find(({ id }) => id === chosen);
  return (
    <section className="string-diagram">
      <div className="string-tools">
        <button type="button" className="button" onClick={() => zoom(1 / ZOOM)}>
          {t("map.nearer")}
        </button>
        <button type="button" className="button" onClick={() => zoom(ZOOM)}>
          {t("map.farther")}
        </button>
        <button type="button" className="button" onClick={() => onStretch(moved(stretch, whole, -0.5))}>
          {t("line.earlier")}
        </button>
        <button type="button" className="button" onClick={() => onStretch(moved(stretch, whole, 0.5))}>
          {t("line.later")}
        </button>
        <button type="button" className="button" onClick={() => onStretch(undefined)}>
          {t("line.whole")}
        </button>
        <button
          type="button"
          className="button"
          onClick={() => canvas.current && void saveChart(canvas.current, t("line.diagram"))}
        >
          PNG
        </button>
      </div>
      <div className="string-room" {...pointing}>
        <canvas ref={canvas} className="string-canvas" role="img" aria-label={t("line.diagram")} />
      </div>
      <p className="string-told">{told ? <TripLine string={told} /> : t("line.point")}</p>
      <div className="string-legend">
        <ul className="chart-legend">
          <li>
            <span className="chart-mark chart-mark-dashed series-3" aria-hidden="true" /> {t("line.planned")}
          </li>
          <li>
            <span className="chart-mark chart-mark-dashed series-4" aria-hidden="true" /> {t("line.unseen")}
          </li>
        </ul>
        <ScaleLegend measure="delay" />
      </div>
    </section>
  );
}

const NO_FRAME: Frame = { width_px: 0, height_px: HEIGHT_PX, left_px: 0 };

/** Draws whenever something of it changes, at the canvas' own size and sharpness. */
function useDrawing(
  canvas: { readonly current: HTMLCanvasElement | null },
  { diagram, stretch, marked }: { diagram: Diagram; stretch: Stretch; marked: readonly string[] },
): Frame {
  const { findStopName } = useTown();
  const dark = useMedia("(prefers-color-scheme: dark)");
  const [frame, setFrame] = useState(NO_FRAME);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const watch = new ResizeObserver(() => {
      const width_px = element.clientWidth;
      setFrame({ width_px, height_px: HEIGHT_PX, left_px: Math.min(150, width_px * 0.28) });
    });
    watch.observe(element);
    return () => watch.disconnect();
  }, [canvas]);
  // The scheme changes the colours that are read.
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (!element || !context || frame.width_px === 0) return;
    element.width = frame.width_px * devicePixelRatio;
    element.height = frame.height_px * devicePixelRatio;
    context.scale(devicePixelRatio, devicePixelRatio);
    const styles = getComputedStyle(element);
    drawStrings(context, {
      ...{ frame, diagram, stretch, marked, font: styles.fontFamily },
      stopName: (stop_id) => findStopName(stop_id) ?? stop_id,
      token: (name) => styles.getPropertyValue(name).trim(),
    });
  }, [canvas, frame, diagram, stretch.from_s, stretch.to_s, marked.join("\t"), dark, findStopName]);
  return frame;
}

/** The wheel with Ctrl, as maps in pages have it: without it the page scrolls on. */
function useWheel(
  canvas: { readonly current: HTMLCanvasElement | null },
  frame: Frame,
  stretch: Stretch,
  zoom: (times: number, around_s: number) => void,
): void {
  const latest = useRef({ frame, stretch, zoom });
  latest.current = { frame, stretch, zoom };
  useEffect(() => {
    const element = canvas.current;
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const now = latest.current;
      now.zoom(event.deltaY > 0 ? ZOOM : 1 / ZOOM, timeAt(now.frame, now.stretch, event.offsetX));
    };
    element?.addEventListener("wheel", onWheel, { passive: false });
    return () => element?.removeEventListener("wheel", onWheel);
  }, [canvas]);
}

/** Pointing tells a trip, a click chooses it, dragging moves the day. */
function usePointing(
  { diagram, stretch, whole, onStretch, onChoose }: DiagramProps,
  frame: Frame,
  setHovered: (string: TripString | undefined) => void,
) {
  const pressed = useRef<{ readonly x_px: number; readonly stretch: Stretch }>(undefined);
  const find = ({ nativeEvent: { offsetX, offsetY } }: PointerEvent) =>
    nearestString(diagram.strings, placeIn(frame, diagram, stretch), [offsetX, offsetY], REACH_PX);
  return {
    onPointerDown(event: PointerEvent) {
      pressed.current = { x_px: event.nativeEvent.offsetX, stretch };
    },
    onPointerMove(event: PointerEvent) {
      const from = pressed.current;
      const moved_px = from ? from.x_px - event.nativeEvent.offsetX : 0;
      if (!from || event.buttons === 0 || Math.abs(moved_px) < DRAG_PX_MIN) return setHovered(find(event));
      const share = moved_px / Math.max(1, frame.width_px - frame.left_px);
      onStretch(moved(from.stretch, whole, share));
    },
    onPointerUp(event: PointerEvent) {
      const from = pressed.current;
      pressed.current = undefined;
      if (!from || Math.abs(from.x_px - event.nativeEvent.offsetX) >= DRAG_PX_MIN) return;
      const found = find(event);
      if (found) onChoose(found.id);
    },
    onPointerLeave() {
      setHovered(undefined);
    },
  };
}
