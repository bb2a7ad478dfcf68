import { holds } from "./condition.ts";
import { COUNT_MAX, type EventQuery, type Total } from "./event-index.ts";
import { eventOf } from "./kept.ts";
import { splitOf } from "./match.ts";
import type { OpenPeriods, Part } from "./open-periods.ts";
import { ENDLESS, type Patience } from "./patience.ts";
import { spansOf } from "./plan.ts";
import { isDamage } from "./search.ts";

/** Most events that a count asks one by one whether they fit, where their terms do not tell; beyond, it says "at least". */
const LOOKS_MAX = 100_000;

/** After so many of them it is looked whether the time is over. */
const LOOKS_A_GLANCE = 64;

type Counted = { value: number; looks: number; isWhole: boolean; readonly isOver: Patience };

export function countIn(periods: OpenPeriods, query: EventQuery, isOver = ENDLESS): Total {
  const counted: Counted = { value: 0, looks: 0, isWhole: true, isOver };
  for (const span of spansOf(query)) {
    for (const period of periods.listIn(span)) {
      countPeriod(() => periods.partOf(period, span), query, counted);
      if (counted.value >= COUNT_MAX) return { value: COUNT_MAX, exact: false };
      if (counted.looks >= LOOKS_MAX || isOver()) return { value: counted.value, exact: false };
    }
  }
  return { value: counted.value, exact: counted.isWhole };
}

function countPeriod(find: () => Part | undefined, query: EventQuery, counted: Counted): void {
  try {
    const part = find();
    part?.reader.during(() => countPart(part, query, counted));
  } catch (thrown) {
    if (!isDamage(thrown)) throw thrown;
    counted.isWhole = false;
  }
}

function countPart({ reader, keys }: Part, { where }: EventQuery, counted: Counted): void {
  const { sure, unsure } = splitOf(where, reader);
  counted.value += reader.count(sure, keys, COUNT_MAX - counted.value);
  if (!where || counted.value >= COUNT_MAX) return;
  for (const hit of reader.hits(unsure, keys, "ASC")) {
    if (holds(where, eventOf(hit))) counted.value++;
    counted.looks++;
    const isLate = counted.looks % LOOKS_A_GLANCE === 0 && counted.isOver();
    if (counted.value >= COUNT_MAX || counted.looks >= LOOKS_MAX || isLate) return;
  }
}
