import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeWhole } from "@yardline/upkeep/durable";
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
  await writeWhole(join(folder, PAIR), `${key.trimEnd()}\n${cert}`);
}

/** Who we are to the authority: made once, and kept. */
export async function accountKey(folder: string): Promise<string> {
  const kept = await readFile(join(folder, ACCOUNT), "utf8").catch(() => "");
  if (isKey(kept)) return kept;
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const key = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  await writeWhole(join(folder, ACCOUNT), key);
  return key;
}

function isKey(text: string): boolean {
  try {
    return createPrivateKey(text).type === "private";
  } catch {
    return false;
  }
}
