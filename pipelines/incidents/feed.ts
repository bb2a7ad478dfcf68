import { AppError } from "@yardline/domain/errors";
import { isoOf } from "@yardline/domain/time";
import type { Change, Records } from "@yardline/records/records";
import { type Static, Type } from "typebox";
import { Value } from "typebox/value";
import type { Hand } from "./change-incident.ts";
import { Login } from "./incident.ts";

/** What changed, one row each, for whoever listens: the newest of all incidents together. */
const FEED = "incident-feed";
/** The row whose revision is the number of the newest. */
const HEADS = "incident-feed-head";
const HEAD = "newest";
const DIGITS = 12;
/** Who comes back after more than so many changes reads everything again. */
export const FEED_MAX = 2_000;
/** How often one that others came before is tried again. */
const TRIES_MAX = 20;
/** Old ones go this many at a time. */
const DROP_EVERY = 100;

const FeedItem = Type.Object({
  number: Type.Integer({ minimum: 1 }),
  incident: Type.String(),
  /** Of the incident after it. */
  revision: Type.Integer(),
  /** What was done, as `note`, `claim`, `lock`. */
  what: Type.String(),
  by: Login,
  at: Type.String(),
});
export type FeedItem = Static<typeof FeedItem>;
type News = Pick<FeedItem, "incident" | "revision" | "what"> & { readonly hand: Hand };

/** The number of the newest change; 0 before there was one. */
export async function feedEnd(records: Pick<Records, "find">): Promise<number> {
  return (await records.find(HEADS, HEAD))?.revision ?? 0;
}

/**
 * Writes a change together with its telling. All share one feed: of two at once one is refused, and decided anew.
 * @throws what `decide` throws; as `Records.write`.
 */
export async function writeAndTell<Result>(
  records: Pick<Records, "find" | "dropBefore" | "write">,
  decide: () => Promise<{ readonly rows: readonly Change[]; readonly news: News; readonly result: Result }>,
): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    const { rows, news, result } = await decide();
    const told = await feedRows(records, news);
    try {
      await records.write([...rows, ...told]);
      return result;
    } catch (thrown) {
      const isConflict = thrown instanceof AppError && thrown.code === "RECORDS_CONFLICT";
      if (!isConflict || tries >= TRIES_MAX) throw thrown;
    }
  }
}

async function feedRows(
  records: Pick<Records, "find" | "dropBefore">,
  { hand: { by, at_ms }, ...news }: News,
): Promise<readonly Change[]> {
  const end = await feedEnd(records);
  const item: FeedItem = { ...news, number: end + 1, by, at: isoOf(at_ms) };
  if (item.number % DROP_EVERY === 0) await records.dropBefore(FEED, idOf(item.number - FEED_MAX));
  return [
    { kind: HEADS, id: HEAD, expected: end, value: {} },
    { kind: FEED, id: idOf(item.number), expected: 0, value: item },
  ];
}

/**
 * The changes after a number up to another, oldest first.
 * @returns undefined when some of them are gone.
 */
export async function readFeed(
  records: Pick<Records, "findAll">,
  after: number,
  end: number,
): Promise<readonly FeedItem[] | undefined> {
  if (end - after > FEED_MAX) return undefined;
  const numbers = Array.from({ length: Math.max(0, end - after) }, (_, at) => after + 1 + at);
  const rows = await records.findAll(FEED, numbers.map(idOf));
  const items = rows.flatMap(({ value }) => (Value.Check(FeedItem, value) ? [value] : []));
  return items.length === numbers.length ? items : undefined;
}

function idOf(number: number): string {
  return String(Math.max(0, number)).padStart(DIGITS, "0");
}
