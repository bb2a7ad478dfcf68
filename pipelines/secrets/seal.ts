import { createCipheriv, createDecipheriv } from "node:crypto";
import { AppError } from "@yardline/domain/errors";
import type { SecretKey } from "./secret-keys.ts";

const CIPHER = "aes-256-gcm";
export const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const FORM = /^v1:([0-9a-f]{8}):([\w-]+)$/;

/**
 * Encrypts a text under a key, bound to what it is the secret of. The key's id stands before it, so that it is known which one opens it.
 * NIST SP 800-38D: one nonce is never used twice under a key; random ones are good for 2^32 seals.
 * @param nonce twelve random bytes.
 */
export function seal(text: string, name: string, { id, bytes }: SecretKey, nonce: Uint8Array): string {
  const cipher = createCipheriv(CIPHER, bytes, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(`${id}:${name}`, "utf8"));
  const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return `v1:${id}:${Buffer.concat([nonce, body, cipher.getAuthTag()]).toString("base64url")}`;
}

/** The id of the key that a text was sealed with; undefined for what was never sealed here. */
export function sealedWith(sealed: string): string | undefined {
  return FORM.exec(sealed)?.[1];
}

/**
 * @throws AppError `SECRET_KEY_WRONG` where none of the keys is the one that it was sealed with; `SECRET_BROKEN` where it was changed since,
 * or stands under another name. Neither says anything of the text.
 */
export function unseal(sealed: string, name: string, keys: readonly SecretKey[]): string {
  const [, id, packed = ""] = FORM.exec(sealed) ?? [];
  const key = keys.find((each) => each.id === id);
  if (id !== undefined && !key) {
    const here = keys.map((each) => each.id).join(", ");
    const mend = `was sealed with the key ${id}, and here is ${here}: give that key too, on a line below the new one`;
    throw new AppError("SECRET_KEY_WRONG", `The secret "${name}" ${mend}.`);
  }
  const bytes = Buffer.from(packed, "base64url");
  try {
    if (!key || bytes.length < NONCE_BYTES + TAG_BYTES) throw new Error("not a sealed text");
    const nonce = bytes.subarray(0, NONCE_BYTES);
    const opener = createDecipheriv(CIPHER, key.bytes, nonce, { authTagLength: TAG_BYTES });
    opener.setAAD(Buffer.from(`${key.id}:${name}`, "utf8"));
    opener.setAuthTag(bytes.subarray(-TAG_BYTES));
    return opener.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, "utf8") + opener.final("utf8");
  } catch (cause) {
    const mend = "was changed since it was sealed, or belongs to another name: put it in again";
    throw new AppError("SECRET_BROKEN", `The secret "${name}" ${mend}.`, { cause });
  }
}
