import { join } from "node:path";
import { openEmbeddedBus } from "@yardline/bus/embedded";
import type { EventBus } from "@yardline/bus/event-bus";
import type { Clock } from "@yardline/domain/time";
import { openEmbeddedIndex } from "@yardline/index/embedded";
import type { EventIndex } from "@yardline/index/event-index";
import { openFileStore } from "@yardline/media/files";
import type { MediaStore } from "@yardline/media/media-store";
import type { Records } from "@yardline/records/records";
import { openSqliteRecords } from "@yardline/records/sqlite";
import { watchBus } from "@yardline/telemetry/bus";
import type { Logger } from "pino";

const DAY_MS = 86_400_000;
/** The bus is transport: what the index has not read within a week it will not read. */
const BUS_KEEP_MS = 7 * DAY_MS;

export type Stores = {
  readonly records: Records;
  readonly bus: EventBus;
  readonly index: EventIndex;
  readonly media: MediaStore;
};

/**
 * Opens everything that the town keeps, below one folder. Closed in the opposite order when `closing` is disposed of.
 * @throws AppError `STORE_IN_USE` when another Yardline has the folder, and what each store throws.
 */
export async function openStores(
  folder: string,
  { clock, log }: { readonly clock: Clock; readonly log: Logger },
  closing: AsyncDisposableStack,
): Promise<Stores> {
  const kept = <Store extends { close(): Promise<void> }>(store: Store): Store =>
    closing.adopt(store, (each) => each.close());
  // First, since one process at a time may have it: the second one stops here, before it touches anything.
  const records = kept(await openSqliteRecords({ path: join(folder, "records.sqlite") }));
  const watch = watchBus(log);
  const bus = kept(
    await openEmbeddedBus({ folder: join(folder, "bus"), clock, keep_ms: BUS_KEEP_MS, watch }),
  );
  const index = kept(await openEmbeddedIndex({ folder: join(folder, "index") }));
  const media = kept(await openFileStore({ folder: join(folder, "media") }));
  return { records, bus, index, media };
}
