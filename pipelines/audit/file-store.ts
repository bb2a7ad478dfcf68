import { constants } from "node:fs";
import { access, type FileHandle, mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { lockFor } from "@yardline/bus/sqlite-file";
import type { EpochMs } from "@yardline/domain/time";
import { BEGINNING, type Head, type Link, linkEntry, readLink } from "./chain.ts";
import { findCheckpoints } from "./checkpoint.ts";
import type { NewEntry } from "./entry.ts";
import {
  listLogFiles,
  logFileOf,
  makeReserve,
  readLogFile,
  type Scanned,
  unavailable,
  writeAll,
  writeZeros,
} from "./log-file.ts";
import type { LogLine } from "./log-line.ts";
import { NOTES, readFileLog, readFileNotes } from "./read-log.ts";
import type { AuditStore, Extent } from "./store.ts";

/** Some ten thousand entries a file, and as many in reserve. */
const FILE_BYTES = 4 * 1024 * 1024;
/** Backups leave it out. */
const RESERVE = "reserve.part";
const KIND = { what: "audit log", unavailable: "AUDIT_UNAVAILABLE" };

export type FileStoreOptions = {
  readonly folder: string;
  readonly file_bytes?: number;
};

/**
 * Opens the log of one process in files of its own. Their room is taken before anything is written into them, one file ahead of the one in use:
 * on a full disk the log goes on for at least a file more, and nobody else can take that room.
 * @throws AppError `STORE_IN_USE`, `AUDIT_UNAVAILABLE` (retryable).
 */
export async function openFileStore({
  folder,
  file_bytes = FILE_BYTES,
}: FileStoreOptions): Promise<AuditStore> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    using opening = new DisposableStack();
    opening.use(lockFor(join(folder, "log"), KIND));
    const store = new FileStore(folder, file_bytes, opening.move());
    await store.open();
    return store;
  } catch (cause) {
    throw cause instanceof Error && "syscall" in cause ? unavailable(folder, cause) : cause;
  }
}

type Current = { readonly first: number; readonly path: string; readonly handle: FileHandle; end: number };

class FileStore implements AuditStore {
  torn_bytes = 0;
  isDamaged = false;
  readonly #folder: string;
  readonly #file_bytes: number;
  readonly #lock: Disposable;
  #current: Current | undefined;
  #head: Head = BEGINNING;
  /** A write failed half-way: what it left behind the end is cleared before the next. */
  #isDirty = false;
  /** The last closed file that was read: pages are asked for one after the other. */
  #read: { readonly path: string; readonly scanned: Scanned } | undefined;

  constructor(folder: string, file_bytes: number, lock: Disposable) {
    this.#folder = folder;
    this.#file_bytes = file_bytes;
    this.#lock = lock;
  }

