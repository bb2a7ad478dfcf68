import type { NewEntry } from "@yardline/audit/entry";
import { type EpochMs, isoOf } from "@yardline/domain/time";
import type { MediaGone } from "@yardline/edge/retention";
import type { FadedWhere } from "@yardline/indexer/fade-personal";

/** A few rules of some hundred cameras; more than that are told together, so that nothing is left out. */
const ROWS_MAX = 1_000;
const OTHERS = "(others)";

/** What went by one rule since it was written down last. */
type Deleted = { readonly key: string; readonly entry: Pick<NewEntry, "object" | "details"> };

type Row = {
  readonly object: NewEntry["object"];
  readonly rule: string;
  things: number;
  before_ms: EpochMs | undefined;
  holds: number;
};

/** What retention dropped, added up by camera and rule until the audit log has it: a proof of deletion that nobody can change later. */
export class Deletions {
  readonly #rows = new Map<string, Row>();

  media({ camera, rule, things, before_ms, holds }: MediaGone): void {
    const row = this.#row({ kind: "camera", id: camera }, rule);
    row.things += things;
    row.before_ms = before_ms === undefined ? row.before_ms : Math.max(before_ms, row.before_ms ?? 0);
    row.holds = holds;
  }

  /** @param periods of the index, by name. */
  events(periods: readonly string[]): void {
    for (const id of periods) this.#row({ kind: "events", id }, "event-time").things += 1;
  }

  /** Events that lost their personal fields and kept the rest. */
  faded(where: FadedWhere, events: number): void {
    this.#row({ kind: "events", id: where }, "personal-time").things += events;
  }

  list(): readonly Deleted[] {
    return [...this.#rows].map(([key, { object, rule, things, before_ms, holds }]) => ({
      key,
      entry: {
        object,
        details: {
          ...{ rule, things },
          ...(before_ms !== undefined && { before: isoOf(before_ms) }),
          ...(holds > 0 && { holds }),
        },
      },
    }));
  }

  /** What was added meanwhile stays for the next time. */
  written({ key, entry }: Deleted): void {
    const row = this.#rows.get(key);
    if (!row) return;
    row.things -= Number(entry.details?.["things"] ?? 0);
    if (row.things <= 0) this.#rows.delete(key);
  }

  #row(object: NewEntry["object"], rule: string): Row {
    const key = `${object.kind} ${object.id} ${rule}`;
    const known = this.#rows.get(key);
    if (known) return known;
    if (this.#rows.size >= ROWS_MAX && object.id !== OTHERS) {
      return this.#row({ kind: object.kind, id: OTHERS }, rule);
    }
    const row: Row = { object, rule, things: 0, before_ms: undefined, holds: 0 };
    this.#rows.set(key, row);
    return row;
  }
}
