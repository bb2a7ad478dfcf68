import { createHmac, timingSafeEqual } from "node:crypto";
import { type Static, Type } from "typebox";

/**
 * A device's password as it is kept. Devices send theirs over the open network at each login, two thousand at once after an outage: a
 * slow hash would cost minutes and guard nothing that anybody on the way cannot read.
 */
export const SealedPassword = Type.Object({
  salt: Type.String({ pattern: "^[0-9a-f]{32}$" }),
  hmac_sha256: Type.String({ pattern: "^[0-9a-f]{64}$" }),
});
type SealedPassword = Static<typeof SealedPassword>;

/** @param salt sixteen random bytes. */
export function sealPassword(password: string, salt: Uint8Array): SealedPassword {
  return { salt: Buffer.from(salt).toString("hex"), hmac_sha256: hmacOf(salt, password).toString("hex") };
}

export function isPassword({ salt, hmac_sha256 }: SealedPassword, given: string | undefined): boolean {
  if (given === undefined) return false;
  return timingSafeEqual(hmacOf(Buffer.from(salt, "hex"), given), Buffer.from(hmac_sha256, "hex"));
}

function hmacOf(salt: Uint8Array, password: string): Buffer {
  return createHmac("sha256", salt).update(password, "utf8").digest();
}
