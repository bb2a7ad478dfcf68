import { AppError } from "@yardline/domain/errors";
import { type Clock, isoOf } from "@yardline/domain/time";
import { type Static, Type } from "typebox";
import { type EdgeName, urnOf } from "./identity.ts";
import { readSigned, type SigningKey, signClaims, type TrustedKeys } from "./signed.ts";

const SIGNED_TYPE = "yardline-media";
const GRANT_MS = 60_000;
/** As far as the clock of the api may be ahead of the edge's. */
const AHEAD_MS_MAX = 30_000;

const Claims = Type.Object({
  /** The edge, as its URN. */
  aud: Type.String(),
  target: Type.String({ description: "Path and query of the one request." }),
  range: Type.String({ description: "Its Range header; empty for none." }),
  iat_ms: Type.Integer(),
});

/** One request that the api may make of an edge. */
export type MediaRequest = { readonly target: string; readonly range: string };

/** Lets the api make one request of one edge, for a minute. */
export function signGrant(asked: MediaRequest, edge: EdgeName, clock: Clock, key: SigningKey): string {
  const { target, range } = asked;
  const claims: Static<typeof Claims> = {
    ...{ aud: urnOf({ role: "edge", ...edge }), target, range },
    iat_ms: clock.now_ms(),
  };
  return signClaims(SIGNED_TYPE, claims, key);
}

/** @throws AppError `SIGNATURE_BROKEN`, `GRANT_FOREIGN`, `GRANT_EXPIRED`. */
export function checkGrant(
  text: string,
  asked: MediaRequest,
  own: EdgeName,
  clock: Clock,
  keys: TrustedKeys,
): void {
  const { aud, target, range, iat_ms } = readSigned(SIGNED_TYPE, text, Claims, keys);
  if (aud !== urnOf({ role: "edge", ...own })) throw foreign("it is for another edge");
  if (target !== asked.target) throw foreign("it is for another object");
  if (range !== asked.range) throw foreign("it is for another part of the object");
  const age_ms = clock.now_ms() - iat_ms;
  if (age_ms > GRANT_MS || age_ms < -AHEAD_MS_MAX) {
    const message = `This grant was made at ${isoOf(iat_ms)} and here it is ${isoOf(clock.now_ms())}: ask anew, or set the clocks.`;
    throw new AppError("GRANT_EXPIRED", message);
  }
}

function foreign(why: string): AppError {
  return new AppError("GRANT_FOREIGN", `This grant does not fit: ${why}.`);
}
