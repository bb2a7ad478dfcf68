import { existsSync } from "node:fs";
import { glob } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { SqliteSnapshot } from "@yardline/bus/sqlite-snapshot";
import { AppError } from "@yardline/domain/errors";

/** How often a moment is looked for in which nobody writes to the bus; it need be no longer than a millisecond. */
const ATTEMPTS_MAX = 1_000;
const BETWEEN_MS = 5;

/** What the SQLite stores of a folder held at one moment, as far as they lean on each other. Holds nobody up. */
export type Cut = Disposable & {
  readonly stores: readonly { readonly path: string; readonly snapshot: SqliteSnapshot }[];
  /** Stores that cannot be read. */
  readonly damaged: readonly AppError[];
};

/**
 * Fixes a view of every SQLite file below a folder while a town perhaps writes to them.
 *
 * What leans on another store is fixed before it: how far the readers of the bus got, then index and history, then the bus. So
 * what the offsets call handled is in the index, and what the index holds is on the bus. Bus and records lean on each other (a
 * producer writes down, publishes, then shortens what it wrote down), so they are fixed at one moment, as a kill would leave
 * them. Media come last: events name them.
 * @param wanted leaves out paths for which it is false; bus and records are always wanted.
 * @throws AppError `CUT_BUSY` (retryable), `STORE_UNAVAILABLE` (retryable).
 */
export async function openCut(folder: string, wanted: (path: string) => boolean): Promise<Cut> {
  using opening = new DisposableStack();
  const view = opening.use(new View(folder));
  view.open(["bus/offsets.sqlite"]).fix();
  const stores = (await listStores(folder, "**")).filter(wanted);
  view.open(stores.filter((path) => !/^(?:bus|media)\/|^records\.sqlite$/.test(path))).fix();
  view.take(await fixTogether(folder));
  view.open(["media/list.sqlite"].filter(wanted)).fix();
  opening.move();
  return view;
}

/** Bus and records at one moment: looked at until no commit came to the bus between the first look and the last. */
async function fixTogether(folder: string): Promise<View> {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
    using trying = new DisposableStack();
    const topics = await listStores(folder, "bus/*");
    const view = trying.use(new View(folder)).open(topics);
    const before = view.versions();
    view.open(["records.sqlite"]).fix();
    const after = view.versions();
    // A day that began meanwhile would be missing whole.
    const same = topics.join() === (await listStores(folder, "bus/*")).join();
    if (same && before.every((version, at) => version === after[at])) {
      trying.move();
      return view;
    }
    await delay(BETWEEN_MS);
  }
  const busy = `${folder} is being written to without any pause; try again when there is less to do.`;
  throw new AppError("CUT_BUSY", busy, { retryable: true });
}

class View implements Cut {
  readonly stores: { path: string; snapshot: SqliteSnapshot }[] = [];
  readonly damaged: AppError[] = [];
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  open(paths: readonly string[]): this {
    for (const path of paths) {
      // It may have reached its age and gone since it was listed.
      if (!existsSync(join(this.#folder, path))) continue;
      this.#orNoted(() => {
        this.stores.push({ path, snapshot: new SqliteSnapshot(join(this.#folder, path)) });
      });
    }
    return this;
  }

  /** From here on each store is seen as it is now. */
  fix(): void {
    for (const store of this.stores.filter(({ snapshot }) => !snapshot.isFixed)) {
      if (this.#orNoted(() => store.snapshot.fix())) continue;
      store.snapshot[Symbol.dispose]();
      this.stores.splice(this.stores.indexOf(store), 1);
    }
  }

  versions(): readonly number[] {
    return this.stores.map(({ snapshot }) => snapshot.version());
  }

  take({ stores, damaged }: View): void {
    this.stores.push(...stores);
    this.damaged.push(...damaged);
  }

  [Symbol.dispose](): void {
    for (const { snapshot } of this.stores) snapshot[Symbol.dispose]();
  }

  /** @returns whether it could be done; a store that cannot be read keeps no other one out of the cut. */
  #orNoted(work: () => void): boolean {
    try {
      work();
      return true;
    } catch (thrown) {
      if (!(thrown instanceof AppError) || thrown.retryable) throw thrown;
      this.damaged.push(thrown);
      return false;
    }
  }
}

/** Paths of SQLite files in folders that fit a pattern, sorted. Recordings, the most by far, are not looked through. */
async function listStores(folder: string, pattern: string): Promise<readonly string[]> {
  const found: string[] = [];
  const exclude = (path: string): boolean => /^media\/[^/.]+$/.test(path);
  for await (const path of glob(`${pattern}/*.sqlite`, { cwd: folder, exclude })) found.push(path);
  return found.toSorted();
}
