import {
  type Bytes,
  bytesOfBase64,
  crc32,
  envelopeText,
  preAuthEncoding,
  sameBytes,
  sha256Hex,
  signingFiles,
  type ZipEntry,
  zipDirectory,
  zipLocalHeader,
} from "./bundle-format.ts";

/**
 * Everything that decides whether a bundle is what the town signed. These two files are all of it, on purpose: they run as they stand in Node
 * and, as text, in the page that verifies in a browser (`verifier-page.ts`), and whoever must believe them can read them whole.
 * The verifier writes every header of the container anew from what it read and compares.
 */

export type Problem = {
  /** Stable, for programs and translations. */
  readonly code:
    | "not-a-bundle"
    | "container-changed"
    | "file-changed"
    | "file-missing"
    | "file-strange"
    | "envelope-changed"
    | "signature-wrong"
    | "key-strange"
    | "version-unknown"
    | "recording-changed";
  /** Which file, where it is about one. */
  readonly file?: string;
};

/** What the signature covers. Only what the verifier itself uses is typed here; `statement.ts` has the rest. */
export type SignedFacts = {
  readonly files: readonly { readonly name: string; readonly sha256: string }[];
  readonly recordings: readonly { readonly file?: string; readonly sha256?: string }[];
  /** The predicate as it was signed, for whoever shows it. */
  readonly facts: unknown;
};

export type Verdict = {
  /** Nothing was found wrong. That the right town signed it, `trusted` alone says. */
  readonly whole: boolean;
  readonly problems: readonly Problem[];
  /** SHA-256 of the key inside, in hex; undefined where there is none. */
  readonly fingerprint?: string;
  /** `yes`: the key is the one that was given, or follows from it by rotations that it signed. `not-asked`: no key was given. */
  readonly trusted: "yes" | "no" | "not-asked";
  /** Only of a signature that holds. */
  readonly signed?: SignedFacts;
};

/** Which entries a bundle has, and where; undefined where its container is not, byte for byte, the one that we write. */
export async function readContainer(
  file: Bytes,
): Promise<readonly (ZipEntry & { at: number })[] | undefined> {
  const [tail_bytes, directory_bytes_max, entries_max] = [22, 4_000_000, 10_000];
  if (file.size < tail_bytes || file.size > 0xffff_ffff) return undefined;
  const tail = await file.read(file.size - tail_bytes, file.size);
  const [size, offset] = [12, 16].map((at) => new DataView(tail.buffer, tail.byteOffset).getUint32(at, true));
  if (size === undefined || offset === undefined || size > directory_bytes_max) return undefined;
  if (offset + size + tail_bytes !== file.size) return undefined;
  const directory = await file.read(offset, file.size);
  const view = new DataView(directory.buffer, directory.byteOffset, directory.length);
  const entries: (ZipEntry & { at: number })[] = [];
  let at = 0;
  for (let from = 0; from + 46 <= size && entries.length < entries_max; ) {
    const length = view.getUint16(from + 28, true);
    const name = new TextDecoder().decode(directory.subarray(from + 46, from + 46 + length));
    const entry = { name, size: view.getUint32(from + 24, true), crc: view.getUint32(from + 16, true) };
    const local = zipLocalHeader(entry);
    if (at + local.length + entry.size > offset) return undefined;
    if (!sameBytes(await file.read(at, at + local.length), local)) return undefined;
    entries.push({ ...entry, at: at + local.length });
    at += local.length + entry.size;
    from += 46 + length;
  }
  return at === offset && sameBytes(directory, zipDirectory(entries)) ? entries : undefined;
}

/** The key of a PEM in the one spelling that we write; undefined for anything else. */
export async function keyOfPem(
  pem: string,
): Promise<{ key: CryptoKey; fingerprint: string; spki: Uint8Array } | undefined> {
  const [, text = ""] =
    /^-----BEGIN PUBLIC KEY-----\n([A-Za-z0-9+/=]+)\n-----END PUBLIC KEY-----\n$/.exec(pem) ?? [];
  const spki = bytesOfBase64(text);
  if (spki?.length !== 44) return undefined;
  try {
    const key = await crypto.subtle.importKey("spki", spki, { name: "Ed25519" }, true, ["verify"]);
    return { key, fingerprint: await sha256Hex(spki), spki };
  } catch {
    return undefined;
  }
}

/** What an older key signs when a newer one takes its place. */
export function rotationText(rotation: { from: string; to: string; at: string }): Uint8Array<ArrayBuffer> {
  const { from, to, at } = rotation;
  return preAuthEncoding(
    "application/vnd.yardline.key-rotation",
    new TextEncoder().encode(`${from}\n${to}\n${at}`),
  );
}

/** Fingerprints that a key vouches for: its own, and those of the keys that followed it, each signed by the one before. */
export async function vouchedFor(trusted: string, rotations: unknown): Promise<readonly string[]> {
  const vouched = [trusted];
  for (const each of Array.isArray(rotations) ? rotations.slice(0, 100) : []) {
    const { from, to, at, sig } = Object(each);
    const [older, newer] = [await keyOfPem(String(from)), await keyOfPem(String(to))];
    const signature = bytesOfBase64(String(sig));
    if (!older || !newer || !signature || !vouched.includes(older.fingerprint)) continue;
    const text = rotationText({ from, to, at });
    if (await crypto.subtle.verify("Ed25519", older.key, signature, text)) vouched.push(newer.fingerprint);
  }
  return vouched;
}

