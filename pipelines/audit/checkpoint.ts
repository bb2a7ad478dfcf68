import { type EpochMs, isoOf } from "@yardline/domain/time";
import type { Head } from "./chain.ts";
import { openNote, type Signer, signNote, type Verifier } from "./signed-note.ts";

/** How far a log had come at some moment, and what then was its last hash. */
export type Checkpoint = Head & { readonly origin: string; readonly at_ms: EpochMs };

/** A checkpoint as it was found somewhere, with whether the key that is believed has signed it. */
export type FoundCheckpoint = Checkpoint & { readonly isSigned: boolean };

/** The body: the log's name, its size, its last hash, when. The dash and name of the signature end it. */
const NOTE =
  /^(?<origin>[^\n]{1,200})\n(?<size>\d{1,15})\n(?<hash>[A-Za-z0-9+/]{43}=)\nat (?<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)\n\n(?:— \S+ [A-Za-z0-9+/=]+\n)+/gm;

/** What a log of this tenant is called, in its checkpoints and as the name of its key. */
export function originOf(tenant: string): string {
  return `yardline-audit/${tenant}`;
}

/**
 * A checkpoint in the text form that transparency logs use, signed. Its third line is the hash of the chain's last entry where theirs is the
 * root of a tree: whoever checks has the whole log, so that nothing would be won by a tree.
 * @see https://c2sp.org/tlog-checkpoint
 */
export function signCheckpoint({ origin, size, hash, at_ms }: Checkpoint, signer: Signer): string {
  const base64 = Buffer.from(hash, "hex").toString("base64");
  return signNote(`${origin}\n${size}\n${base64}\nat ${isoOf(at_ms)}\n`, signer);
}

/** Every checkpoint in a text: one file, a saved e-mail, a folder's files one after the other. */
export function findCheckpoints(text: string, verifier: Verifier | undefined): readonly FoundCheckpoint[] {
  return [...text.replaceAll("\r\n", "\n").matchAll(NOTE)].map(({ 0: note, groups }) => {
    const { origin = "", size, hash = "", at = "" } = groups ?? {};
    return {
      origin,
      size: Number(size),
      hash: Buffer.from(hash, "base64").toString("hex"),
      at_ms: Date.parse(at),
      isSigned: verifier !== undefined && openNote(note, verifier) !== undefined,
    };
  });
}
