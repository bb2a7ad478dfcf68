import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import type { MessageKey } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import {
  addPoint,
  addShape,
  type Corner,
  type Drawing,
  movePoint,
  type Place,
  removePoint,
  removeShape,
  renameShape,
  type ShapeKind,
  undo,
} from "./drawing.ts";
import "./drawing.css";

const KINDS: Readonly<Record<ShapeKind, MessageKey>> = {
  zone: "draw.zone",
  line: "draw.line",
  mask: "draw.mask",
};
const KIND_NAMES: readonly ShapeKind[] = ["zone", "line", "mask"];

/** How far an arrow key moves a point, in fractions of the picture; with Shift further. */
const STEP = { fine: 0.005, coarse: 0.05 };
const ARROWS: Readonly<Record<string, Corner>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Zones, lines and masks on a camera's picture: points are pulled, or moved by arrow keys. */
export function PictureDrawing({
  picture,
  drawing,
  isFixed,
  onDraw,
}: {
  /** Undefined: nobody has had a still taken, and shapes stand on an empty ground. */
  readonly picture: string | undefined;
  readonly drawing: Drawing;
  /** Only looked at. */
  readonly isFixed: boolean;
  onDraw(drawing: Drawing): void;
}) {
  const { t } = useSpeech();
  const [chosen, setChosen] = useState(0);
  const at = Math.min(chosen, drawing.shapes.length - 1);
  return (
    <div className="draw">
      <Canvas
        picture={picture}
        drawing={drawing}
        chosen={at}
        isFixed={isFixed}
        onChoose={setChosen}
        onDraw={onDraw}
      />
      {!isFixed && (
        <p className="room-actions">
          {KIND_NAMES.map((kind) => (
            <button
              key={kind}
              type="button"
              className="button"
              onClick={() => {
                onDraw(addShape(drawing, kind));
                setChosen(drawing.shapes.length);
              }}
            >
              {t("draw.add", { what: t(KINDS[kind]) })}
            </button>
          ))}
          <button
            type="button"
            className="button"
            disabled={drawing.past.length === 0}
            onClick={() => onDraw(undo(drawing))}
          >
            {t("draw.undo")}
          </button>
        </p>
      )}
      <ul className="rows">
        {drawing.shapes.map(({ kind, id, points }, n) => (
          <li key={n} className={n === at ? "draw-chosen" : undefined}>
            <p className="row-head">
              <button
                type="button"
                className="link-button"
                aria-pressed={n === at}
                onClick={() => setChosen(n)}
              >
                {t(KINDS[kind])}
              </button>
              {kind === "mask" || isFixed ? (
                <bdi>{id}</bdi>
              ) : (
                <label>
                  <span className="unseen">{t("draw.name")}</span>
                  <input
                    className="draw-name"
                    value={id}
                    maxLength={60}
                    required
                    dir="auto"
                    onChange={({ target }) => onDraw(renameShape(drawing, n, target.value))}
                  />
                </label>
              )}
              <span className="quiet">{t("draw.points", { count: points.length })}</span>
              {!isFixed && (
                <button
                  type="button"
                  className="link-button row-end"
                  onClick={() => onDraw(removeShape(drawing, n))}
                >
                  {t("draw.remove", { name: id })}
                </button>
              )}
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
}

type CanvasProps = {
  readonly picture: string | undefined;
  readonly drawing: Drawing;
  readonly chosen: number;
  readonly isFixed: boolean;
  onChoose(shape: number): void;
  onDraw(drawing: Drawing): void;
};

function Canvas({ picture, drawing, chosen, isFixed, onChoose, onDraw }: CanvasProps) {
  const { t } = useSpeech();
  const ground = useRef<HTMLDivElement>(null);
  /** Whether the point in hand has been pulled already: all of it is one step. */
  const pulled = useRef(false);
  const { shapes } = drawing;
  const pointAt = ({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }): Corner => {
    const box = ground.current?.getBoundingClientRect();
    if (!box) return [0.5, 0.5];
    return [(clientX - box.left) / box.width, (clientY - box.top) / box.height];
  };
  const pull = (event: PointerEvent<HTMLButtonElement>, place: Place) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    onDraw(movePoint(drawing, place, pointAt(event), pulled.current));
    pulled.current = true;
  };
  const onKey = (event: KeyboardEvent, place: Place, point: Corner) => {
    const next = afterKey(drawing, event, place, point);
    if (!next) return;
    event.preventDefault();
    onDraw(next);
  };
  return (
    <div className="draw-ground" ref={ground}>
      {picture === undefined ? (
        <p className="draw-empty">{t("draw.no-picture")}</p>
      ) : (
        <img src={picture} alt={t("draw.picture")} draggable={false} />
      )}
      <svg
        viewBox="0 0 1 1"
        preserveAspectRatio="none"
        aria-hidden="true"
        onDoubleClick={(event) =>
          !isFixed && shapes[chosen] && onDraw(addPoint(drawing, chosen, pointAt(event)))
        }
      >
        {shapes.map(({ kind, points }, n) => {
          const path = points.map((point) => point.join(",")).join(" ");
          const className = `draw-${kind}${n === chosen ? " draw-active" : ""}`;
          const choose = { onPointerDown: () => onChoose(n), className, points: path };
          return kind === "line" ? <polyline key={n} {...choose} /> : <polygon key={n} {...choose} />;
        })}
      </svg>
      {!isFixed &&
        shapes[chosen]?.points.map((point, n) => {
          const place = { shape: chosen, point: n };
          return (
            <button
              key={n}
              type="button"
              className="draw-point"
              aria-label={t("draw.point", { number: n + 1, name: shapes[chosen]?.id ?? "" })}
              style={{ left: `${point[0] * 100}%`, top: `${point[1] * 100}%` }}
              onPointerDown={(event) => {
                event.currentTarget.setPointerCapture(event.pointerId);
                pulled.current = false;
              }}
              onPointerMove={(event) => pull(event, place)}
              onKeyDown={(event) => onKey(event, place, point)}
            />
          );
        })}
    </div>
  );
}

/** What a key does to a point; undefined for one that means nothing here. */
function afterKey(
  drawing: Drawing,
  { key, shiftKey, ctrlKey, metaKey }: KeyboardEvent,
  place: Place,
  [x, y]: Corner,
): Drawing | undefined {
  const way = ARROWS[key];
  const far = shiftKey ? STEP.coarse : STEP.fine;
  if (way) return movePoint(drawing, place, [x + way[0] * far, y + way[1] * far]);
  if (key === "Delete" || key === "Backspace") return removePoint(drawing, place);
  if (key === "Insert" || key === "+")
    return addPoint(drawing, place.shape, [x + STEP.coarse, y + STEP.coarse]);
  return key === "z" && (ctrlKey || metaKey) ? undo(drawing) : undefined;
}
