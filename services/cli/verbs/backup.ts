import { basename, dirname, join, resolve } from "node:path";
import { readArchive } from "@yardline/upkeep/archive";
import { makeBackup } from "@yardline/upkeep/backup";
import { backupNameOf, keepNewest } from "@yardline/upkeep/keep-newest";
import { sizeOf } from "@yardline/upkeep/progress";
import { defineVerb, optionalFlag, textFlag, UsageError, type World } from "../verb.ts";

const text = { type: "string" } as const;
const ARCHIVE = ".tar.zst";

/** Copies everything a town keeps into one file, while it runs. */
export const backup = defineVerb({
  name: "backup",
  summary: "Copies everything a town keeps into one file, while the town runs.",
  usage: `[--data FOLDER] --out FILE${ARCHIVE}|FOLDER [--keep N] [--without-media] | --verify FILE`,
  example: "./yardline backup --data /var/lib/yardline/town --out /var/backups/yardline --keep 7",
  flags: {
    data: { ...text, help: "The town's folder (.yardline/town)." },
    out: { ...text, help: `The file to make, or a folder in which it gets the time as its name.` },
    keep: { ...text, help: "Removes all but the newest N of that folder, once the new one is whole." },
    "without-media": { type: "boolean", help: "Leaves recordings and snapshots out." },
    verify: { ...text, help: "Reads a backup from end to end and compares its checksums." },
  },
  async run(asked, world) {
    const verify = optionalFlag(asked, "verify");
    if (verify !== undefined) return await verified(verify, world);
    const out = resolve(textFlag(asked, "out"));
    const file = out.endsWith(ARCHIVE) ? out : join(out, backupNameOf(world.clock));
    const keep = keepOf(optionalFlag(asked, "keep"), file !== out);
    const made = await makeBackup({
      folder: optionalFlag(asked, "data") ?? join(world.root, ".yardline/town"),
      file,
      media: asked.flags["without-media"] !== true,
      clock: world.clock,
      report: (line) => void world.stderr.write(`yardline: ${line}\n`),
      signal: world.signal,
    });
    world.stdout.write(`${file}: ${told(made)}\n`);
    for (const fault of made.damaged) world.stderr.write(`yardline: NOT in the backup: ${fault}\n`);
    if (made.damaged.length > 0) return 1;
    const old = keep === undefined ? [] : await keepNewest(dirname(file), keep);
    for (const name of old) world.stdout.write(`${basename(name)} removed\n`);
    return 0;
  },
});

async function verified(file: string, { stdout, stderr, signal }: World): Promise<number> {
  const drain = async ({ body }: { body: AsyncIterable<Uint8Array> }): Promise<void> => {
    for await (const _ of body);
  };
  const found = await readArchive(file, drain, signal);
  stdout.write(`${file}: whole; made ${found.made_at} of Yardline ${found.release}; ${told(found)}\n`);
  for (const fault of found.damaged) stderr.write(`yardline: not in it: ${fault}\n`);
  return 0;
}

function told({ files, media }: { files: readonly { bytes: number }[]; media: boolean }): string {
  const bytes = files.reduce((sum, each) => sum + each.bytes, 0);
  return `${files.length} files, ${sizeOf(bytes)}${media ? "" : ", without media"}`;
}

function keepOf(given: string | undefined, inFolder: boolean): number | undefined {
  if (given === undefined) return undefined;
  const keep = Number(given);
  if (!inFolder)
    throw new UsageError(`--keep wants a folder: give --out one, not a file ending in ${ARCHIVE}`);
  if (Number.isInteger(keep) && keep > 0) return keep;
  throw new UsageError(`--keep ${given} is no number of backups: 7, for one`);
}