  async open(): Promise<void> {
    const files = await listLogFiles(this.#folder);
    this.#head = (await this.#findHead(files)) ?? (await this.#pruned()).at(-1) ?? BEGINNING;
    const last = files.at(-1);
    if (last) await this.#goOn(last, await readLogFile(last.path));
    // A disk that is full already may still have room in the file: health says what is missing.
    await this.lookAfter();
    if (!this.#current) await this.#nextFile();
  }

  async append(deeds: readonly NewEntry[], at_ms: EpochMs): Promise<Head> {
    let head = this.#head;
    for (let at = 0; at < deeds.length; ) {
      const links: Link[] = [];
      let bytes = 0;
      for (; at < deeds.length; at++) {
        const deed = deeds[at];
        const link = deed && linkEntry(deed, head, at_ms);
        const size = link ? Buffer.byteLength(link.line) + 1 : 0;
        if (!link || (links.length > 0 && bytes + size > this.#room())) break;
        links.push(link);
        bytes += size;
        head = link.head;
      }
      await this.#write(links, bytes);
    }
    return this.#head;
  }

  async read(from: number, limit: number): Promise<readonly Link[]> {
    const files = await listLogFiles(this.#folder);
    const found: Link[] = [];
    const start = Math.max(
      0,
      files.findLastIndex(({ first }) => first <= from),
    );
    for (const { first, path } of files.slice(start)) {
      if (found.length >= limit) break;
      const { lines } = await this.#scanned(path);
      const skipped = Math.max(0, from - first);
      found.push(
        ...lines.slice(skipped, skipped + limit - found.length).flatMap((line) => readLink(line) ?? []),
      );
    }
    return found;
  }

  async extent(): Promise<Extent> {
    const [first] = await listLogFiles(this.#folder);
    const gone = (await this.#pruned()).find(({ size }) => size === first?.first);
    return { first: gone ?? BEGINNING, head: this.#head };
  }

  lines(): AsyncIterable<LogLine> {
    return readFileLog(this.#folder);
  }

  async notes(): Promise<string> {
    return await readFileNotes(this.#folder);
  }

  async prune(before: number, noteOf: (gone: Head) => string): Promise<Head | undefined> {
    const files = await listLogFiles(this.#folder);
    // A file goes when the one behind it begins no later than what must stay.
    const stays = files.findLastIndex(({ first }) => first <= before);
    const [kept] = files.slice(stays);
    const last = files[stays - 1];
    if (!kept || !last) return undefined;
    const link = (await readLogFile(last.path)).lines.flatMap((line) => readLink(line) ?? []).at(-1);
    if (link?.head.size !== kept.first) return undefined;
    await this.#keepNote(noteOf(link.head));
    for (const { path } of files.slice(0, stays)) await rm(path);
    await this.#syncFolder();
    return link.head;
  }

  async lookAfter(): Promise<string | undefined> {
    const reserve = join(this.#folder, RESERVE);
    try {
      await access(reserve, constants.R_OK | constants.W_OK);
      return undefined;
    } catch {
      // Not there: after the first start, and after it was given up.
    }
    try {
      await makeReserve(reserve, this.#file_bytes);
      return undefined;
    } catch (thrown) {
      const left_kb = Math.floor(Math.max(0, this.#room()) / 1024);
      return `the audit log has ${left_kb} KB left and no reserve (${thrown instanceof Error ? thrown.message : thrown}); free some space`;
    }
  }

  async close(): Promise<void> {
    await this.#current?.handle.close();
    this.#lock[Symbol.dispose]();
  }

  #room(): number {
    return this.#current ? this.#file_bytes - this.#current.end : 0;
  }

  async #write(links: readonly Link[], bytes: number): Promise<void> {
    const last = links.at(-1);
    if (!last) return;
    if (bytes > this.#room()) await this.#nextFile();
    const current = this.#current;
    if (!current) throw unavailable(this.#folder, "no file");
    try {
      if (this.#isDirty) await writeZeros(current.handle, current.end, this.#file_bytes);
      this.#isDirty = true;
      await writeAll(
        current.handle,
        Buffer.from(`${links.map(({ line }) => line).join("\n")}\n`),
        current.end,
      );
      await current.handle.datasync();
    } catch (cause) {
      throw unavailable(current.path, cause);
    }
    this.#isDirty = false;
    current.end += bytes;
    this.#head = last.head;
  }

  /** The reserve becomes the file in use. @throws AppError `AUDIT_UNAVAILABLE` where there is none and no room for one. */
  async #nextFile(): Promise<void> {
    const trouble = await this.lookAfter();
    const first = this.#head.size;
    const others = (await listLogFiles(this.#folder)).filter((each) => each.first === first).length;
    const path = logFileOf(this.#folder, first, others);
    try {
      if (trouble !== undefined) throw new Error(trouble);
      await rename(join(this.#folder, RESERVE), path);
      await this.#syncFolder();
      const handle = await open(path, "r+");
      await this.#current?.handle.close();
      this.#current = { first, path, handle, end: 0 };
      this.#isDirty = false;
    } catch (cause) {
      throw unavailable(path, cause);
    }
    await this.lookAfter();
  }

  /** Goes on in the newest file, unless something in it is not as it was written. */
  async #goOn(
    { first, path }: { readonly first: number; readonly path: string },
    scanned: Scanned,
  ): Promise<void> {
    const { lines, end, torn_bytes, behind } = scanned;
    const isWhole = first + lines.length === this.#head.size && behind !== "something";
    this.isDamaged = !isWhole;
    if (!isWhole) return;
    const handle = await open(path, "r+");
    if (torn_bytes > 0 || behind === "torn") {
      await writeZeros(handle, end, this.#file_bytes);
      await handle.datasync();
      this.torn_bytes = torn_bytes;
    }
    this.#current = { first, path, handle, end };
  }

  /** The last entry that is whole, wherever it is. */
  async #findHead(files: readonly { readonly path: string }[]): Promise<Head | undefined> {
    for (const { path } of files.toReversed()) {
      const { lines } = await readLogFile(path);
      const line = lines.findLast((each) => readLink(each) !== undefined);
      if (line !== undefined) return readLink(line)?.head;
    }
    return undefined;
  }

  async #scanned(path: string): Promise<Scanned> {
    if (path === this.#current?.path) return await readLogFile(path);
    if (this.#read?.path !== path) this.#read = { path, scanned: await readLogFile(path) };
    return this.#read.scanned;
  }

  async #pruned(): Promise<readonly Head[]> {
    return findCheckpoints(await this.notes(), undefined).map(({ size, hash }) => ({ size, hash }));
  }

  async #keepNote(note: string): Promise<void> {
    const path = join(this.#folder, NOTES);
    const unfinished = `${path}.part`;
    const notes = await this.notes();
    await using file = await open(unfinished, "w", 0o600);
    await file.writeFile(notes + note);
    await file.datasync();
    await rename(unfinished, path);
    await this.#syncFolder();
  }

  async #syncFolder(): Promise<void> {
    await using entered = await open(this.#folder, constants.O_RDONLY);
    await entered.sync();
  }
}
