import { createHash, randomBytes } from "node:crypto";

/** A secret that only its owner has: 256 bits, in letters that need no escaping anywhere. */
export function newSecret(random: (bytes: number) => Buffer = randomBytes): string {
  return random(32).toString("base64url");
}

/** What is kept of it: whoever reads the store cannot use it. Nothing slower is needed for 256 random bits. */
export function digestOf(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url");
}
