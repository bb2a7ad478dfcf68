import { randomBytes } from "node:crypto";
import { digestOf } from "./secret-token.ts";
import { base32 } from "./totp.ts";

/** So many are given out with a second factor; each is good once, for when the phone is lost. */
export const RECOVERY_CODES = 10;
const CODE_BYTES = 10;
/** Four fours of base 32, as people copy them; capitals and spaces are theirs to choose. */
const CODE = /^[a-z2-7]{16}$/;

/** New codes, shown once, and what is kept of them. 80 random bits need no slow digest. */
export function newRecoveryCodes(random: (bytes: number) => Buffer = randomBytes): {
  readonly codes: readonly string[];
  readonly digests: string[];
} {
  const plain = Array.from({ length: RECOVERY_CODES }, () => base32(random(CODE_BYTES)).toLowerCase());
  return {
    codes: plain.map((code) => code.match(/.{4}/g)?.join("-") ?? code),
    digests: plain.map(digestOf),
  };
}

/** The kept digests without the given code's; undefined where it is none of them. */
export function withoutCode(given: string, digests: readonly string[]): string[] | undefined {
  const plain = given.toLowerCase().replaceAll(/[\s-]/g, "");
  if (!CODE.test(plain)) return undefined;
  const digest = digestOf(plain);
  return digests.includes(digest) ? digests.filter((each) => each !== digest) : undefined;
}
