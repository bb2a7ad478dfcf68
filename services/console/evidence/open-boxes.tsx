import { type KeyboardEvent, type PointerEvent, useState } from "react";
import { useSpeech } from "../messages/use-speech.tsx";
import type { Redacting } from "./redactor.tsx";
import {
  type Box,
  drawnBox,
  isDrawn,
  movedBox,
  placeAt,
  placed,
  REGIONS_MAX,
  regionOver,
  resizedBox,
} from "./region.ts";

/** One press of an arrow key. */
const STEP = 0.01;

/** The boxes that are open at this moment, over the picture; a new one is drawn beside them. */
export function OpenBoxes({ regions, stretches, at_ms, onChange }: Redacting & { readonly at_ms: number }) {
  const { t } = useSpeech();
  const [drawing, setDrawing] = useState<readonly [number, number]>();
  const [drawn, setDrawn] = useState<Box>();
  const whereOf = (event: PointerEvent): readonly [number, number] => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    return [(event.clientX - left) / width, (event.clientY - top) / height];
  };
  const end = () => {
    if (drawn && isDrawn(drawn) && regions.length < REGIONS_MAX)
      onChange([...regions, regionOver(regions, drawn, stretches)]);
    setDrawing(undefined);
    setDrawn(undefined);
  };
  return (
    <div
      className="redactor-boxes"
      onPointerDown={(event) => {
        if (event.target !== event.currentTarget) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrawing(whereOf(event));
      }}
      onPointerMove={(event) => drawing && setDrawn(drawnBox(drawing, whereOf(event)))}
      onPointerUp={end}
      onPointerCancel={end}
    >
      {regions.map((region, at) => {
        const box = placeAt(region, at_ms);
        return (
          box && (
            <OpenBox
              key={region.id}
              box={box}
              name={t("redact.region", { number: at + 1 })}
              onMove={(next) =>
                onChange(regions.map((each) => (each === region ? placed(each, at_ms, next) : each)))
              }
              onRemove={() => onChange(regions.filter((each) => each !== region))}
            />
          )
        );
      })}
      {drawn && <span className="redactor-drawn" style={styleOf(drawn)} />}
    </div>
  );
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};

/** One box: dragged, or moved by arrows; with Shift, or by its corner, made larger or smaller; Delete takes it away. */
function OpenBox({
  box,
  name,
  onMove,
  onRemove,
}: {
  readonly box: Box;
  readonly name: string;
  onMove(box: Box): void;
  onRemove(): void;
}) {
  const { t } = useSpeech();
  const [held, setHeld] = useState<{
    readonly x: number;
    readonly y: number;
    readonly box: Box;
    readonly corner: boolean;
  }>();
  const onKeyDown = (event: KeyboardEvent) => {
    const arrow = ARROWS[event.key];
    if (arrow) onMove((event.shiftKey ? resizedBox : movedBox)(box, ...arrow));
    else if (event.key === "Delete" || event.key === "Backspace") onRemove();
    else return;
    event.preventDefault();
    // Around it the same keys lead the recording.
    event.stopPropagation();
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const around = event.currentTarget.parentElement?.getBoundingClientRect();
    if (!held || !around) return;
    const by = [(event.clientX - held.x) / around.width, (event.clientY - held.y) / around.height] as const;
    onMove((held.corner ? resizedBox : movedBox)(held.box, ...by));
  };
  return (
    <button
      type="button"
      className="redactor-box"
      style={styleOf(box)}
      aria-label={name}
      title={t("redact.keys")}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        const corner = event.target instanceof Element && event.target.matches(".redactor-corner");
        event.currentTarget.setPointerCapture(event.pointerId);
        setHeld({ x: event.clientX, y: event.clientY, box, corner });
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => setHeld(undefined)}
      onPointerCancel={() => setHeld(undefined)}
    >
      <span className="redactor-corner" aria-hidden="true" />
    </button>
  );
}

function styleOf([left, top, right, bottom]: Box) {
  const part = (share: number) => `${share * 100}%`;
  return { left: part(left), top: part(top), width: part(right - left), height: part(bottom - top) };
}
