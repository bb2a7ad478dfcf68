import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { AppError } from "@yardline/domain/errors";

const derive = promisify(argon2);

/** OWASP's password storage cheat sheet, 2024: 19 MiB, two passes, one lane. Some 50 ms of one core. */
const COST = { memory_kib: 19_456, passes: 2, parallelism: 1 } as const;
const TAG_BYTES = 32;
const SALT_BYTES = 16;
export const PASSWORD_CHARS_MIN = 12;
/** Longer ones cost time and protect nobody. */
export const PASSWORD_CHARS_MAX = 200;
/** The PHC string format: https://github.com/P-H-C/phc-string-format */
const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([\w+/]{11,64})\$([\w+/]{22,128})$/;

/**
 * What is kept of a password.
 * @throws AppError `PASSWORD_WEAK`
 */
export async function hashPassword(
  password: string,
  salt: Buffer = randomBytes(SALT_BYTES),
): Promise<string> {
  refuseWeak(password);
  const { memory_kib, passes, parallelism } = COST;
  const tag = await tagOf(password, salt, COST, TAG_BYTES);
  const [salt64, tag64] = [salt, tag].map((bytes) => bytes.toString("base64").replaceAll("=", ""));
  return `$argon2id$v=19$m=${memory_kib},t=${passes},p=${parallelism}$${salt64}$${tag64}`;
}

/** Whether it is the password; takes as long for a wrong one, and for a hash that cannot be read it is not. */
export async function isPassword(password: string, hash: string): Promise<boolean> {
  const [, memory_kib, passes, parallelism, salt = "", tag = ""] = PHC.exec(hash) ?? [];
  if (tag === "" || password.length > PASSWORD_CHARS_MAX) return false;
  const expected = Buffer.from(tag, "base64");
  const cost = { memory_kib: Number(memory_kib), passes: Number(passes), parallelism: Number(parallelism) };
  const made = await tagOf(password, Buffer.from(salt, "base64"), cost, expected.length);
  return timingSafeEqual(made, expected);
}

/** A hash that no password has: whoever asks for an account that is not there waits as long as for one that is. */
export const NOBODYS = `$argon2id$v=19$m=${COST.memory_kib},t=${COST.passes},p=1$${"A".repeat(22)}$${"A".repeat(43)}`;

function tagOf(
  password: string,
  nonce: Buffer,
  { memory_kib, passes, parallelism }: { memory_kib: number; passes: number; parallelism: number },
  tagLength: number,
): Promise<Buffer> {
  // Two ways to type the same letter are the same password.
  const message = Buffer.from(password.normalize("NFKC"));
  return derive("argon2id", { message, nonce, memory: memory_kib, passes, parallelism, tagLength });
}

function refuseWeak(password: string): void {
  const { length } = [...password];
  if (length < PASSWORD_CHARS_MIN || length > PASSWORD_CHARS_MAX) {
    const message = `A password has ${PASSWORD_CHARS_MIN} to ${PASSWORD_CHARS_MAX} characters; four or five words are easy to keep.`;
    throw new AppError("PASSWORD_WEAK", message);
  }
  if (new Set(password).size < 5) {
    throw new AppError("PASSWORD_WEAK", "A password has at least five different characters.");
  }
}
