import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, open, readdir, readFile, rm, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findCheckpoints, signCheckpoint } from "@yardline/audit/checkpoint";
import { openFileStore } from "@yardline/audit/file-store";
import { readFileLog } from "@yardline/audit/read-log";
import { verifierOf } from "@yardline/audit/signed-note";
import { type Verdict, verifyLog } from "@yardline/audit/verify";
import { sha256Hex } from "@yardline/evidence/bundle-format";
import { bytesOf } from "@yardline/evidence/read-bytes";
import { NOT_PROVEN } from "@yardline/evidence/statement";
import { openTownKey } from "@yardline/evidence/town-key";
import { verifyBundle } from "@yardline/evidence/verify-bundle";
import { beginBundle } from "@yardline/evidence/write-bundle";
import { randomOf } from "../bench/town-events.ts";

/**
 * Changes a bundle of evidence and an audit log a byte at a time, anywhere, and asks the verifiers each time. Then cuts off the log's end, and
 * writes all of it anew with the box's own key: with a checkpoint that was kept elsewhere both are found, without one neither can be.
 * Arguments: the share of a thousand changes, the seed. Ends with 1 when one was not found.
 */
const [share = "1", seed = "1"] = process.argv.slice(2);

const CHANGES = Math.max(2, Math.round(1_000 * Number(share)));
const ENTRIES = 1_500;
const RECORDING_BYTES = 150_000;
const SIGNER = { name: "yardline-audit/town", key: generateKeyPairSync("ed25519").privateKey };
const AT_MS = Date.parse("2026-11-22T12:00:00Z");
const random = randomOf(Number(seed));
const below = (limit: number) => Math.floor(random() * limit);

let failed = false;
function say(what: string, found: number, of: number): void {
  failed ||= found !== of;
  process.stdout.write(`${found === of ? "ok  " : "FAIL"} ${what}: ${found} of ${of} found\n`);
}

async function signedBundle(folder: string): Promise<{ data: Uint8Array; fingerprint: string }> {
  const key = await openTownKey(join(folder, "key"));
  const path = join(folder, "bundle.zip");
  const recording = Uint8Array.from({ length: RECORDING_BYTES }, () => below(256));
  const file = "recordings/yard/0001.mp4";
  const writer = await beginBundle(path, key);
  await writer.add(file, recording);
  await writer.add("events/1.json", Buffer.from('{"type":"scene.presence"}\n'));
  const [from, to] = ["2026-11-22T11:00:00.000Z", "2026-11-22T11:00:04.000Z"];
  await writer.finish({
    ...{ id: "e1", town: "Town", tenant: "town", software: "yardline", form: "original", made_at: to },
    ...{
      asked_by: "olena",
      purpose: "theft of a bicycle",
      legal_basis: { ground: "police-request", reference: "12/345" },
    },
    ...{ periods: [], events: [], redactions: [], clock: [], custody: [], not_proven: NOT_PROVEN },
    recordings: [
      {
        ...{ file, id: "s1", camera: "yard", connection: "c1", from, to, bytes: recording.length },
        ...{ sha256: await sha256Hex(recording), hashed_at: to },
      },
    ],
  });
  return { data: new Uint8Array(await readFile(path)), fingerprint: key.fingerprint };
}

/** A log as a town of some days has it. @returns its checkpoint and how many bytes of its last file are written. */
async function auditLog(folder: string, who: string): Promise<string> {
  const store = await openFileStore({ folder });
  for (let at = 0; at < ENTRIES; at++) {
    const object = { kind: "event", id: `0198a2c4e5f0-${String(at).padStart(20, "0")}` };
    const details = { what: "snapshot", source: `camera/yard-${at % 7}` };
    const deed = {
      tenant: "town",
      who,
      from: "10.0.0.7",
      action: "look" as const,
      object,
      purpose: "theft",
      details,
    };
    await store.append([deed], AT_MS + at * 1_000);
  }
  const { head } = await store.extent();
  await store.close();
  return signCheckpoint({ origin: SIGNER.name, ...head, at_ms: AT_MS + ENTRIES * 1_000 }, SIGNER);
}

