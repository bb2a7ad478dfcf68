import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { mkdir, open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import type { Pair } from "./certificate.ts";

/** Key and certificate in one file, so that one is never there without the other. */
const PAIR = "pair.pem";
const ACCOUNT = "account-key.pem";
const KEY = /-----BEGIN (?:EC |RSA )?PRIVATE KEY-----[^-]*-----END (?:EC |RSA )?PRIVATE KEY-----\n?/;

/** What an authority gave us, in a folder that its owner alone can read. Undefined where there is nothing that could be read. */
export async function readKept(folder: string): Promise<Pick<Pair, "cert" | "key"> | undefined> {
  const text = await readFile(join(folder, PAIR), "utf8").catch(() => "");
  const key = KEY.exec(text)?.[0];
  return key === undefined ? undefined : { key, cert: text.replace(key, "") };
}

export async function writeKept(folder: string, { cert, key }: Pick<Pair, "cert" | "key">): Promise<void> {
  await writeWhole(folder, PAIR, `${key.trimEnd()}\n${cert}`);
}

/** Who we are to the authority: made once, and kept. */
export async function accountKey(folder: string): Promise<string> {
  const kept = await readFile(join(folder, ACCOUNT), "utf8").catch(() => "");
  if (isKey(kept)) return kept;
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const key = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  await writeWhole(folder, ACCOUNT, key);
  return key;
}

function isKey(text: string): boolean {
  try {
    return createPrivateKey(text).type === "private";
  } catch {
    return false;
  }
}

/** All of it or what was there before, readable by its owner alone. */
async function writeWhole(folder: string, name: string, text: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, name);
  const file = await open(`${path}.new`, "w", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
}
