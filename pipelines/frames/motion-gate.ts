import { type Box, holds, WHOLE } from "@yardline/domain/box";
import type { EpochMs } from "@yardline/domain/time";
import { Background } from "./background.ts";
import { afterLook, type Barren, findBarren, findSway, wait_ms } from "./barren.ts";
import { boxOf, covers, regionsOf } from "./cell-regions.ts";
import type { Luma } from "./luma.ts";

/** Who is being followed: nobody, known ones, or also somebody of whom it is not sure yet that they are there at all. */
export type Following = "nobody" | "somebody" | "unsure";

export type GateSettings = {
  /** The longest time without a look, by who is followed. While nothing moves, that for `somebody` grows to that for `nobody`. */
  readonly wait_max_ms: Readonly<Record<Following, number>>;
  /** The longest time without a look while only those move who are known, where they are expected. */
  readonly expected_max_ms: number;
  /** The smallest thing that counts as moving, in cells. */
  readonly moved_cells_min: number;
};

export const GATE_DEFAULTS: GateSettings = {
  wait_max_ms: { nobody: 30_000, somebody: 2_000, unsure: 0 },
  expected_max_ms: 600,
  moved_cells_min: 4,
};

/**
 * Whether the detector should look at a picture, and why. Not looked at: `still`, it would only say again what it said at its last
 * look; `expected`, only those move who are known, where they should be, and it is not yet time to look where exactly.
 */
export type Verdict = {
  readonly look: boolean;
  readonly why: "first" | "light" | "moved" | "sure" | "still" | "expected";
  /** Where something came, moved or went since the last look. */
  readonly moved: readonly Box[];
};

/** The cells that stand out from the empty scene, row by row from the upper left. */
export type StandingOut = {
  readonly columns: number;
  readonly rows: number;
  readonly cells: readonly number[];
};

/** One picture as the gate saw it: which cells stood out from the empty scene, and which of them were new, region by region. */
type Seen = {
  readonly luma: Luma;
  readonly at_ms: EpochMs;
  readonly standing: readonly number[];
  readonly regions: readonly (readonly number[])[];
};

/** From this share of cells standing out it is the light, or the camera itself, that changed. */
const LIGHT_SHARE_MIN = 0.4;
/** What an object stirs around it: its shadow, its reflection. A share of its own size. */
const MARGIN = 0.15;
/** A region of which this share lies where a known one is expected is that one, with its shadow. */
const EXPECTED_SHARE_MIN = 0.3;
/** What sways has swayed each way within so long, and is looked at again without hurry. */
const NEW_MS = 5_000;
/** While nothing moves the sure look waits for this share of the time since something did. */
const CALM_SHARE = 0.5;

/**
 * Decides which pictures of one camera are worth the detector's time. Looks at the first one, at once where something is new, now and
 * then where only known ones move as expected or where a look found nothing before, and otherwise once in a while. The detector's
 * answers teach it: what moves with nothing there (leaves, shadows, screens) it gets used to. Knows media time only, so the same
 * pictures give the same verdicts.
 */
export class MotionGate {
  readonly #settings: GateSettings;
  #background: Background | undefined;
  #now: Seen | undefined;
  /** As it was at the last look. */
  #looked: Seen | undefined;
  #barren: readonly Barren[] = [];
  /** When this scene will be known; at once where a look sees somebody, since beside them nothing sways by itself. */
  #known_from_ms: EpochMs = 0;
  /** When something moved last. */
  #moved_at_ms: EpochMs = 0;

  constructor(settings: GateSettings = GATE_DEFAULTS) {
    this.#settings = settings;
  }

