import { resolve } from "node:path";
import { installUnits } from "@yardline/upkeep/install-units";
import { serviceCommands, serviceUnits } from "@yardline/upkeep/service-units";
import { setUp } from "../set-up.ts";
import { defineVerb, optionalFlag, UsageError } from "../verb.ts";

const text = { type: "string" } as const;
const USER = "yardline";
const CONFIG = "/etc/yardline/town.yaml";
const DATA = "/var/lib/yardline/town";
const BACKUPS = "/var/backups/yardline";

/** Makes the town start with the machine. */
export const installService = defineVerb({
  name: "install-service",
  summary: "Makes the town start with the machine (systemd), confined, with a backup each night.",
  usage: "[--user NAME] [--config FILE] [--data FOLDER] [--backups FOLDER] [--print]",
  example: "sudo ./yardline install-service --config /etc/yardline/town.yaml",
  flags: {
    user: { ...text, help: `Who runs it; made where it is missing (${USER}).` },
    config: { ...text, help: `The town.yaml (${CONFIG}).` },
    data: { ...text, help: `The town's folder; the folder above it belongs to the service too (${DATA}).` },
    backups: { ...text, help: `Where the nightly backups go; another disk is better (${BACKUPS}).` },
    print: { type: "boolean", help: "Only shows what would be written and run." },
  },
  async run(asked, world) {
    const path = (name: string, otherwise: string): string =>
      plain(resolve(optionalFlag(asked, name) ?? otherwise));
    const user = optionalFlag(asked, "user") ?? USER;
    if (!/^[a-z_][a-z0-9_-]{0,30}$/.test(user)) throw new UsageError(`--user ${user} is no name of a user`);
    const settings = {
      user,
      root: plain(world.root),
      config: path("config", CONFIG),
      data: path("data", DATA),
      backups: path("backups", BACKUPS),
    };
    if (asked.flags["print"] === true) {
      for (const unit of serviceUnits(settings)) world.stdout.write(`# ${unit.name}\n${unit.text}\n`);
      for (const command of serviceCommands(settings, false)) world.stdout.write(`# ${command.join(" ")}\n`);
      return 0;
    }
    // The service may write to nothing of the checkout: what is made once is made now.
    await setUp(world, ["detector", "page"]);
    await installUnits(settings, (line) => void world.stderr.write(`yardline: ${line}\n`));
    world.stdout.write("running; systemctl status yardline and journalctl -u yardline tell how it does\n");
    return 0;
  },
});

function plain(path: string): string {
  if (!/\p{Cc}/u.test(path)) return path;
  throw new UsageError("a path with a line break or another control character cannot stand in a unit");
}
