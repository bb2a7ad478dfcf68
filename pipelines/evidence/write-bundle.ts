import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { crc32 } from "node:zlib";
import { AppError, messageOf } from "@yardline/domain/errors";
import { syncFolder } from "@yardline/media/durable-file";
import {
  envelopeText,
  preAuthEncoding,
  sha256Hex,
  signingFiles,
  type ZipEntry,
  zipDirectory,
  zipLocalHeader,
} from "./bundle-format.ts";
import { type EvidenceFacts, statementText } from "./statement.ts";
import type { TownKey } from "./town-key.ts";

const PAYLOAD_TYPE = "application/vnd.in-toto+json";
/** A ZIP without its 64-bit form holds 4 GiB. */
export const BUNDLE_BYTES_MAX = 2_000_000_000;

/** A bundle being written: files one after the other, then what signs them. */
export type BundleWriter = {
  readonly bytes: () => number;
  /** @throws AppError `EVIDENCE_TOO_LARGE`, `EVIDENCE_UNWRITTEN` (retryable). */
  add(name: string, data: Uint8Array): Promise<void>;
  /** @returns SHA-256 of the whole file in hex, durable on resolve. */
  finish(facts: EvidenceFacts): Promise<string>;
  /** Leaves nothing behind. */
  abandon(): Promise<void>;
};

/** Writes beside `path` and puts it there when it is whole. The same files and facts give the same bytes. */
export async function beginBundle(path: string, key: TownKey): Promise<BundleWriter> {
  const part = `${path}.part`;
  const entries: ZipEntry[] = [];
  const files: { name: string; sha256: string }[] = [];
  const whole = createHash("sha256");
  let at = 0;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 }).catch(unwritten);
  const { O_CREAT, O_WRONLY, O_TRUNC, O_NOFOLLOW } = constants;
  const file = await open(part, O_CREAT | O_WRONLY | O_TRUNC | O_NOFOLLOW, 0o600).catch(unwritten);

  async function put(data: Uint8Array): Promise<void> {
    if (at + data.length > BUNDLE_BYTES_MAX) {
      const message = `A bundle holds at most ${BUNDLE_BYTES_MAX / 1e9} GB; ask for a shorter time or fewer cameras.`;
      throw new AppError("EVIDENCE_TOO_LARGE", message);
    }
    await file.writeFile(data).catch(unwritten);
    whole.update(data);
    at += data.length;
  }

  async function entry(name: string, data: Uint8Array): Promise<void> {
    const head = { name, size: data.length, crc: crc32(data) };
    await put(zipLocalHeader(head));
    await put(data);
    entries.push(head);
  }

  async function add(name: string, data: Uint8Array): Promise<void> {
    await entry(name, data);
    files.push({ name, sha256: await sha256Hex(data) });
  }

  return {
    bytes: () => at,
    add,
    async finish(facts) {
      await add("town-key.pem", Buffer.from(key.public_pem));
      await add("town-key-rotations.json", Buffer.from(`${JSON.stringify(key.rotations)}\n`));
      const payload = Buffer.from(statementText(files, facts));
      const sig = key.sign(preAuthEncoding(PAYLOAD_TYPE, payload));
      const [statement, envelope] = signingFiles();
      await entry(statement, payload);
      await entry(envelope, Buffer.from(envelopeText(PAYLOAD_TYPE, payload, key.fingerprint, sig)));
      await put(zipDirectory(entries));
      await file.datasync().catch(unwritten);
      await file.close();
      await rename(part, path).catch(unwritten);
      await syncFolder(dirname(path)).catch(unwritten);
      return whole.digest("hex");
    },
    async abandon() {
      await file.close().catch(() => undefined);
      await rm(part, { force: true }).catch(() => undefined);
    },
  };
}

function unwritten(cause: unknown): never {
  const message = `The bundle cannot be written (${messageOf(cause)}); free some space or mend the disk.`;
  throw new AppError("EVIDENCE_UNWRITTEN", message, { retryable: true, cause });
}
