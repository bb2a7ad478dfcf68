import type { EpochMs } from "@yardline/domain/time";
import type { Change, Records } from "@yardline/records/records";
import { dateAt, dayAfter, type ServiceDate } from "@yardline/timetable/service-day";
import { Type } from "typebox";
import { Value } from "typebox/value";
import { type Order, RunName } from "./order.ts";

/** One row a cancelled run, long after its order was cleared away: planners look back over months. */
const KIND = "cancelled-run";
/** As long as the history is asked about. */
const KEPT_DAYS = 1_100;

const CancelledRun = Type.Object({ run: RunName, order: Type.String() });

/** What an order changes of the runs that are known as cancelled, to be written together with it. An undo takes back, whenever it comes. */
export function cancellationsOf(order: Order, log: readonly Order[]): readonly Change[] {
  const { what, id } = order;
  if (what.order === "cancel")
    return [{ kind: KIND, id: rowId(what.run), value: { run: what.run, order: id } }];
  if (what.order !== "undo") return [];
  const undone = log.find((each) => each.id === what.of);
  return undone?.what.order === "cancel"
    ? [{ kind: KIND, id: rowId(undone.what.run), value: undefined }]
    : [];
}

/** Tells which runs of service days, both inclusive, were cancelled. @throws AppError of Records. */
export async function readCancelled(
  records: Pick<Records, "list">,
  { from, to }: { readonly from: ServiceDate; readonly to: ServiceDate },
): Promise<(feed: string, run: RunName) => boolean> {
  const runs = (await records.list(KIND))
    .flatMap(({ value }) => (Value.Check(CancelledRun, value) ? [value.run] : []))
    .filter(({ service_date }) => from <= service_date && service_date <= to);
  const known = new Set(runs.map(rowId));
  return (feed, run) => known.has(rowId({ ...run, feed })) || known.has(rowId(withoutFeed(run)));
}

/** Forgets those of days that nobody can ask about any more. @throws AppError of Records. */
export async function forgetCancelled(records: Pick<Records, "dropBefore">, now_ms: EpochMs): Promise<void> {
  await records.dropBefore(KIND, dayAfter(dateAt(now_ms, "UTC"), -KEPT_DAYS));
}

function withoutFeed({ feed: _, ...run }: RunName): RunName {
  return run;
}

/** Begins with the day, so that old ones are dropped together. */
function rowId({ feed, service_date, trip_id, start_time = "" }: RunName): string {
  return `${service_date} ${JSON.stringify([feed ?? "", trip_id, start_time])}`;
}
