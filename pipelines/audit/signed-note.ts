import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { AppError } from "@yardline/domain/errors";

/** The type of an Ed25519 signature in a signed note. */
const ED25519 = 0x01;
/** How the 32 bytes of a public key are wrapped for Node (RFC 8410). */
const SPKI = Buffer.from("302a300506032b6570032100", "hex");
const SIGNATURE = /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/;
const VERIFIER = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/;

export type Signer = { readonly name: string; readonly key: KeyObject };
/** Whose signatures are believed. */
export type Verifier = { readonly name: string; readonly id: Buffer; readonly key: KeyObject };

/** A text with a signature below it. @see https://c2sp.org/signed-note */
export function signNote(text: string, { name, key }: Signer): string {
  const { id } = verifierOf({ name, key });
  const signature = Buffer.concat([id, sign(null, Buffer.from(text), key)]);
  return `${text}\n— ${name} ${signature.toString("base64")}\n`;
}

/**
 * The text of a note; undefined where none of its signatures is the verifier's.
 * @param note as `signNote` gives it.
 */
export function openNote(note: string, { name, id, key }: Verifier): string | undefined {
  const split = note.lastIndexOf("\n\n");
  const text = note.slice(0, split + 1);
  const isSigned = note
    .slice(split + 2)
    .split("\n")
    .some((line) => {
      const [, signer, base64 = ""] = SIGNATURE.exec(line) ?? [];
      const bytes = Buffer.from(base64, "base64");
      return (
        signer === name &&
        id.equals(bytes.subarray(0, id.length)) &&
        verify(null, Buffer.from(text), key, bytes.subarray(id.length))
      );
    });
  return split >= 0 && isSigned ? text : undefined;
}

/** The public side of a signer. */
export function verifierOf({ name, key }: Signer): Verifier {
  const public_key = createPublicKey(key);
  return { name, id: keyIdOf(name, bytesOf(public_key)), key: public_key };
}

/** A verifier in one line of text, `name+id+key`, to be written down somewhere else. */
export function verifierText({ name, id, key }: Verifier): string {
  const typed = Buffer.concat([Buffer.of(ED25519), bytesOf(key)]);
  return `${name}+${id.toString("hex")}+${typed.toString("base64")}`;
}

/** @throws AppError `AUDIT_KEY` for a line that is none. */
export function readVerifier(line: string): Verifier {
  const [, name = "", id = "", base64 = ""] = VERIFIER.exec(line.trim()) ?? [];
  const typed = Buffer.from(base64, "base64");
  const raw = typed.subarray(1);
  if (typed[0] === ED25519 && raw.length === 32 && keyIdOf(name, raw).toString("hex") === id) {
    return {
      name,
      id: Buffer.from(id, "hex"),
      key: createPublicKey({ key: Buffer.concat([SPKI, raw]), format: "der", type: "spki" }),
    };
  }
  throw new AppError("AUDIT_KEY", "This is no public key of an audit log: it is one line, name+id+key.");
}

/** @param pem PKCS #8. @throws AppError `AUDIT_KEY` for what is no private Ed25519 key. */
export function readSigner(name: string, pem: string): Signer {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === "ed25519") return { name, key };
  } catch {
    // The same sentence, and nothing of what stood there.
  }
  throw new AppError("AUDIT_KEY", "The key of the audit log is no private Ed25519 key in PEM.");
}

function bytesOf(key: KeyObject): Buffer {
  return key.export({ format: "der", type: "spki" }).subarray(SPKI.length);
}

function keyIdOf(name: string, raw: Buffer): Buffer {
  const text = Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(ED25519), raw]);
  return createHash("sha256").update(text).digest().subarray(0, 4);
}
