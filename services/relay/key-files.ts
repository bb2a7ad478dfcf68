import { generateKeyPairSync } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError, messageOf } from "@yardline/domain/errors";
import type { Authority } from "./certificates.ts";
import type { Identity } from "./identity.ts";
import { readSigningKey, readTrustedKeys, type SigningKey, type TrustedKeys } from "./signed.ts";

/** Names of files; `./yardline certificates` writes them and services read them. */
const FILES = {
  authority: { key: "authority-key.pem", cert: "authority.pem" },
  identity: { key: "key.pem", cert: "certificate.pem", ca: "authority.pem" },
  signing: { key: "signing-key.pem", public: "signing-key.pub.pem" },
} as const;

/** @throws AppError `KEY_FILE` when one is there already: a key that something rests on is never written over. */
export async function writeAuthority(folder: string, { key, cert }: Authority): Promise<void> {
  await writeNew(folder, { [FILES.authority.key]: key, [FILES.authority.cert]: cert });
}

/** @throws AppError `KEY_FILE`. */
export async function readAuthority(folder: string): Promise<Authority> {
  const { key, cert } = FILES.authority;
  return { key: await text(join(folder, key)), cert: await text(join(folder, cert)) };
}

/** @throws AppError `KEY_FILE`. */
export async function writeIdentity(folder: string, { key, cert, ca }: Identity): Promise<void> {
  const names = FILES.identity;
  await writeNew(folder, { [names.key]: key, [names.cert]: cert, [names.ca]: ca });
}

/** What a machine shows to others and believes of them. @throws AppError `KEY_FILE`. */
export async function readIdentity(folder: string): Promise<Identity> {
  const { key, cert, ca } = FILES.identity;
  const of = (name: string) => text(join(folder, name));
  return { key: await of(key), cert: await of(cert), ca: await of(ca) };
}

/** Makes a pair of keys for settings or media grants: one signs in the region, the other is copied to every edge. */
export async function writeNewSigningKey(folder: string): Promise<void> {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  await writeNew(folder, {
    [FILES.signing.key]: `${privateKey.export({ type: "pkcs8", format: "pem" })}`,
    [FILES.signing.public]: `${publicKey.export({ type: "spki", format: "pem" })}`,
  });
}

/** @throws AppError `KEY_FILE`, `KEY_UNFIT`. */
export async function readSigningKeyFile(folder: string): Promise<SigningKey> {
  return readSigningKey(await text(join(folder, FILES.signing.key)));
}

/** @param paths of public keys. @throws AppError `KEY_FILE`, `KEY_UNFIT`. */
export async function readTrustedKeyFiles(paths: readonly string[]): Promise<TrustedKeys> {
  return readTrustedKeys(await Promise.all(paths.map(text)));
}

async function text(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new AppError("KEY_FILE", `${path} cannot be read: ${messageOf(cause)}.`, { cause });
  }
}

async function writeNew(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFile(join(folder, name), content, { mode: 0o600, flag: "wx" });
    } catch (cause) {
      throw new AppError("KEY_FILE", `${join(folder, name)} cannot be written: ${messageOf(cause)}.`, {
        cause,
      });
    }
  }
}
