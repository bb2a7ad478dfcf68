import { randomUUID } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { startThread, type Thread } from "@yardline/bus/thread";
import { AppError } from "@yardline/domain/errors";
import { type Clock, type EpochMs, systemClock } from "@yardline/domain/time";
import { openDrafts } from "./drafts.ts";
import { isAbsent, readIfThere, unavailable, writeDurably } from "./durable-file.ts";
import { type Digest, digestNow } from "./files-digests.ts";
import { findStrays } from "./files-strays.ts";
import type { FilesOperations, Item } from "./files-thread.ts";
import type { DerivedStore, Kept, MediaKeeper, MediaStore, Period } from "./media-store.ts";
import { touchesAny } from "./removal.ts";

/** Camera ids become names of folders, so they may hold nothing that means something to a file system. */
const CAMERA = /^[a-z0-9](?:[a-z0-9-]{0,62})$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;
const EXTENSION = { segment: "mp4", snapshot: "jpg", derived: "made" } as const;

/**
 * Keeps media as files, a folder a camera and day, and the list of them in SQLite. A file is whole on disk before the list
 * names it, so whatever is listed can be read; one that a crash left unlisted goes at the next start.
 * @throws AppError `MEDIA_UNAVAILABLE` (retryable), `STORE_IN_USE` when another process has it, `STORE_DAMAGED`.
 */
export async function openFileStore({
  folder,
  clock = systemClock,
}: {
  readonly folder: string;
  readonly clock?: Pick<Clock, "now_ms">;
}): Promise<MediaStore & MediaKeeper & DerivedStore> {
  const top = resolve(folder);
  const list = startThread<FilesOperations>(new URL("./files-thread.ts", import.meta.url), {
    path: join(top, "list.sqlite"),
  });
  await list.call("open").catch(async (thrown: unknown) => {
    await list.close();
    throw thrown;
  });
  const { drafts, pathOf, put, drop, keepLeftOvers } = fileItems(top, list, clock);
  const tidy = async () => {
    await keepLeftOvers();
    for (const path of await findStrays(top, (...asked) => list.call("ids", ...asked))) await remove(path);
  };
  await tidy().catch(async (thrown: unknown) => {
    await list.close();
    throw thrown;
  });

  return {
    async putSegment({ camera, connection, from_ms, to_ms }, data) {
      const digest = await digestNow(data, clock.now_ms());
      const { id, bytes } = await put({ kind: "segment", camera, connection, from_ms, to_ms }, data, digest);
      return { id, camera, connection, from_ms, to_ms, bytes, ...digest };
    },
    async listSegments(camera, from_ms, to_ms) {
      const items = await list.call("segments", camera, from_ms, to_ms);
      return items.map(({ kind: _, ...segment }) => segment);
    },
    async putSnapshot(camera, at_ms, jpeg) {
      const named = { kind: "snapshot", camera, connection: "", from_ms: at_ms, to_ms: at_ms } as const;
      return (await put(named, jpeg)).id;
    },
    async read(id) {
      const item = await list.call("find", id);
      return item && readIfThere(pathOf(item));
    },
    async expire(camera, before_ms, spare = []) {
      const spared = spare.filter((period) => period.camera === camera);
      let gone = 0;
      for (let skip = 0; ; ) {
        const items = await list.call("expired", camera, before_ms, skip);
        if (items.length === 0) break;
        const going = items.filter((item) => !touchesAny(item, spared));
        await drop(going);
        gone += going.length;
        skip += items.length - going.length;
      }
      await removeDays(join(top, folderOf(camera)), before_ms, spared);
      await list.call("forget", camera, before_ms);
      return gone;
    },
    grow: (segment, pieces) => drafts.grow(segment, pieces),
    protect: (occurrence, period, weight, until_ms) =>
      list.call("protect", occurrence, period, weight, until_ms),
    listOutlived: (camera, now_ms, limit, skip) => list.call("outlived", camera, now_ms, limit, skip),
    listLeastWanted: (limit, skip) => list.call("least", limit, skip),
    listPlain: (camera, before_ms, limit, skip) => list.call("plain", camera, before_ms, limit, skip),
    async remove(things) {
      const found = await Promise.all(things.map(({ id }: Kept) => list.call("find", id)));
      await drop(found.filter((item) => item !== undefined));
    },
    async findDerived({ camera, from_ms, to_ms, what }) {
      const item = await list.call("findDerived", camera, from_ms, to_ms, what);
      return item && readIfThere(pathOf(item));
    },
    async keepDerived({ camera, from_ms, to_ms, what }, data) {
      const before = await list.call("findDerived", camera, from_ms, to_ms, what);
      if (before) await drop([before]);
      await put({ kind: "derived", camera, connection: what, from_ms, to_ms }, data);
    },
    noteGap: (camera, gap) => list.call("noteGap", camera, gap),
    listGaps: (camera, from_ms, to_ms) => list.call("gaps", camera, from_ms, to_ms),
    listCameras: () => list.call("cameras"),
    usedBytes: () => list.call("used_bytes"),
    async close() {
      await drafts.close();
      await list.close();
    },
  };
}

