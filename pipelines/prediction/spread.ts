/** By how much the real arrival is later than the expected one, in seconds: the quantiles that make the interval and its middle. */
export type Quantiles = { readonly low_s: number; readonly middle_s: number; readonly high_s: number };

/** The quantiles of one kind of vehicle, one of each for each of `LEADS_S`. */
type Table = { readonly [which in keyof Quantiles]: Float64Array };

/** What is kept of a spread: for each kind, quantile and lead a number of seconds. */
export type KeptSpread = {
  readonly [kind in Kind]: { readonly [which in keyof Quantiles]: readonly number[] };
};

/** Vehicles under way, and those that have not left their first stop: drivers leave late, seldom early. */
type Kind = "driving" | "waiting";

/** Leads, in seconds, at which the quantiles are kept; between them they run straight. */
export const LEADS_S = [0, 60, 150, 270, 480, 750, 1050, 1500, 2400] as const;
const LEAD_MAX_S = 2400;

/** What is believed before any arrival was seen: about what one city's buses showed; what arrives corrects it within the hour. */
const FIRST: KeptSpread = {
  driving: {
    low_s: [-3, -22, -45, -66, -88, -106, -120, -132, -142],
    middle_s: [0, 1, 2, 4, 8, 13, 18, 25, 30],
    high_s: [45, 55, 82, 110, 148, 190, 230, 268, 350],
  },
  waiting: {
    low_s: [-3, -20, -35, -50, -70, -85, -95, -105, -115],
    middle_s: [25, 25, 28, 28, 30, 30, 30, 32, 35],
    high_s: [240, 240, 245, 250, 260, 270, 280, 300, 360],
  },
};

const WHICH = ["low_s", "middle_s", "high_s"] as const;

/** One arrival moves a quantile by so much of the width first believed, at most: some hundred move it to where it belongs. */
const STEP = 0.0015;
/** No quantile goes farther from zero: beyond lie breakdowns and wrong trips. */
const FARTHEST_S = 1_800;
/** Of the real arrivals so many lie below the low end, and above the high one. */
const TAIL = 0.1;
/** Far ahead a little more: a vehicle that breaks its run off never tells how late it would have been. */
const TAIL_FAR = 0.11;
/**
 * Of the real arrivals so many lie before what is said: a little fewer than half, since who is told too late has missed the bus; and
 * fewer near than far, since a bus that is nearly there is early more often than the spread of all that were expected by then tells.
 */
const MIDDLE_NEAR = 0.43;
const MIDDLE_FAR = 0.48;
const MIDDLE_FAR_S = 480;

/**
 * The error of expectations as it really is, by lead: quantiles that follow what arrives, by stochastic gradient on the pinball
 * loss: q moves by step · (1[late > q] − (1 − target)). Whatever the days are like, in the long run the targeted share lies on each
 * side, without any assumption about the errors: adaptive conformal inference (Gibbs and Candès 2021) in the form of quantile tracking
 * (Angelopoulos, Candès and Tibshirani, "Conformal PID control for time series prediction", 2023).
 */
export class Spread {
  readonly #tables: Readonly<Record<Kind, Table>>;

  /** @param kept what `keep` gave: each list as long as `LEADS_S`. */
  constructor(kept: KeptSpread = FIRST) {
    this.#tables = { driving: tableOf(kept.driving), waiting: tableOf(kept.waiting) };
  }

  /**
   * @param ahead_s how long after the vehicle's fix it is expected.
   * @param waits whether it had not left its first stop then.
   */
  at(ahead_s: number, waits: boolean): Quantiles {
    const table = this.#tables[waits ? "waiting" : "driving"];
    const { row, share } = rowAt(ahead_s);
    const read = (values: Float64Array) => {
      const [a = 0, b = 0] = [values[row], values[row + 1]];
      return a + share * (b - a);
    };
    const middle_s = read(table.middle_s);
    return {
      low_s: Math.min(middle_s, read(table.low_s)),
      middle_s,
      high_s: Math.max(middle_s, read(table.high_s)),
    };
  }

  /** A vehicle expected `ahead_s` after its fix came so much later than that, or earlier when negative. */
  learn(ahead_s: number, waits: boolean, late_s: number): void {
    const kind = waits ? "waiting" : "driving";
    const lead_s = Math.min(LEAD_MAX_S, Math.max(0, ahead_s));
    const { row, share } = rowAt(lead_s);
    const now = this.at(lead_s, waits);
    for (const which of WHICH) {
      const wrong = (late_s > now[which] ? 1 : 0) - (1 - targetOf(which, lead_s));
      this.#move(kind, which, row, (1 - share) * wrong);
      this.#move(kind, which, row + 1, share * wrong);
    }
  }

  keep(): KeptSpread {
    return { driving: keptOf(this.#tables.driving), waiting: keptOf(this.#tables.waiting) };
  }

  #move(kind: Kind, which: keyof Quantiles, row: number, by: number): void {
    const width_s = (FIRST[kind].high_s[row] ?? 0) - (FIRST[kind].low_s[row] ?? 0);
    const values = this.#tables[kind][which];
    const moved_s = (values[row] ?? 0) + STEP * width_s * by;
    values[row] = Math.min(FARTHEST_S, Math.max(-FARTHEST_S, moved_s));
  }
}

function targetOf(which: keyof Quantiles, lead_s: number): number {
  if (which === "middle_s") {
    return MIDDLE_NEAR + (MIDDLE_FAR - MIDDLE_NEAR) * Math.min(1, lead_s / MIDDLE_FAR_S);
  }
  const tail = TAIL + (TAIL_FAR - TAIL) * Math.min(1, lead_s / LEAD_MAX_S);
  return which === "low_s" ? tail : 1 - tail;
}

/** Between which leads one lies; beyond the last one the last slope goes on. */
function rowAt(ahead_s: number): { readonly row: number; readonly share: number } {
  let to = 1;
  while (to < LEADS_S.length - 1 && (LEADS_S[to] ?? 0) < ahead_s) to += 1;
  const [a = 0, b = 1] = [LEADS_S[to - 1], LEADS_S[to]];
  return { row: to - 1, share: Math.max(0, (ahead_s - a) / (b - a)) };
}

function tableOf(kept: KeptSpread[Kind]): Table {
  const of = (values: readonly number[]) => Float64Array.from(values);
  return { low_s: of(kept.low_s), middle_s: of(kept.middle_s), high_s: of(kept.high_s) };
}

function keptOf(table: Table): KeptSpread[Kind] {
  const of = (values: Float64Array) => [...values].map((value) => Number(value.toFixed(3)));
  return { low_s: of(table.low_s), middle_s: of(table.middle_s), high_s: of(table.high_s) };
}
