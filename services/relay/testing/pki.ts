import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { type Authority, issueCertificate, makeAuthority } from "../certificates.ts";
import type { EdgeName, Identity } from "../identity.ts";

export const NORTH: EdgeName = { tenant: "town", edge: "north" };

/** Everybody's certificates, made by one authority. */
export type Pki = { readonly receiver: Identity; readonly api: Identity; readonly north: Identity };

export async function makePki(made: Promise<Authority> = makeAuthority()): Promise<Pki> {
  const authority = await made;
  const [receiver, api, north] = await Promise.all([
    issueCertificate(authority, { role: "receiver" }, 2),
    issueCertificate(authority, { role: "api" }, 2),
    issueCertificate(authority, { role: "edge", ...NORTH }, 2),
  ]);
  return { receiver, api, north };
}

/** A key that signs, and the same for whoever checks. */
export function makeSigner(id = "k1") {
  const { privateKey: key, publicKey } = generateKeyPairSync("ed25519");
  return { signer: { id, key }, keys: new Map<string, KeyObject>([[id, publicKey]]) };
}