  /** @param expected where those are by now who are surely known: last place and predicted one. */
  judge(luma: Luma, at_ms: EpochMs, following: Following, expected: readonly Box[] = []): Verdict {
    const background = this.#background;
    if (!background || background.columns !== luma.columns || background.rows !== luma.rows) {
      this.#background = new Background(luma);
      this.#looked = undefined;
      this.#barren = [];
      this.#moved_at_ms = at_ms;
      this.#known_from_ms = at_ms + NEW_MS;
      this.#now = { luma, at_ms, standing: [], regions: [] };
      return { look: true, why: "first", moved: [] };
    }
    const dt_s = Math.max(0, at_ms - (this.#now?.at_ms ?? at_ms)) / 1000;
    const standing = background.take(luma, dt_s);
    if (standing.length > LIGHT_SHARE_MIN * luma.cells.length) {
      background.startAgain(luma);
      this.#now = { luma, at_ms, standing, regions: [] };
      return { look: true, why: "light", moved: [WHOLE] };
    }
    const fresh = freshOf(standing, luma, this.#looked, background);
    const regions = regionsOf(fresh, background, this.#settings.moved_cells_min);
    this.#now = { luma, at_ms, standing, regions };
    return this.#weigh(regions, background, at_ms, following, expected);
  }

  #weigh(
    regions: readonly (readonly number[])[],
    background: Background,
    at_ms: EpochMs,
    following: Following,
    expected: readonly Box[],
  ): Verdict {
    const looked_at_ms = this.#looked?.at_ms ?? Number.NEGATIVE_INFINITY;
    const moved = regions.map((cells) => boxOf(cells, background));
    const reasons = regions.map((cells, at) =>
      this.#reasonOf(cells, moved[at] ?? WHOLE, background, at_ms, expected),
    );
    if (reasons.some(({ why }) => why !== "barren")) this.#moved_at_ms = at_ms;
    if (reasons.some(({ due_ms }) => at_ms >= due_ms)) return { look: true, why: "moved", moved };
    if (at_ms - looked_at_ms >= this.#sureWait_ms(following, at_ms))
      return { look: true, why: "sure", moved };
    return { look: false, why: reasons.some(({ why }) => why === "expected") ? "expected" : "still", moved };
  }

  /** What explains that something moved here, and when it must be looked at for all that. */
  #reasonOf(
    cells: readonly number[],
    here: Box,
    background: Background,
    at_ms: EpochMs,
    expected: readonly Box[],
  ) {
    const looked_at_ms = this.#looked?.at_ms ?? Number.NEGATIVE_INFINITY;
    if (expected.some((box) => shareIn(box, cells, background) >= EXPECTED_SHARE_MIN)) {
      return { why: "expected", due_ms: looked_at_ms + this.#settings.expected_max_ms } as const;
    }
    const swaying = this.#isNew(at_ms) ? findSway(this.#barren, here) : undefined;
    if (swaying) {
      // Somebody looked a moment ago, and the answer holds for this, too.
      background.getUsedTo(cells);
      return { why: "barren", due_ms: swaying.looked_at_ms + wait_ms(swaying, true) } as const;
    }
    const barren = findBarren(this.#barren, here);
    if (barren) return { why: "barren", due_ms: barren.looked_at_ms + wait_ms(barren) } as const;
    return { why: "new", due_ms: Number.NEGATIVE_INFINITY } as const;
  }

  /** Whether nobody can know yet how this scene is wont to move. */
  #isNew(at_ms: EpochMs): boolean {
    return at_ms < this.#known_from_ms;
  }

  /** Who has stood still for a minute will not be gone without anything moving. */
  #sureWait_ms(following: Following, at_ms: EpochMs): number {
    const { [following]: least_ms, nobody: most_ms } = this.#settings.wait_max_ms;
    if (following !== "somebody") return least_ms;
    return Math.max(least_ms, Math.min(most_ms, CALM_SHARE * (at_ms - this.#moved_at_ms)));
  }

  /** What stood out in the picture last judged: for who wants to see why. */
  get standing(): StandingOut {
    const now = this.#now;
    return { columns: now?.luma.columns ?? 1, rows: now?.luma.rows ?? 1, cells: now?.standing ?? [] };
  }

  /**
   * The picture last judged was looked at, wherever it moved; outside of `looked` nobody looked, and nothing is learnt.
   * @param seen all that the detector saw in it, however faintly.
   */
  learn(seen: readonly Box[], looked: Box = WHOLE): void {
    const [background, now] = [this.#background, this.#now];
    if (!background || !now) return;
    this.#looked = looked === WHOLE ? now : patched(this.#looked, now, looked, background);
    if (seen.length > 0) this.#known_from_ms = now.at_ms;
    const isSeen = (cell: number) => seen.some((box) => covers(box, cell, background, MARGIN));
    const regions = now.regions.filter((cells) => holds(looked, boxOf(cells, background)));
    background.getUsedTo(regions.flat().filter((cell) => !isSeen(cell)));
    const found = regions.filter((cells) => cells.some(isSeen));
    const empty = regions.filter((cells) => !cells.some(isSeen));
    // Beside somebody who was seen it may be their shadow, or the place that they left.
    if (seen.length === 0) for (const cells of empty) background.expectSway(cells);
    const boxesOf = (groups: Seen["regions"]) => groups.map((cells) => boxOf(cells, background));
    const look = { found: boxesOf(found), empty: boxesOf(empty), at_ms: now.at_ms };
    this.#barren = afterLook(this.#barren, look, this.#isNew(now.at_ms));
  }
}

/** The picture as it was looked at last: in a part of it now, elsewhere before. */
function patched(before: Seen | undefined, now: Seen, looked: Box, background: Background): Seen {
  if (!before) return now;
  const isLooked = (cell: number) => covers(looked, cell, background, 0);
  const cells = before.luma.cells.slice();
  for (let cell = 0; cell < cells.length; cell++) {
    if (isLooked(cell)) cells[cell] = now.luma.cells[cell] ?? 0;
  }
  const standing = [
    ...before.standing.filter((cell) => !isLooked(cell)),
    ...now.standing.filter((cell) => isLooked(cell)),
  ];
  return { ...now, luma: { ...now.luma, cells }, standing };
}

/** The cells that stand out now, or did at the last look, and have changed since: what neither came nor went is no news. */
function freshOf(
  standing: readonly number[],
  luma: Luma,
  last: Seen | undefined,
  background: Background,
): readonly number[] {
  if (!last) return standing;
  const either = last.standing.length === 0 ? standing : new Set([...standing, ...last.standing]);
  return [...either].filter((cell) => background.differs(cell, luma, last.luma));
}

function shareIn(box: Box, cells: readonly number[], background: Background): number {
  return cells.filter((cell) => covers(box, cell, background, MARGIN)).length / cells.length;
}
