import { join } from "node:path";
import { upgradeFolder } from "@yardline/upkeep/upgrade";
import { defineVerb, optionalFlag } from "../verb.ts";

/** Carries a town's folder to this release. */
export const upgrade = defineVerb({
  name: "upgrade",
  summary: "Carries a stopped town's folder to this release, after a backup; goes on when interrupted.",
  usage: "[--data FOLDER] [--backup FILE.tar.zst]",
  example: "./yardline upgrade --data /var/lib/yardline/town",
  flags: {
    data: { type: "string", help: "The town's folder (.yardline/town)." },
    backup: { type: "string", help: "Where the backup is made (beside the folder)." },
  },
  async run(asked, world) {
    const folder = optionalFlag(asked, "data") ?? join(world.root, ".yardline/town");
    const { from, to, backup } = await upgradeFolder({
      folder,
      file: optionalFlag(asked, "backup"),
      clock: world.clock,
      report: (line) => void world.stderr.write(`yardline: ${line}\n`),
      signal: world.signal,
    });
    const say = (line: string): void => void world.stdout.write(`${line}\n`);
    if (backup === undefined) {
      say(`${folder} is of format ${to} already; there is nothing to do`);
      return 0;
    }
    say(`${folder} went from format ${from} to ${to}`);
    say(`to go back: ./yardline restore ${backup} --data ${folder} --replace, then start the release before`);
    return 0;
  },
});
