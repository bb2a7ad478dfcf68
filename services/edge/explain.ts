import type { Picture } from "@yardline/domain/picture";
import type { EpochMs } from "@yardline/domain/time";
import { Canvas, COLOURS, type Colour } from "@yardline/frames/canvas";
import { enlarge } from "@yardline/frames/enlarge";
import type { StandingOut } from "@yardline/frames/motion-gate";
import type { ScenePlan } from "@yardline/rules/scene/scene-plan";
import type { Raised } from "@yardline/rules/scene/scene-watch";
import { type Mark, marksOf } from "./explain-marks.ts";
import { paintPlace, placesOf } from "./explain-places.ts";
import { gateLines, type PanelLine, plain, ruleLines, shortOf, viewLines, wrap } from "./explain-text.ts";
import type { Inside, Watched } from "./watching.ts";

/** What was known of one picture once it had gone through everything. */
export type Explained = Inside & { readonly watched: Watched };

/** How long the opening or the end of something is told. */
const TOLD_FOR_MS = 4_000;
const TOLD_LINES_MAX = 8;
const MASK_STRENGTH = 0.25;
/** A smaller picture is enlarged, or letters would cover what they speak of. */
const HEIGHT_MIN_PX = 720;
const PANEL_LETTERS = 46;

const TONES: Readonly<Record<PanelLine["tone"], Colour>> = {
  plain: COLOURS.white,
  alarm: COLOURS.red,
  doubt: COLOURS.yellow,
  faint: COLOURS.grey,
};

/**
 * Paints over the pictures of a recording, and beside them, why something was raised or was not. It remembers what is open and what was
 * told just now.
 */
export class Explaining {
  readonly #start_ms: EpochMs;
  readonly #places: ReturnType<typeof placesOf>;
  readonly #open = new Map<string, Raised>();
  #told: { readonly until_ms: EpochMs; readonly line: string }[] = [];

  constructor(start_ms: EpochMs, scene: ScenePlan) {
    this.#start_ms = start_ms;
    this.#places = placesOf(scene);
  }

  /** @returns a picture of its own, with the panel at its right. */
  paint(picture: Picture, explained: Explained): Picture {
    this.#remember(explained.watched);
    const times = Math.max(1, Math.ceil(HEIGHT_MIN_PX / picture.height_px));
    const large = enlarge(picture, times, 0);
    const canvas = new Canvas(large);
    paintStanding(canvas, explained.standing);
    for (const place of this.#places) paintPlace(canvas, place, large.width_px / large.height_px);
    for (const mark of marksOf(explained, [...this.#open.values()])) paintMark(canvas, mark);

    const whole = enlarge(large, 1, canvas.letter_px * PANEL_LETTERS);
    paintPanel(new Canvas(whole), large.width_px, this.#panelOf(explained));
    return whole;
  }

  #panelOf({ watched, followed, view, rules }: Explained): readonly PanelLine[] {
    return [
      ...gateLines(watched, followed.length, this.#start_ms),
      ...(view ? viewLines(view) : []),
      ...this.#told.map(({ line }) => plain(line)),
      ...rules.map(ruleLines).flatMap((lines) => (lines.length === 0 ? [] : [plain(""), ...lines])),
    ];
  }

  #remember({ at_ms, raised }: Watched): void {
    this.#told = this.#told.filter(({ until_ms }) => until_ms >= at_ms);
    for (const each of raised) {
      const { finding, rule } = each;
      const key = JSON.stringify([rule, each.zone, finding.key]);
      if (finding.state === "closed") this.#open.delete(key);
      else this.#open.set(key, each);
      if (finding.state === "updated") continue;
      const line = [finding.state, rule, ...aboutOf(each)].join(" ");
      this.#told = [...this.#told, { until_ms: at_ms + TOLD_FOR_MS, line }].slice(-TOLD_LINES_MAX);
    }
  }
}

/** What it is about, in as few words as there are. */
function aboutOf({ zone = "", finding }: Raised): readonly string[] {
  const { facts, track } = finding.data;
  const label = facts["label"];
  return [zone, typeof label === "string" ? label : "", track === undefined ? "" : shortOf(track)].filter(
    (word) => word !== "",
  );
}

function paintStanding(canvas: Canvas, { columns, rows, cells }: StandingOut): void {
  for (const cell of cells) {
    const [column, row] = [cell % columns, Math.floor(cell / columns)];
    const box = {
      left: column / columns,
      top: row / rows,
      right: (column + 1) / columns,
      bottom: (row + 1) / rows,
    };
    canvas.fill(canvas.areaOf(box), COLOURS.cyan, MASK_STRENGTH);
  }
}

function paintMark(canvas: Canvas, { box, colour, dashed = false, above, below }: Mark): void {
  canvas.outline(box, colour, dashed);
  const { left, top, bottom } = canvas.areaOf(box);
  paintLines(canvas, above, { left, top: top - above.length * canvas.line_px }, colour);
  paintLines(canvas, below, { left, top: bottom }, colour);
}

function paintLines(
  canvas: Canvas,
  lines: readonly string[],
  { left, top }: { readonly left: number; readonly top: number },
  colour: Colour,
): void {
  for (const [at, line] of lines.entries())
    canvas.text(line, { left, top: top + at * canvas.line_px }, colour);
}

/** What does not fit is left out, and said to be. */
function paintPanel(canvas: Canvas, left: number, lines: readonly PanelLine[]): void {
  const room = canvas.lines_max - 1;
  const wrapped = lines.flatMap((line) => wrap(line, PANEL_LETTERS - 1));
  const shown = wrapped.slice(0, room);
  if (wrapped.length > room) shown.push(plain(`and ${wrapped.length - room} more lines`));
  for (const [at, { text, tone }] of shown.entries()) {
    canvas.text(text, { left, top: at * canvas.line_px }, TONES[tone]);
  }
}
