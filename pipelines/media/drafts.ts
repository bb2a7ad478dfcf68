import { hash } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, truncate } from "node:fs/promises";
import { dirname, join } from "node:path";
import { AppError } from "@yardline/domain/errors";
import { boxesIn } from "@yardline/sources/video/boxes";
import { createFragmentReader, isInit, type Packet } from "@yardline/sources/video/fragments";
import { isAbsent, syncFolder, unavailable } from "./durable-file.ts";
import type { Segment } from "./media-store.ts";

/** A segment under way. */
export type DraftOf = Pick<Segment, "camera" | "connection" | "from_ms">;

/** No camera's name begins with a dot. */
const FOLDER = ".under-way";
const NAME = /^([a-z0-9-]{1,63})@(\d{1,15})@([\w%.-]{1,120})\.mp4$/;

type Draft = { readonly path: string; readonly file: FileHandle; bytes: number };

/**
 * Segments under way, a file each, that grow picture by picture: what a process that is killed leaves behind. A draft is always the
 * beginning of its segment. One that cannot be written is given up: the segment is then stored whole at its end, as if there were none.
 */
export function openDrafts(top: string) {
  const folder = join(top, FOLDER);
  /** One a camera: by its name. */
  const drafts = new Map<string, Draft>();
  /** Given up: what comes later must not be added to what there is. */
  const given_up = new Map<string, string>();

  async function begin(camera: string, path: string): Promise<Draft> {
    await drop(camera);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const { O_CREAT, O_WRONLY, O_TRUNC, O_NOFOLLOW } = constants;
    const draft = {
      path,
      file: await open(path, O_CREAT | O_WRONLY | O_TRUNC | O_NOFOLLOW, 0o600),
      bytes: 0,
    };
    drafts.set(camera, draft);
    return draft;
  }

  async function drop(camera: string): Promise<void> {
    const draft = drafts.get(camera);
    drafts.delete(camera);
    await draft?.file.close().catch(() => undefined);
    if (draft) await rm(draft.path, { force: true }).catch(() => undefined);
  }

  return {
    /** Adds to a segment what follows on what was added before. Never rejects. */
    async grow(of: DraftOf, pieces: readonly Uint8Array[]): Promise<void> {
      const path = join(folder, nameOf(of));
      if (!NAME.test(nameOf(of)) || given_up.get(of.camera) === path) return;
      try {
        const known = drafts.get(of.camera);
        const draft = known?.path === path ? known : await begin(of.camera, path);
        const { bytesWritten } = await draft.file.writev([...pieces]);
        draft.bytes += bytesWritten;
        if (bytesWritten < pieces.reduce((sum, { length }) => sum + length, 0)) throw new Error("ENOSPC");
      } catch {
        given_up.set(of.camera, path);
        await drop(of.camera);
      }
    },
    /**
     * Makes the draft of a segment, and what of `data` it does not have yet, the file `path`, durable on resolve.
     * @returns false where there is no such draft; nothing of it is left then.
     */
    async complete(of: DraftOf, data: Uint8Array, path: string): Promise<boolean> {
      const draft = drafts.get(of.camera);
      if (draft?.path !== join(folder, nameOf(of)) || draft.bytes > data.length) {
        await drop(of.camera);
        return false;
      }
      try {
        await draft.file.writeFile(data.subarray(draft.bytes));
        await draft.file.datasync();
        await draft.file.close();
        await moveTo(draft.path, path);
        drafts.delete(of.camera);
        return true;
      } catch (cause) {
        await drop(of.camera);
        throw unavailable(cause);
      }
    },
    /** What a process before this one left behind, each as far as its last whole picture; what has none is removed. */
    async *leftOvers(): AsyncGenerator<LeftOver> {
      const names = await readdir(folder).catch((cause: unknown) => {
        if (isAbsent(cause)) return [];
        throw unavailable(cause);
      });
      for (const name of names) {
        const path = join(folder, name);
        const left = await readLeftOver(path, name);
        if (left) yield left;
        else await rm(path, { force: true, recursive: true });
      }
    },
    async close(): Promise<void> {
      for (const { file } of drafts.values()) await file.close().catch(() => undefined);
    },
  };
}

export type LeftOver = Omit<Segment, "id" | "sha256" | "hashed_at_ms"> & {
  /** Of what is kept of it. */
  readonly sha256: string;
  /** Moves it to its place, cut off after its last whole picture, durable on resolve. */
  moveTo(path: string): Promise<void>;
};

async function readLeftOver(path: string, name: string): Promise<LeftOver | undefined> {
  const [, camera, from, connection] = NAME.exec(name) ?? [];
  if (camera === undefined || connection === undefined) return undefined;
  const data = await readFile(path);
  const whole = wholePart(data);
  if (!whole) return undefined;
  const from_ms = Number(from);
  return {
    ...{ camera, connection: decodeURIComponent(connection), bytes: whole.bytes },
    ...{ from_ms, to_ms: from_ms + whole.length_ms },
    sha256: hash("sha256", data.subarray(0, whole.bytes)),
    async moveTo(to) {
      await truncate(path, whole.bytes);
      await using file = await open(path, "r+");
      await file.datasync();
      await moveTo(path, to);
    },
  };
}

/** How much of a file is whole pictures, and how long they last; undefined where there is not one. */
function wholePart(data: Uint8Array): { readonly bytes: number; readonly length_ms: number } | undefined {
  try {
    let [at, bytes] = [0, 0];
    for (const box of boxesIn(data)) {
      at += box.data.length;
      if (box.type === "mdat") bytes = at;
    }
    const packets = createFragmentReader()(data.subarray(0, bytes)).filter(
      (piece): piece is Packet => !isInit(piece),
    );
    const [first, last] = [packets[0], packets.at(-1)];
    if (!first || !last) return undefined;
    return { bytes, length_ms: Math.max(1, Math.round(last.pts_ms + last.duration_ms - first.pts_ms)) };
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === "VIDEO_BROKEN") return undefined;
    throw thrown;
  }
}

async function moveTo(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  await rename(from, to);
  await syncFolder(dirname(to));
}

function nameOf({ camera, connection, from_ms }: DraftOf): string {
  return `${camera}@${from_ms}@${encodeURIComponent(connection)}.mp4`;
}
