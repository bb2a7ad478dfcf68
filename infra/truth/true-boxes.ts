import type { Detector } from "@yardline/detection/detector";
import { type Detection, LABELS } from "@yardline/domain/detection";
import type { Frame } from "@yardline/domain/picture";
import { type Static, Type } from "typebox";
import { Value } from "typebox/value";

const Boxes = Type.Array(
  Type.Object({
    t: Type.Number(),
    objs: Type.Array(Type.Object({ label: Type.String(), box: Type.Array(Type.Number()) })),
  }),
);

/** How sure a detector that cannot be wrong is. */
const SCORE = 0.9;

/** Answers with the boxes that the maker of a drawn recording wrote down, of what a detector knows: a bag it does not. */
export class TrueBoxes implements Detector {
  readonly #frames: Static<typeof Boxes>;
  readonly #size: Pick<Frame["picture"], "width_px" | "height_px">;
  #at_ms = 0;

  /** @param size the recording's, in whose pixels the boxes are. */
  constructor(text: string, size: Pick<Frame["picture"], "width_px" | "height_px">) {
    this.#frames = Value.Parse(Boxes, JSON.parse(text));
    this.#size = size;
  }

  /** The next look is at this frame. */
  show({ at_ms }: Frame): void {
    this.#at_ms = at_ms;
  }

  async detect(): Promise<readonly Detection[]> {
    const { width_px, height_px } = this.#size;
    const nearest = this.#frames.reduce((best, each) =>
      Math.abs(each.t * 1000 - this.#at_ms) < Math.abs(best.t * 1000 - this.#at_ms) ? each : best,
    );
    return nearest.objs.flatMap(({ label: name, box }) => {
      const [left = 0, top = 0, right = 0, bottom = 0] = box;
      const label = LABELS.find((each) => each === name);
      const shares = {
        left: left / width_px,
        top: top / height_px,
        right: right / width_px,
        bottom: bottom / height_px,
      };
      return label ? [{ label, score: SCORE, box: shares }] : [];
    });
  }

  async close(): Promise<void> {}
}