async function verdictOn(folder: string, checkpoint = ""): Promise<Verdict> {
  const verifier = verifierOf(SIGNER);
  const checkpoints = findCheckpoints(checkpoint, verifier);
  return verifyLog(readFileLog(folder), { origin: SIGNER.name, notes: [], checkpoints });
}

const isFound = ({ findings }: Verdict): boolean => findings.length > 0;

/** The file that is written to, and where its zeros begin. */
async function writtenFile(folder: string): Promise<{ path: string; end: number }> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".log")).toSorted();
  const path = join(folder, names.at(-1) ?? "");
  return { path, end: (await readFile(path)).indexOf(0) };
}

async function changedByte(path: string, at: number, by: number): Promise<() => Promise<void>> {
  const file = await open(path, "r+");
  const was = Buffer.alloc(1);
  await file.read(was, 0, 1, at);
  await file.write(Buffer.of((was[0] ?? 0) ^ by), 0, 1, at);
  return async () => {
    await file.write(was, 0, 1, at);
    await file.close();
  };
}

async function changeLog(
  what: string,
  folder: string,
  changes: number,
  at: () => number,
  checkpoint: string,
) {
  const { path } = await writtenFile(folder);
  let found = 0;
  for (let change = 0; change < changes; change++) {
    const restore = await changedByte(path, at(), 1 + below(255));
    if (isFound(await verdictOn(folder, checkpoint))) found++;
    await restore();
  }
  say(what, found, changes);
}

const folder = await mkdtemp(join(tmpdir(), "yardline-tamper-"));
try {
  process.stdout.write(`seed ${seed}\n`);
  const { data, fingerprint } = await signedBundle(folder);
  const wholeBundle = async (bytes: Uint8Array) => {
    const { whole, trusted } = await verifyBundle(bytesOf(bytes), fingerprint, () => undefined);
    return whole && trusted === "yes";
  };
  const half = CHANGES / 2;
  let found = (await wholeBundle(data)) ? 0 : Number.NaN;
  for (let change = 0; change < Math.floor(half); change++) {
    const changed = data.slice();
    const at = below(data.length);
    changed[at] = (changed[at] ?? 0) ^ (1 + below(255));
    if (!(await wholeBundle(changed))) found++;
  }
  say(`one byte changed anywhere in a bundle of ${data.length} bytes`, found, Math.floor(half));

  const log = join(folder, "audit");
  const checkpoint = await auditLog(log, "olena");
  const { path, end } = await writtenFile(log);
  if (isFound(await verdictOn(log, checkpoint)))
    throw new Error("The log is not whole before it is changed.");
  await changeLog(
    `one byte changed anywhere in a log of ${ENTRIES} entries, ${end} bytes`,
    log,
    Math.ceil(half),
    () => below(end),
    checkpoint,
  );
  const room = (await readFile(path)).length - end;
  await changeLog(
    "one byte changed in the room that is taken ahead of it",
    log,
    Math.ceil(CHANGES / 100),
    () => end + below(room),
    checkpoint,
  );

  const other = join(folder, "anew");
  await auditLog(other, "somebody else");
  const kept = await readFile(path);
  const lines = kept.subarray(0, end).toString("latin1").split("\n");
  const cut = lines.slice(0, -101).join("\n").length + 1;
  await truncate(path, cut);
  // The room behind it looks as it did before.
  await truncate(path, kept.length);
  const shorter = [await verdictOn(log), await verdictOn(log, checkpoint)];
  say(
    "a tail of 100 entries cut off, with a checkpoint",
    Number(shorter[1]?.findings.some(({ kind }) => kind === "cut")),
    1,
  );
  const anew = [await verdictOn(other), await verdictOn(other, checkpoint)];
  say(
    "all of it written anew with the box's own key, with a checkpoint",
    Number(anew[1]?.findings.some(({ kind }) => kind === "rebuilt")),
    1,
  );
  const silent = [shorter[0], anew[0]].filter(
    (each) => each && !isFound(each) && each.unproven.length > 0,
  ).length;
  say("the same two without a checkpoint, where it is said that nothing is proven", silent, 2);
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;
