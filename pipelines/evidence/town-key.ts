import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  type KeyObject,
  sign,
} from "node:crypto";
import { constants } from "node:fs";
import { mkdir, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError, messageOf } from "@yardline/domain/errors";
import { type Clock, isoOf } from "@yardline/domain/time";
import { syncFolder } from "@yardline/media/durable-file";
import { type Static, Type } from "typebox";
import { Value } from "typebox/value";
import { rotationText } from "./verify-bundle.ts";

const PRIVATE = "town-key.pem";
const ROTATIONS = "rotations.json";

const Rotation = Type.Object({
  from: Type.String(),
  to: Type.String(),
  at: Type.String(),
  sig: Type.String(),
});
/** An older key says which one follows it. */
export type Rotation = Static<typeof Rotation>;

/** The key with which the town signs what leaves it. */
export type TownKey = {
  /** SPKI as PEM, in one line. */
  readonly public_pem: string;
  /** SHA-256 of the SPKI, hex: what the town posts where everybody can read it. */
  readonly fingerprint: string;
  readonly rotations: readonly Rotation[];
  sign(data: Uint8Array): Uint8Array;
};

/**
 * The key of a folder; made there when there is none. Only its owner may read it.
 * @throws AppError `EVIDENCE_KEY` when it cannot be read or written, others may read it, or it is none.
 */
export async function openTownKey(folder: string): Promise<TownKey> {
  const pem = await readPrivate(folder).catch(async (thrown: unknown) => {
    if (!(thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT"))
      throw unfit(folder, thrown);
    await writeNew(folder, newPrivatePem());
    return readPrivate(folder);
  });
  return keyOf(pem, await readRotations(folder));
}

/** A new key takes the old one's place, vouched for by it; the old private key is gone then. @throws AppError `EVIDENCE_KEY`. */
export async function rotateTownKey(folder: string, clock: Pick<Clock, "now_ms">): Promise<TownKey> {
  const old = await openTownKey(folder);
  const pem = newPrivatePem();
  const next = keyOf(pem, []);
  const rotation = { from: old.public_pem, to: next.public_pem, at: isoOf(clock.now_ms()) };
  const sig = Buffer.from(old.sign(rotationText(rotation))).toString("base64");
  const rotations = [...old.rotations, { ...rotation, sig }];
  // First who vouches: a crash between the two leaves a vouching for a key that nobody has, which harms nobody.
  await writeWhole(folder, ROTATIONS, `${JSON.stringify(rotations)}\n`);
  await writeWhole(folder, PRIVATE, pem);
  return keyOf(pem, rotations);
}

/** The fingerprint of a public key's PEM, as it was printed or of a file. @throws AppError `EVIDENCE_KEY`. */
export function fingerprintOf(pem: string): string {
  try {
    return hash("sha256", createPublicKey(pem).export({ type: "spki", format: "der" }));
  } catch (cause) {
    throw new AppError("EVIDENCE_KEY", `This is no public key: ${messageOf(cause)}.`, { cause });
  }
}

/** In groups of four, for a notice board and for reading aloud. */
export function spelledFingerprint(fingerprint: string): string {
  return fingerprint.match(/.{4}/g)?.join(" ") ?? "";
}

function keyOf(pem: string, rotations: readonly Rotation[]): TownKey {
  const key: KeyObject = createPrivateKey(pem);
  const spki = createPublicKey(key).export({ type: "spki", format: "der" });
  const public_pem = `-----BEGIN PUBLIC KEY-----\n${spki.toString("base64")}\n-----END PUBLIC KEY-----\n`;
  return { public_pem, fingerprint: hash("sha256", spki), rotations, sign: (data) => sign(null, data, key) };
}

function newPrivatePem(): string {
  return `${generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" })}`;
}

async function readPrivate(folder: string): Promise<string> {
  await using file = await open(join(folder, PRIVATE), constants.O_RDONLY | constants.O_NOFOLLOW);
  const { mode } = await file.stat();
  if ((mode & 0o077) !== 0) throw new Error("others may read it; chmod 600 it, or rotate it if they did");
  const pem = await file.readFile("utf8");
  if (createPrivateKey(pem).asymmetricKeyType !== "ed25519") throw new Error("it is no Ed25519 key");
  return pem;
}

async function readRotations(folder: string): Promise<readonly Rotation[]> {
  try {
    return Value.Parse(Type.Array(Rotation), JSON.parse(await readFile(join(folder, ROTATIONS), "utf8")));
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT") return [];
    throw unfit(folder, thrown);
  }
}

async function writeNew(folder: string, pem: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(join(folder, PRIVATE), pem, { mode: 0o600, flag: "wx", flush: true });
    await syncFolder(folder);
  } catch (thrown) {
    throw unfit(folder, thrown);
  }
}

async function writeWhole(folder: string, name: string, text: string): Promise<void> {
  const part = join(folder, `.${name}.part`);
  try {
    await rm(part, { force: true });
    {
      await using file = await open(part, "wx", 0o600);
      await file.writeFile(text);
      await file.datasync();
    }
    await rename(part, join(folder, name));
    await syncFolder(folder);
  } catch (thrown) {
    throw unfit(folder, thrown);
  }
}

function unfit(folder: string, cause: unknown): AppError {
  const message = `The key that signs evidence (${join(folder, PRIVATE)}) cannot be used: ${messageOf(cause)}.`;
  return new AppError("EVIDENCE_KEY", message, { cause });
}
