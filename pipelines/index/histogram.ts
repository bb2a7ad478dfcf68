import { anchorOf } from "@yardline/events/identity";
import { type Condition, type Field, holds, valuesOf } from "./condition.ts";
import type { Bucket, Cut, EventQuery } from "./event-index.ts";
import type { Expression } from "./expression.ts";
import { unpackIds } from "./hour-counts.ts";
import { eventOf } from "./kept.ts";
import { splitOf } from "./match.ts";
import type { OpenPeriods } from "./open-periods.ts";
import { ENDLESS } from "./patience.ts";
import { HOUR_MS, keysWithin } from "./period-file.ts";
import type { PeriodReader } from "./period-reader.ts";
import { beginsOf, type Span, spansOf } from "./plan.ts";
import { Tally } from "./tally.ts";
import { valueOfTag } from "./terms.ts";

/**
 * Buckets of events. Where the question is one tag, or nothing, whole hours come from the counts that are kept; parts of hours, and
 * other questions, from going through the lists of terms; only what these cannot tell is asked event by event.
 * @throws AppError `INDEX_QUERY`; and of a file that cannot be read, because numbers that are too low would be wrong ones.
 */
export function histogramIn(
  periods: OpenPeriods,
  query: EventQuery,
  cut: Cut,
  isOver = ENDLESS,
): readonly Bucket[] {
  const tally = new Tally(beginsOf(query, cut), isOver);
  for (const span of spansOf(query)) {
    for (const period of periods.listIn(span)) {
      tally.glance();
      const reader = periods.readerOf(period);
      const within = {
        from_ms: Math.max(span.from_ms, period.from_ms),
        to_ms: Math.min(span.to_ms, period.to_ms),
      };
      reader?.during(() => new PeriodCut(reader, tally, cut.by).cut(within, query.where));
    }
  }
  return tally.buckets();
}

/** One file on its way into buckets. */
class PeriodCut {
  readonly #reader: PeriodReader;
  readonly #tally: Tally;
  readonly #by: Field | undefined;
  /** Of the field that it is cut by: values by the ids of their tags. */
  readonly #values = new Map<number, string>();

  constructor(reader: PeriodReader, tally: Tally, by: Field | undefined) {
    this.#reader = reader;
    this.#tally = tally;
    this.#by = by;
    if (by) for (const [id, tag] of reader.listTags(by)) this.#values.set(id, valueOfTag(by, tag));
  }

  cut(within: Span, where: Condition | undefined): void {
    const { sure, unsure } = splitOf(where, this.#reader);
    for (const part of this.#cutHours(within, sure)) this.#cutTerms(part, sure);
    if (where) this.#cutEvents(within, unsure, where);
  }

  /** Takes what the kept counts tell. @returns the parts of the time that they do not. */
  #cutHours(within: Span, sure: Expression): readonly Span[] {
    const tag = typeof sure === "object" ? sure.tag : undefined;
    const isCounted = sure === "all" || (tag !== undefined && !this.#by);
    if (!isCounted) return [within];
    const { hours, parts } = this.#tally.wholeHours(within);
    if (this.#by) this.#cutHoursBy(this.#by, hours);
    else {
      const count = this.#reader.hourCounter(tag);
      for (const hour of hours) this.#tally.add(hour * HOUR_MS, count(hour));
    }
    return parts;
  }

  #cutHoursBy(by: Field, hours: readonly number[]): void {
    for (const hour of hours) {
      for (const [id, events] of this.#reader.countHourBy(hour, by)) this.#add(hour * HOUR_MS, id, events);
    }
  }

  #cutTerms(part: Span, sure: Expression): void {
    const keys = keysWithin(part, this.#reader.period);
    if (!keys) return;
    if (!this.#by) {
      for (const at_ms of this.#reader.instants(sure, keys)) this.#tally.add(at_ms, 1);
      return;
    }
    for (const { at_ms, tags } of this.#reader.tagged(sure, keys)) {
      for (const id of unpackIds(tags)) this.#add(at_ms, id, 1);
    }
  }

  #cutEvents(within: Span, unsure: Expression, where: Condition): void {
    const keys = keysWithin(within, this.#reader.period);
    if (!keys) return;
    for (const hit of this.#reader.hits(unsure, keys, "ASC")) {
      this.#tally.look();
      const event = eventOf(hit);
      if (!holds(where, event)) continue;
      const values = this.#by ? new Set(valuesOf(event, this.#by)) : [undefined];
      for (const value of values) this.#tally.add(anchorOf(event.occurrence), 1, value);
    }
  }

  /** Tags of other fields are not counted. */
  #add(at_ms: number, tag: number, events: number): void {
    const value = this.#values.get(tag);
    if (value !== undefined) this.#tally.add(at_ms, events, value);
  }
}
