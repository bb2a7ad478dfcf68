import { generateKeyPairSync } from "node:crypto";
import { mkdir, open, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { AppError, messageOf } from "@yardline/domain/errors";
import { readSigner, type Signer } from "./signed-note.ts";

/**
 * The key that signs checkpoints, made where there is none yet; read by its owner alone.
 * @throws AppError `AUDIT_KEY`.
 */
export async function findOrMakeKey(name: string, path: string): Promise<Signer> {
  try {
    return readSigner(name, await readFile(path, "utf8"));
  } catch (thrown) {
    if (!(thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT")) {
      if (thrown instanceof AppError) throw thrown;
      throw new AppError("AUDIT_KEY", `The key of the audit log cannot be read: ${messageOf(thrown)}.`, {
        cause: thrown,
      });
    }
  }
  const { privateKey } = generateKeyPairSync("ed25519");
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await using file = await open(path, "wx", 0o600);
  await file.writeFile(privateKey.export({ format: "pem", type: "pkcs8" }));
  await file.datasync();
  return { name, key: privateKey };
}
