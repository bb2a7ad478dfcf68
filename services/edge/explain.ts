import type { Box } from "@yardline/domain/box";
import type { Detection } from "@yardline/domain/detection";
import type { Picture } from "@yardline/domain/picture";
import type { EpochMs } from "@yardline/domain/time";
import { Canvas, COLOURS, type Colour } from "@yardline/frames/canvas";
import type { Standing } from "@yardline/frames/motion-gate";
import type { Raised } from "@yardline/rules/scene/scene-watch";
import type { Predicted } from "@yardline/tracking/tracker";
import type { Watched } from "./watching.ts";

/** What was known of one picture once it had gone through everything. */
export type Explained = {
  readonly watched: Watched;
  /** Everybody who is followed, where they are believed to be now. */
  readonly followed: readonly Predicted[];
  /** What stood out from the empty scene. */
  readonly standing: Standing;
};

/** One thing to paint. Zones and states of rules are more of these. */
export type Mark = {
  readonly box: Box;
  readonly colour: Colour;
  readonly dashed?: boolean;
  /** Lines of text, from the box's upper edge upwards and, where `below`, from its lower edge downwards. */
  readonly above: readonly string[];
  readonly below: readonly string[];
};

/** How long the opening or the end of something is told in the corner. */
const TOLD_FOR_MS = 4_000;
const TOLD_LINES_MAX = 6;
const MASK_STRENGTH = 0.35;

/** Paints over the pictures of a recording why something was raised or was not. It remembers what is open and what was told just now. */
export class Explaining {
  readonly #start_ms: EpochMs;
  readonly #open = new Map<string, Raised>();
  #told: { readonly until_ms: EpochMs; readonly line: string }[] = [];

  constructor(start_ms: EpochMs) {
    this.#start_ms = start_ms;
  }

  /** Paints on `picture`, in place. */
  paint(picture: Picture, explained: Explained): void {
    const { watched, standing } = explained;
    this.#remember(watched);
    const canvas = new Canvas(picture);
    paintStanding(canvas, standing);
    for (const mark of marksOf(explained, [...this.#open.values()])) paintMark(canvas, mark);
    const corner = [...captionOf(explained, this.#start_ms), ...this.#told.map(({ line }) => line)];
    paintLines(canvas, corner, { left: 0, top: 0 }, COLOURS.white);
  }

  #remember({ at_ms, raised }: Watched): void {
    this.#told = this.#told.filter(({ until_ms }) => until_ms >= at_ms);
    for (const each of raised) {
      const { finding, rule } = each;
      if (finding.state === "closed") this.#open.delete(`${rule} ${finding.key}`);
      else this.#open.set(`${rule} ${finding.key}`, each);
      if (finding.state === "updated") continue;
      const line = [finding.state, `${rule}:`, ...aboutOf(each)].join(" ");
      this.#told = [...this.#told, { until_ms: at_ms + TOLD_FOR_MS, line }].slice(-TOLD_LINES_MAX);
    }
  }
}

/** What it is about, in as few words as there are. */
function aboutOf({ zone, finding }: Raised): readonly string[] {
  const { facts, track } = finding.data;
  const label = facts["label"];
  return [
    ...(typeof label === "string" ? [label] : []),
    ...(track === undefined ? [] : [shortOf(track)]),
    ...(zone === undefined ? [] : [`zone ${zone}`]),
  ];
}

/** The boxes to paint: what the detector said and nobody took up, then everybody who is followed. */
export function marksOf({ watched, followed }: Explained, open: readonly Raised[]): readonly Mark[] {
  const { at_ms, detections = [] } = watched;
  const taken = new Set(followed.map(({ track }) => track.last));
  const left = detections.filter((detection) => !taken.has(detection));
  return [...left.map(markOfLeft), ...followed.map((each) => markOfTrack(each, at_ms, open))];
}

function markOfLeft({ box, label, score }: Detection): Mark {
  return { box, colour: COLOURS.grey, above: [`${label} ${score.toFixed(2)}`], below: [] };
}

function markOfTrack({ track, box }: Predicted, at_ms: EpochMs, open: readonly Raised[]): Mark {
  const seen = track.seen_at_ms === at_ms;
  const rules = open.filter(({ finding }) => finding.data.track === track.id);
  const unseen_s = ((at_ms - track.seen_at_ms) / 1000).toFixed(1);
  const followed = track.state === "confirmed" ? COLOURS.green : COLOURS.yellow;
  return {
    box: seen ? track.last.box : box,
    colour: rules.length > 0 ? COLOURS.red : followed,
    dashed: !seen,
    above: [
      `${shortOf(track.id)} ${track.label} ${track.last.score.toFixed(2)} ${track.sightings}x`,
      ...(seen ? [] : [`not seen for ${unseen_s} s`]),
      ...(track.state === "tentative" ? ["not sure yet"] : []),
    ],
    below: rules.map(({ rule, zone = "", finding }) =>
      `${rule} ${zone} ${Math.round((at_ms - finding.data.since_ms) / 1000)} s`.replace("  ", " "),
    ),
  };
}

const GATE_SAYS: Readonly<Record<string, string>> = {
  first: "looked: first picture",
  light: "looked: the light changed",
  moved: "looked: something moved",
  sure: "looked: to be sure",
  still: "not looked: nothing new",
  expected: "not looked: who moves is where expected",
};

function captionOf({ watched, followed }: Explained, start_ms: EpochMs): readonly string[] {
  const { at_ms, why, detections } = watched;
  const said = GATE_SAYS[why] ?? `${detections ? "looked" : "not looked"}: ${why}`;
  const boxes = detections ? `, ${detections.length} boxes` : "";
  return [`${((at_ms - start_ms) / 1000).toFixed(1)} s ${said}`, `${followed.length} followed${boxes}`];
}

/** The end of a UUID differs from track to track, its beginning may be a time. */
function shortOf(id: string): string {
  return id.slice(-4);
}

function paintStanding(canvas: Canvas, { columns, rows, cells }: Standing): void {
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
  paintLines(canvas, above, { left, top: top - above.length * canvas.line_px }, COLOURS.white);
  paintLines(canvas, below, { left, top: bottom }, COLOURS.white);
}

function paintLines(
  canvas: Canvas,
  lines: readonly string[],
  { left, top }: { readonly left: number; readonly top: number },
  colour: Colour,
): void {
  let next = top;
  for (const line of lines) next = canvas.text(line, { left, top: next }, colour).bottom;
}