/** The files behind the items of the list. */
function fileItems(top: string, list: Thread<FilesOperations>, clock: Pick<Clock, "now_ms">) {
  // The id is made here or found in the list: a path never holds anything from outside.
  const pathOf = ({ camera, id, from_ms, kind }: Item) =>
    join(top, folderOf(camera), dayOf(from_ms), `${id}.${EXTENSION[kind]}`);

  const drafts = openDrafts(top);

  async function put(named: Omit<Item, "id" | "bytes">, data: Uint8Array, digest?: Digest): Promise<Item> {
    const item = { ...named, id: randomUUID(), bytes: data.length };
    const path = pathOf(item);
    const drafted = named.kind === "segment" && (await drafts.complete(named, data, path));
    if (!drafted) await writeDurably(path, data);
    try {
      await list.call("add", item, digest);
    } catch (thrown) {
      await rm(path, { force: true }).catch(() => undefined);
      throw thrown;
    }
    return item;
  }

  /** With everything that was made of it. */
  async function drop(items: readonly Item[]): Promise<void> {
    const ids = items.map(({ id }) => id);
    const all = [...items, ...(await list.call("derivedFrom", ids))];
    for (const item of all) await remove(pathOf(item));
    await list.call(
      "remove",
      all.map(({ id }) => id),
    );
  }

  /**
   * Segments under way when the process before this one was killed. A full disk must not keep the store closed: what cannot be kept
   * then is tried at the next start, or goes with its day.
   */
  async function keepLeftOvers(): Promise<void> {
    for await (const { moveTo, sha256, ...left } of drafts.leftOvers()) {
      const item = { ...left, id: randomUUID(), kind: "segment" } as const;
      try {
        await moveTo(pathOf(item));
        await list.call("add", item, { sha256, hashed_at_ms: clock.now_ms() });
      } catch (thrown) {
        if (!(thrown instanceof Error && "code" in thrown)) throw thrown;
      }
    }
  }

  return { drafts, pathOf, put, drop, keepLeftOvers };
}

/** Folders of days of which nothing can be left, with whatever a crash left in them. */
async function removeDays(folder: string, before_ms: EpochMs, spared: readonly Period[]): Promise<void> {
  const days = await readdir(folder).catch((cause: unknown) => {
    if (isAbsent(cause)) return [];
    throw unavailable(cause);
  });
  // A day more than it seems, since a segment that began at its end may reach into the next one.
  const ended = days.filter((day) => {
    const [from_ms, to_ms] = [Date.parse(day), Date.parse(day) + 2 * DAY_MS];
    return DAY.test(day) && to_ms <= before_ms && !touchesAny({ from_ms, to_ms }, spared);
  });
  for (const day of ended) await remove(join(folder, day));
}

async function remove(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch((cause: unknown) => {
    throw unavailable(cause);
  });
}

function folderOf(camera: string): string {
  if (CAMERA.test(camera)) return camera;
  throw new AppError(
    "MEDIA_CAMERA",
    `"${camera}" cannot name a camera; use small letters, digits and hyphens, at most 63.`,
  );
}

function dayOf(at_ms: EpochMs): string {
  return new Date(at_ms).toISOString().slice(0, 10);
}
