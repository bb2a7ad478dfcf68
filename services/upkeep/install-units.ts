import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readdir, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { AppError } from "@yardline/domain/errors";
import { isOurs } from "./data-folder.ts";
import { type ServiceSettings, serviceCommands, serviceUnits } from "./service-units.ts";

/** Where an administrator's own units are. */
const UNIT_FOLDER = "/etc/systemd/system";

/**
 * Writes the units and runs what makes them work; running it again changes nothing.
 * @throws AppError `SERVICE_ROOT` when it may not, with the command that may; `SERVICE_CONFIG`, `SERVICE_CHECKOUT`, `SERVICE_FOLDER`, `SERVICE_COMMAND`,
 *   and once the units are written, `FOLDER_OLD` or `FOLDER_NEW` where the town could not start on its folder.
 */
export async function installUnits(
  settings: ServiceSettings,
  report: (line: string) => void,
  uid = process.getuid?.(),
): Promise<void> {
  if (uid !== 0) {
    const again = `sudo ${settings.root}/yardline install-service`;
    throw new AppError(
      "SERVICE_ROOT",
      `Units are written by root: run ${again} with the same flags, or give --print.`,
    );
  }
  if (!existsSync(settings.config)) {
    throw new AppError("SERVICE_CONFIG", `${settings.config} is not there: write the town's settings first.`);
  }
  await refuseHidden(settings.root);
  const owner = await findUid(settings.user);
  for (const folder of [dirname(settings.data), settings.backups]) await refuseShared(folder, owner);
  for (const unit of serviceUnits(settings)) {
    await writeFile(join(UNIT_FOLDER, unit.name), unit.text, { mode: 0o644 });
    report(`wrote ${join(UNIT_FOLDER, unit.name)}`);
  }
  await isOurs(settings.data);
  for (const command of serviceCommands(settings, owner !== undefined)) {
    report(command.join(" "));
    await run(command);
  }
}

/** The user of the service has to reach the checkout through every folder above it. */
async function refuseHidden(root: string): Promise<void> {
  for (let folder = root; ; folder = dirname(folder)) {
    if (((await stat(folder)).mode & 0o005) !== 0o005) {
      const mend = "Move the checkout to /opt/yardline, for one, and run this there.";
      throw new AppError("SERVICE_CHECKOUT", `No other user may enter ${folder}. ${mend}`);
    }
    if (folder === dirname(folder)) return;
  }
}

/** These are given to the user of the service, so nobody else may have anything in them. */
async function refuseShared(folder: string, owner: number | undefined): Promise<void> {
  const found = await stat(folder).catch(() => undefined);
  if (!found || found.uid === owner) return;
  const others = (await readdir(folder)).filter((name) => name !== "lost+found");
  if (others.length === 0) return;
  const mend =
    "Name one below it that is the service's own: /var/lib/yardline/town and /var/backups/yardline, for instance.";
  throw new AppError(
    "SERVICE_FOLDER",
    `${folder} would belong to the service, and ${others[0]} is in it. ${mend}`,
  );
}

async function findUid(user: string): Promise<number | undefined> {
  const [code, said] = await outcomeOf(["id", "-u", user], "pipe");
  return code === 0 ? Number(said) : undefined;
}

async function run(command: readonly string[]): Promise<void> {
  const [code] = await outcomeOf(command, "inherit");
  if (code === 0) return;
  throw new AppError("SERVICE_COMMAND", `That ended with ${code}; mend it and run this again.`);
}

async function outcomeOf(
  [command = "", ...args]: readonly string[],
  stdout: "pipe" | "inherit",
): Promise<readonly [code: number | null, said: string]> {
  const child = spawn(command, args, { stdio: ["ignore", stdout, stdout === "pipe" ? "ignore" : "inherit"] });
  try {
    const [said, [code]] = await Promise.all([child.stdout ? text(child.stdout) : "", once(child, "close")]);
    return [code, said];
  } catch (cause) {
    const none = `There is no ${command} on this machine; --print shows the units.`;
    throw new AppError("SERVICE_COMMAND", none, { cause });
  }
}
