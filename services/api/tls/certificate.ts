import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { createSecureContext } from "node:tls";
import { AppError } from "@yardline/domain/errors";
import { type EpochMs, isoOf } from "@yardline/domain/time";

/** A certificate with what signed it, and its key, in PEM. */
export type Pair = {
  readonly cert: string;
  readonly key: string;
  readonly from_ms: EpochMs;
  readonly until_ms: EpochMs;
};

/** Renewing should have happened long before. */
const SOON_MS = 7 * 86_400_000;

/**
 * Reads a certificate and its key and holds them together, so that what could never be served is said now and not by a browser.
 * @throws AppError `CERTIFICATE_UNFIT`, whose message holds nothing of the key.
 */
export function readPair(cert: string, key: string, name: string): Pair {
  const certificate = certificateOf(cert);
  const owner = keyOf(key);
  if (!certificate.checkPrivateKey(owner)) throw unfit("the key is another certificate's");
  if (certificate.checkHost(name, { subject: "never", partialWildcards: false }) === undefined) {
    throw unfit(`the certificate is not for ${name} (it is for ${certificate.subjectAltName ?? "no name"})`);
  }
  try {
    createSecureContext({ cert, key, minVersion: "TLSv1.2" });
  } catch (cause) {
    throw unfit("certificate and key cannot be served together; is the key too short?", cause);
  }
  return {
    ...{ cert, key },
    from_ms: certificate.validFromDate.getTime(),
    until_ms: certificate.validToDate.getTime(),
  };
}

/** Clocks of two houses differ. */
const SKEW_MS = 5 * 60_000;

/** What browsers will say against it now, for the person who looks after the box; undefined while all is well. */
export function troubleOf({ from_ms, until_ms }: Pair, now_ms: EpochMs): string | undefined {
  if (now_ms < from_ms - SKEW_MS) {
    return `The certificate holds from ${isoOf(from_ms)} on, and this machine's clock says ${isoOf(now_ms)}: set the clock.`;
  }
  if (now_ms >= until_ms) return `The certificate ended at ${isoOf(until_ms)}: browsers refuse it.`;
  if (until_ms - now_ms < Math.min(SOON_MS, (until_ms - from_ms) / 4)) {
    return `The certificate ends at ${isoOf(until_ms)} and was not renewed yet.`;
  }
  return undefined;
}

function certificateOf(cert: string): X509Certificate {
  try {
    return new X509Certificate(cert);
  } catch (cause) {
    throw unfit("the certificate is no PEM file of one", cause);
  }
}

function keyOf(key: string): KeyObject {
  try {
    return createPrivateKey(key);
  } catch {
    // What it was is not passed on: the error may quote the file.
    throw unfit("the key is no PEM file of one, or has a password");
  }
}

function unfit(why: string, cause?: unknown): AppError {
  return new AppError("CERTIFICATE_UNFIT", `This certificate cannot be served: ${why}.`, { cause });
}
