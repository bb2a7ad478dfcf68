import { join } from "node:path";
import { FOLDER_FORMAT } from "@yardline/upkeep/data-folder";
import { restoreBackup } from "@yardline/upkeep/restore";
import { defineVerb, optionalFlag } from "../verb.ts";

/** Puts a backup in the place of a town's folder. */
export const restore = defineVerb({
  name: "restore",
  summary: "Puts a backup in the place of a town's folder, once it has proved whole.",
  usage: "FILE [--data FOLDER] [--replace]",
  example: "./yardline restore yardline-20261122T020000Z.tar.zst --data /var/lib/yardline/town --replace",
  flags: {
    data: { type: "string", help: "The town's folder (.yardline/town)." },
    replace: { type: "boolean", help: "Moves a folder that is there aside; nothing is removed." },
  },
  positionals: { min: 1, max: 1 },
  async run(asked, world) {
    const [file = ""] = asked.positionals;
    const folder = optionalFlag(asked, "data") ?? join(world.root, ".yardline/town");
    const { manifest, aside, erased } = await restoreBackup({
      file,
      folder,
      replace: asked.flags["replace"] === true,
      clock: world.clock,
      report: (line) => void world.stderr.write(`yardline: ${line}\n`),
      signal: world.signal,
    });
    const say = (line: string): void => void world.stdout.write(`${line}\n`);
    say(
      `${folder} is as it was at ${manifest.made_at}${aside === undefined ? "" : `; what was there is in ${aside}`}`,
    );
    if (!manifest.media && aside !== undefined)
      say("the backup has no recordings; those that were there were kept");
    if (erased.noted > 0) say(`${erased.noted} erased occurrences stay erased`);
    if (erased.unread !== undefined) say(`what was erased since then must be erased again: ${erased.unread}`);
    for (const fault of manifest.damaged) say(`not in the backup: ${fault}`);
    if (manifest.folder_format < FOLDER_FORMAT) {
      say(`it is of Yardline ${manifest.release}: start that, or run ./yardline upgrade --data ${folder}`);
    }
    return 0;
  },
});
