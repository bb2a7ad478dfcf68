import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { AppError } from "@yardline/domain/errors";
import { type Static, type TObject, type TSchema, Type } from "typebox";
import { Value } from "typebox/value";

/** An Ed25519 key with its name, so that a new one can be brought in before the old one goes. */
export type SigningKey = { readonly id: string; readonly key: KeyObject };
/** Public keys by name. */
export type TrustedKeys = ReadonlyMap<string, KeyObject>;

const Header = Type.Object({
  alg: Type.Literal("EdDSA"),
  kid: Type.String({ minLength: 1, maxLength: 100 }),
  typ: Type.String(),
});

/** @param pem an Ed25519 private key. @throws AppError `KEY_UNFIT`. */
export function readSigningKey(pem: string): SigningKey {
  const key = keyOf(() => createPrivateKey(pem));
  return { id: idOf(createPublicKey(key)), key };
}

/** @param pems Ed25519 public keys; several while one takes over from another. @throws AppError `KEY_UNFIT`. */
export function readTrustedKeys(pems: readonly string[]): TrustedKeys {
  return new Map(pems.map((pem) => keyOf(() => createPublicKey(pem))).map((key) => [idOf(key), key]));
}

/** A key is called by what it is: nobody has to agree on names. */
function idOf(publicKey: KeyObject): string {
  const bytes = publicKey.export({ type: "spki", format: "der" });
  return createHash("sha256").update(bytes).digest("hex").slice(0, 16);
}

function keyOf(read: () => KeyObject): KeyObject {
  try {
    const key = read();
    if (key.asymmetricKeyType === "ed25519") return key;
  } catch {
    // What OpenSSL says of a broken file helps nobody, and might quote it.
  }
  throw new AppError("KEY_UNFIT", "This is no Ed25519 key in PEM; ./yardline certificates makes them.");
}

/**
 * Claims as a compact JWS (RFC 7515, EdDSA of RFC 8037): the signed bytes travel as they are, so nobody has to agree on how
 * JSON is written. @param type says what it is for: a token can never pass for settings.
 */
export function signClaims(type: string, claims: object, { id, key }: SigningKey): string {
  const header: Static<typeof Header> = { alg: "EdDSA", kid: id, typ: type };
  const signed = `${encoded(header)}.${encoded(claims)}`;
  return `${signed}.${sign(null, Buffer.from(signed), key).toString("base64url")}`;
}

/**
 * The claims of a text that one of `keys` signed for this purpose.
 * @throws AppError `SIGNATURE_BROKEN`: another purpose, an unknown key, a changed byte, claims that do not fit.
 */
export function readSigned<Claims extends TObject>(
  type: string,
  text: string,
  schema: Claims,
  keys: TrustedKeys,
): Static<Claims> {
  const [head = "", body = "", signature = "", ...rest] = text.split(".");
  const header = decoded(head, Header);
  if (rest.length > 0 || header.typ !== type) throw broken(`it is no ${type}`);
  const key = keys.get(header.kid);
  if (!key) throw broken(`its key "${header.kid}" is not known here`);
  if (!verify(null, Buffer.from(`${head}.${body}`), key, Buffer.from(signature, "base64url"))) {
    throw broken("its signature does not fit");
  }
  return decoded(body, schema);
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function decoded<Schema extends TSchema>(part: string, schema: Schema): Static<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(part, "base64url").toString());
  } catch {
    throw broken("it cannot be read");
  }
  if (!Value.Check(schema, value)) throw broken("it does not say what it should");
  return value;
}

function broken(why: string): AppError {
  return new AppError("SIGNATURE_BROKEN", `This is not signed as it must be: ${why}.`);
}
