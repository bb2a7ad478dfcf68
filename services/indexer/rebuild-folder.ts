import { existsSync } from "node:fs";
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { openEmbeddedBus } from "@yardline/bus/embedded";
import { findReached } from "@yardline/bus/embedded-reached";
import { lockFor } from "@yardline/bus/sqlite-file";
import { TOPICS } from "@yardline/bus/topics";
import { AppError } from "@yardline/domain/errors";
import type { Clock } from "@yardline/domain/time";
import { openEmbeddedIndex } from "@yardline/index/embedded";
import { openEmbeddedScan } from "@yardline/index/embedded-scan";
import type { EventIndex } from "@yardline/index/event-index";
import { openSqliteRecords } from "@yardline/records/sqlite";
import { lockFolder } from "@yardline/upkeep/data-folder";
import { writeWhole } from "@yardline/upkeep/durable";
import { ERASURE } from "@yardline/upkeep/erasures";
import { findHeld } from "./fade-personal.ts";
import { GROUP } from "./indexer.ts";
import { carryEvents, type Rebuilt, rebuildIndex } from "./rebuild.ts";
import { NEXT, STATE, settleIndex, switchIndex } from "./switch-index.ts";

/** What was noted longer ago than this is too old to go on from: the bus may forget what came since. */
const NOTED_MS_MAX = TOPICS.events.keep_ms / 2;

/**
 * Takes personal fields out of an index that a rebuild left half made beside the town's: nobody may come back to it for weeks. One that is
 * being made now is left to whoever makes it.
 * @returns how many of its events changed. @throws AppError of the index.
 */
export async function fadeNext(folder: string, ...asked: Parameters<EventIndex["fade"]>): Promise<number> {
  if (!existsSync(join(folder, NEXT))) return 0;
  const lock = findLock(folder);
  if (!lock) return 0;
  using _once = lock;
  await using closing = new AsyncDisposableStack();
  const next = closing.adopt(await openEmbeddedIndex({ folder: join(folder, NEXT) }), (each) => each.close());
  return await next.fade(...asked);
}

function findLock(folder: string): Disposable | undefined {
  try {
    return lockNext(folder);
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === "STORE_IN_USE") return undefined;
    throw thrown;
  }
}

/** @throws AppError `STORE_IN_USE` while somebody else rebuilds. */
function lockNext(folder: string): Disposable {
  return lockFor(join(folder, NEXT), { what: "rebuild", unavailable: "INDEX_UNAVAILABLE" });
}

type State = {
  /** Everything on the bus up to here is in the old index. */
  readonly after: string;
  readonly noted_ms: number;
  /** Whether the old index has been read to its end. */
  readonly carried: boolean;
};

export type FolderOptions = {
  readonly folder: string;
  readonly clock: Clock;
  readonly report: (line: string) => void;
  readonly signal: AbortSignal;
};

/**
 * Rebuilds the index of a data folder in a folder beside it and puts it in the place of the old one. A town may run meanwhile: it
 * serves from the old index, which is only read. For the last step, which takes as long as reading what came on the bus since,
 * the town must be stopped. Whenever it is interrupted, running it again goes on.
 * @returns what was done, or `ready` where the town must be stopped first and the rebuild run again.
 */
export async function rebuildFolder(options: FolderOptions): Promise<Rebuilt | "ready"> {
  const { folder } = options;
  using _once = lockNext(folder);
  await settleIndex(folder);
  if (!existsSync(join(folder, "index"))) {
    throw new AppError("INDEX_MISSING", `There is no index in ${folder}; give --data the folder of a town.`);
  }
  const { after } = await carryBeside(options);
  try {
    using _alone = lockFolder(folder);
    const rebuilt = await finish(options, after);
    await switchIndex(folder);
    return rebuilt;
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === "STORE_IN_USE") return "ready";
    throw thrown;
  }
}

/** The long part: everything that the old index keeps. */
async function carryBeside(options: FolderOptions): Promise<State> {
  const { folder, clock } = options;
  const next = join(folder, NEXT);
  const begun = await findState(next);
  const isFresh = begun && clock.now_ms() - begun.noted_ms < NOTED_MS_MAX;
  if (isFresh && begun.carried) return begun;
  const state = isFresh ? begun : await begin(options);
  await using closing = new AsyncDisposableStack();
  const from = closing.adopt(openEmbeddedScan({ folder: join(folder, "index") }), (each) => each.close());
  const to = closing.adopt(await openEmbeddedIndex({ folder: next }), (each) => each.close());
  await carryEvents({ ...options, from, to });
  const carried = { ...state, carried: true };
  await writeState(next, carried);
  return carried;
}

async function begin({ folder, clock }: FolderOptions): Promise<State> {
  const next = join(folder, NEXT);
  await rm(next, { recursive: true, force: true });
  await mkdir(next, { recursive: true });
  // Before the first event is read: whatever the indexer handles from now on is read from the bus again.
  const after = findReached(join(folder, "bus"), "events", GROUP);
  const state = { after, noted_ms: clock.now_ms(), carried: false };
  await writeState(next, state);
  return state;
}

/** The short part, with the folder to ourselves. */
async function finish(options: FolderOptions, after: string): Promise<Rebuilt> {
  const { folder, clock } = options;
  await using closing = new AsyncDisposableStack();
  const opened = async <Store extends { close(): Promise<void> }>(opening: Promise<Store>): Promise<Store> =>
    closing.adopt(await opening, (each) => each.close());
  const bus = await opened(openEmbeddedBus({ folder: join(folder, "bus"), clock }));
  const from = await opened(openEmbeddedIndex({ folder: join(folder, "index") }));
  const to = await opened(openEmbeddedIndex({ folder: join(folder, NEXT) }));
  const records = await opened(openSqliteRecords({ path: join(folder, "records.sqlite") }));
  const erasures = async () => (await records.list(ERASURE)).map(({ id }) => id);
  const held = await findHeld(records, options.clock.now_ms());
  return await rebuildIndex({ ...options, from, to, bus, after, carried: true, erasures, held });
}

async function findState(next: string): Promise<State | undefined> {
  try {
    const { after, noted_ms, carried }: Record<keyof State, unknown> = JSON.parse(
      await readFile(join(next, STATE), "utf8"),
    );
    return { after: String(after), noted_ms: Number(noted_ms), carried: carried === true };
  } catch {
    // None, or half of one: the rebuild begins anew.
    return undefined;
  }
}

async function writeState(next: string, state: State): Promise<void> {
  await writeWhole(join(next, STATE), `${JSON.stringify(state)}\n`);
}
