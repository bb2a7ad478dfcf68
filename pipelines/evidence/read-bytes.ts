import { open } from "node:fs/promises";
import { AppError, messageOf } from "@yardline/domain/errors";
import type { Bytes } from "./bundle-format.ts";

/** A file on disk as the verifier reads it. @throws AppError `EVIDENCE_UNREADABLE`. */
export async function openBytes(path: string): Promise<Bytes & AsyncDisposable> {
  try {
    const file = await open(path, "r");
    const { size } = await file.stat();
    return {
      size,
      async read(from, to) {
        const data = Buffer.alloc(Math.max(0, to - from));
        const { bytesRead } = await file.read(data, 0, data.length, from);
        return new Uint8Array(data.subarray(0, bytesRead));
      },
      [Symbol.asyncDispose]: () => file.close(),
    };
  } catch (cause) {
    throw new AppError("EVIDENCE_UNREADABLE", `${path} cannot be read: ${messageOf(cause)}.`, { cause });
  }
}

/** What is in memory already. */
export function bytesOf(data: Uint8Array): Bytes {
  return { size: data.length, read: async (from, to) => data.slice(from, to) };
}
