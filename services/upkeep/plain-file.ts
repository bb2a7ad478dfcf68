import { open } from "node:fs/promises";
import { AppError } from "@yardline/domain/errors";
import type { Progress } from "./progress.ts";
import type { TarFile } from "./tar.ts";

/** The file on its way into an archive, under `path`; nothing where it is gone by now: it reached its age. */
export async function* fileAt(file: string, path: string, progress: Progress): AsyncGenerator<TarFile> {
  const opened = await open(file, "r").catch((cause: unknown) => {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return undefined;
    throw cause;
  });
  if (!opened) return;
  await using handle = opened;
  const { size } = await handle.stat();
  yield {
    path,
    bytes: size,
    body: bodyOf(handle.createReadStream({ end: size - 1, autoClose: false }), path, size, progress),
  };
}

async function* bodyOf(
  pieces: AsyncIterable<Uint8Array>,
  path: string,
  bytes: number,
  progress: Progress,
): AsyncGenerator<Uint8Array> {
  let left = bytes;
  if (left > 0) {
    for await (const piece of pieces) {
      left -= piece.length;
      progress.add(piece.length, path);
      yield piece;
    }
  }
  if (left > 0)
    throw new AppError("BACKUP_UNREADABLE", `${path} became shorter while it was read.`, { retryable: true });
}
