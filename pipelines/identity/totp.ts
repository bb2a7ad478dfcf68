import { createHmac, timingSafeEqual } from "node:crypto";
import type { EpochMs } from "@yardline/domain/time";

/** RFC 6238 with what every authenticator app takes for granted: SHA-1, six digits, thirty seconds. */
const STEP_MS = 30_000;
const DIGITS = 6;
/** A phone's clock may be one step off. */
const STEPS_OFF = [0, -1, 1] as const;
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/**
 * The step whose code this is, now or one step off, so that it can be taken once only.
 * @param after the last step that was taken: that one and earlier ones are no longer good.
 * @returns undefined for a wrong, late or repeated code.
 */
export function stepOf(code: string, secret: Uint8Array, now_ms: EpochMs, after = -1): number | undefined {
  const given = Buffer.from(code);
  const now = Math.floor(now_ms / STEP_MS);
  return STEPS_OFF.map((off) => now + off).find((step) => {
    const right = Buffer.from(codeAt(secret, step));
    return step > after && given.length === right.length && timingSafeEqual(given, right);
  });
}

/** The code of a moment. */
export function codeOf(secret: Uint8Array, now_ms: EpochMs): string {
  return codeAt(secret, Math.floor(now_ms / STEP_MS));
}

/** What an authenticator app reads from a QR code: https://github.com/google/google-authenticator/wiki/Key-Uri-Format */
export function totpUri(secret: Uint8Array, login: string, issuer: string): string {
  const label = [issuer, login].map(encodeURIComponent).join(":");
  return `otpauth://totp/${label}?${new URLSearchParams({ secret: base32(secret), issuer })}`;
}

function codeAt(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.max(0, step)));
  const mac = createHmac("sha1", secret).update(counter).digest();
  // RFC 4226 5.3: four bytes from where the last one points.
  const number = mac.readUInt32BE((mac.at(-1) ?? 0) & 0x0f) & 0x7fff_ffff;
  return String(number % 10 ** DIGITS).padStart(DIGITS, "0");
}

/** RFC 4648, without padding. */
export function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => BASE32[Number.parseInt(five.padEnd(5, "0"), 2)])
    .join("");
}
