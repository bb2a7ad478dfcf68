import { readFile } from "node:fs/promises";
import { AppError, messageOf } from "@yardline/domain/errors";
import { certificateTaken } from "@yardline/telemetry/certificates";
import { type Pair, readPair, troubleOf } from "./certificate.ts";
import { type Keeping, type KeepingParts, lookAgain } from "./keeping.ts";

/** Two files that somebody else renews. */
export type CertificateFiles = { readonly certificate: string; readonly key: string };

/**
 * Serves with a certificate out of files, and with the next one as soon as both have changed to it; while they do not fit together, or
 * cannot be read, with the one before.
 * @throws AppError `CERTIFICATE_FILE`, `CERTIFICATE_UNFIT` where there is not even a first one.
 */
export async function keepGiven(
  files: CertificateFiles,
  parts: KeepingParts,
  signal: AbortSignal,
): Promise<Keeping> {
  const { name, clock, log, use } = parts;
  let failed: string | undefined;
  let pair = await take(await readFiles(files));

  async function take({ cert, key }: Pick<Pair, "cert" | "key">): Promise<Pair> {
    const next = readPair(cert, key, name);
    await use(next);
    certificateTaken(log, name, next.until_ms);
    return next;
  }

  const look = async (): Promise<void> => {
    try {
      const now = await readFiles(files);
      if (now.cert !== pair.cert || now.key !== pair.key) pair = await take(now);
      failed = undefined;
    } catch (thrown) {
      failed = messageOf(thrown);
      throw thrown;
    }
  };
  return {
    ended: lookAgain(parts, look, signal),
    findTrouble: () => failed ?? troubleOf(pair, clock.now_ms()),
  };
}

async function readFiles({ certificate, key }: CertificateFiles): Promise<Pick<Pair, "cert" | "key">> {
  return { cert: await textOf(certificate), key: await textOf(key) };
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new AppError("CERTIFICATE_FILE", `${path} cannot be read: ${messageOf(cause)}.`, { cause });
  }
}