/** What was signed, out of the statement's text; undefined for what no release so far writes. */
export function readStatement(text: string): SignedFacts | undefined {
  const statement = Object(JSON.parse(text));
  const known =
    statement._type === "https://in-toto.io/Statement/v1" &&
    statement.predicateType === "urn:yardline:evidence:1" &&
    Array.isArray(statement.subject) &&
    Array.isArray(Object(statement.predicate).recordings);
  if (!known) return undefined;
  return {
    files: statement.subject.map((each: unknown) => {
      const { name, digest } = Object(each);
      return { name: String(name), sha256: String(Object(digest).sha256) };
    }),
    recordings: statement.predicate.recordings.map((each: unknown) => Object(each)),
    facts: statement.predicate,
  };
}

/** The statement, if the envelope is the one spelling of it and the key inside signed it. */
export async function openEnvelope(
  statement: string,
  envelope: string,
  pem: string,
): Promise<{ signed: SignedFacts; fingerprint: string } | { problem: Problem["code"] }> {
  const key = await keyOfPem(pem);
  if (!key) return { problem: "key-strange" };
  const { fingerprint } = key;
  try {
    const { payloadType, signatures } = Object(JSON.parse(envelope));
    const sig = bytesOfBase64(String(Object(Object(signatures)[0]).sig));
    const payload = new TextEncoder().encode(statement);
    const type = "application/vnd.in-toto+json";
    const spelled = payloadType === type && sig && envelopeText(type, payload, fingerprint, sig) === envelope;
    if (!spelled) return { problem: "envelope-changed" };
    const holds = await crypto.subtle.verify("Ed25519", key.key, sig, preAuthEncoding(type, payload));
    if (!holds) return { problem: "signature-wrong" };
    const signed = readStatement(statement);
    return signed ? { signed, fingerprint } : { problem: "version-unknown" };
  } catch {
    return { problem: "envelope-changed" };
  }
}

/** What is wrong with the files, held against what was signed. */
export async function compareFiles(
  file: Bytes,
  entries: readonly (ZipEntry & { at: number })[],
  signed: SignedFacts,
  progress: (share: number) => void,
): Promise<readonly Problem[]> {
  const names = [...signed.files.map(({ name }) => name), ...signingFiles()];
  const problems: Problem[] = entries
    .filter(({ name }, at) => names[at] !== name)
    .map(({ name }) => ({ code: "file-strange", file: name }));
  const found = new Map<string, string>();
  for (const { name, at, size, crc } of entries) {
    const data = await file.read(at, at + size);
    found.set(name, await sha256Hex(data));
    if (crc32(data) !== crc) problems.push({ code: "file-changed", file: name });
    progress((at + size) / file.size);
  }
  for (const { name, sha256 } of signed.files) {
    const is = found.get(name);
    if (is !== sha256)
      problems.push({ code: is === undefined ? "file-missing" : "file-changed", file: name });
  }
  for (const { file: name, sha256 } of signed.recordings) {
    const changed = name !== undefined && sha256 !== undefined && found.get(name) !== sha256;
    if (changed) problems.push({ code: "recording-changed", file: name });
  }
  return problems;
}

/**
 * Whether every byte of a bundle is as it was signed, and whether the one who signed is the town.
 * @param trusted the fingerprint that the town posted, in hex, got by another way than the bundle itself.
 * @param progress told the share that was read, in [0, 1].
 */
export async function verifyBundle(
  file: Bytes,
  trusted: string | undefined,
  progress: (share: number) => void,
): Promise<Verdict> {
  const unknown = trusted === undefined ? "not-asked" : "no";
  const refused = (code: Problem["code"]): Verdict => ({
    whole: false,
    problems: [{ code }],
    trusted: unknown,
  });
  const entries = await readContainer(file);
  if (!entries) return refused("container-changed");
  const textOf = async (name: string): Promise<string> => {
    const entry = entries.find((each) => each.name === name && each.size < 64_000_000);
    return entry ? new TextDecoder().decode(await file.read(entry.at, entry.at + entry.size)) : "";
  };
  const [statement, envelope] = signingFiles();
  const opened = await openEnvelope(
    await textOf(statement),
    await textOf(envelope),
    await textOf("town-key.pem"),
  );
  if ("problem" in opened) return refused(opened.problem);
  const { signed, fingerprint } = opened;
  const problems = await compareFiles(file, entries, signed, progress);
  const whole = problems.length === 0;
  // Who rotated which key is believed only of a bundle that is whole.
  const rotations: unknown =
    whole && trusted !== undefined ? JSON.parse(await textOf("town-key-rotations.json")) : [];
  const vouched = trusted === undefined ? [] : await vouchedFor(trusted, rotations);
  return { whole, problems, fingerprint, trusted: vouched.includes(fingerprint) ? "yes" : unknown, signed };
}
