import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type FoundCheckpoint, findCheckpoints } from "@yardline/audit/checkpoint";
import type { LogLine } from "@yardline/audit/log-line";
import { readFileLog, readFileNotes } from "@yardline/audit/read-log";
import { readRecordsLog, readRecordsNotes } from "@yardline/audit/records-store";
import { readVerifier, type Verifier } from "@yardline/audit/signed-note";
import { type Verdict, verifyLog } from "@yardline/audit/verify";
import { AppError } from "@yardline/domain/errors";
import { isoOf } from "@yardline/domain/time";
import { openPostgresRecords } from "@yardline/records/postgres";
import { tenantRecords } from "@yardline/tenancy/tenant-records";
import { serversOf } from "@yardline/town/servers";
import { defineVerb, type Given, optionalFlag, UsageError, type World } from "../verb.ts";

const text = { type: "string" } as const;
/** Findings that are told one by one. */
const SHOWN_MAX = 20;

/** Proves, or cannot prove, that nothing in the log of who looked at what was changed. */
export const audit = defineVerb({
  name: "audit",
  summary: "Verifies the log of who looked at what, or writes it out; the town may be running.",
  usage: "verify|export [--data FOLDER | --records ADDRESS] [--checkpoint FILE …] [--key FILE]",
  example:
    "./yardline audit verify --data /var/lib/yardline/town --checkpoint /media/usb/audit-checkpoints-2026-11.txt",
  flags: {
    data: { ...text, help: "The town's folder (.yardline/town)." },
    records: {
      ...text,
      help: "postgres://… or @FILE that holds it, where the log is kept there; or YARDLINE_RECORDS.",
    },
    tenant: { ...text, help: "Whose, where one region keeps the logs of several tenants." },
    checkpoint: {
      ...text,
      multiple: true,
      help: "A file with checkpoints that were kept elsewhere: a saved mail, for one; may be repeated.",
    },
    key: { ...text, help: "A file with the log's public key, kept elsewhere (audit/key.pub of the folder)." },
  },
  positionals: { min: 1, max: 1 },
  async run(given, world) {
    const [what = ""] = given.positionals;
    const work = { verify, export: exportLog }[what];
    if (!work) throw new UsageError(`audit: there is verify and export, no "${what}"`);
    const log = await openLog(given, world);
    try {
      return await work(log, given, world);
    } finally {
      await log.close();
    }
  },
});

type Log = {
  readonly lines: () => AsyncIterable<LogLine>;
  readonly notes: string;
  /** Of this machine, where the log is. */
  readonly key: string | undefined;
  close(): Promise<void>;
};

async function openLog(given: Given, { env, root }: World): Promise<Log> {
  const data = optionalFlag(given, "data");
  const { records: url } = await serversOf(given.flags, env);
  if (data === undefined && url !== undefined) {
    const all = await openPostgresRecords({ url, watch: { failed: () => undefined } });
    const tenant = optionalFlag(given, "tenant");
    const records = tenant === undefined ? all : tenantRecords(all, tenant);
    const notes = await readRecordsNotes(records);
    return { lines: () => readRecordsLog(records), notes, key: undefined, close: () => all.close() };
  }
  const folder = join(resolve(data ?? join(root, ".yardline/town")), "audit");
  if (!existsSync(folder)) {
    throw new AppError(
      "AUDIT_ABSENT",
      `there is no audit log at ${folder}; give --data the folder of a town`,
    );
  }
  const key = await readFile(join(folder, "key.pub"), "utf8").catch(() => undefined);
  return {
    lines: () => readFileLog(folder),
    notes: await readFileNotes(folder),
    key,
    close: async () => undefined,
  };
}

async function verify(log: Log, given: Given, { stdout, stderr }: World): Promise<number> {
  const path = optionalFlag(given, "key");
  const key = path === undefined ? log.key : await readText(path);
  if (key === undefined)
    throw new UsageError("audit verify: --key is missing: a file with the log's public key");
  const verifier = readVerifier(key);
  const verdict = await verifyLog(log.lines(), {
    origin: verifier.name,
    notes: findCheckpoints(log.notes, verifier),
    checkpoints: await checkpointsIn(given, verifier),
  });
  stdout.write(`${summaryOf(verdict)}\n`);
  for (const { kind, place, message } of verdict.findings.slice(0, SHOWN_MAX)) {
    stderr.write(`${kind.toUpperCase()} ${place}: ${message}\n`);
  }
  const more = verdict.findings.length - SHOWN_MAX;
  if (more > 0) stderr.write(`… and ${more} more\n`);
  for (const sentence of verdict.unproven) stdout.write(`not proven: ${sentence}\n`);
  if (path === undefined) stdout.write(`not proven: ${OWN_KEY}\n`);
  return verdict.findings.length === 0 ? 0 : 1;
}

const OWN_KEY =
  "That the key is the one it always was: it was read beside the log. Give --key with one kept elsewhere.";

async function checkpointsIn({ flags }: Given, verifier: Verifier): Promise<readonly FoundCheckpoint[]> {
  const given = flags["checkpoint"];
  const paths = Array.isArray(given) ? given.map(String) : [];
  const found = await Promise.all(
    paths.map(async (path) => {
      // Those of all tenants of a region may stand in one file.
      const own = findCheckpoints(await readText(path), verifier).filter(
        ({ origin }) => origin === verifier.name,
      );
      if (own.length > 0) return own;
      throw new AppError("CHECKPOINT_NONE", `there is no checkpoint of ${verifier.name} in ${path}`);
    }),
  );
  return found.flat();
}

function summaryOf({ entries, first, last, findings }: Verdict): string {
  const span =
    first && last
      ? `, ${first.entry.seq} to ${last.entry.seq}, ${isoOf(first.entry.at_ms)} to ${isoOf(last.entry.at_ms)}`
      : "";
  const outcome = findings.length === 0 ? "all as they were written" : `${findings.length} findings`;
  return `${entries} entries${span}: ${outcome}`;
}

/** One entry a line, as it is hashed. */
async function exportLog(log: Log, _: Given, { stdout }: World): Promise<number> {
  for await (const line of log.lines())
    if ("text" in line) stdout.write(`${line.text.slice(line.text.indexOf(" ") + 1)}\n`);
  return 0;
}

async function readText(path: string): Promise<string> {
  return await readFile(path, "utf8").catch(() => {
    throw new AppError("FILE_UNREADABLE", `the file ${path} cannot be read`);
  });
}
