import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { AppError, messageOf } from "@yardline/domain/errors";
import type { Records } from "@yardline/records/records";
import { findTrackerProtocol } from "@yardline/sources/trackers/protocols";
import { sealPassword } from "@yardline/trackers/device-password";
import { adoptDevice, forgetDevice, listDevices } from "@yardline/trackers/devices";
import { ownStores } from "../own-stores.ts";
import { defineVerb, optionalFlag, UsageError } from "../verb.ts";

const text = { type: "string" } as const;

/** Which tracker is on which bus, and which ones knock in vain. */
export const trackers = defineVerb({
  name: "trackers",
  summary: "Shows the trackers that are known and that knock in vain; gives one to a bus.",
  usage:
    "list | adopt PROTOCOL DEVICE BUS [--password-file FILE] | forget PROTOCOL DEVICE [--records postgres://…|@FILE | --data FOLDER]",
  example: "./yardline trackers adopt wialon-ips 350000000000001 12",
  flags: {
    "password-file": {
      ...text,
      help: "adopt: a file with the password that the tracker logs in with, where its protocol has one.",
    },
    records: { ...text, help: "postgres://… or @FILE that holds it; or YARDLINE_RECORDS." },
    data: { ...text, help: "Folder of a town that does not run now (.yardline/town)." },
  },
  positionals: { min: 1, max: 4 },
  async run(asked, world) {
    const [what = "", ...named] = asked.positionals;
    const work = { list, adopt, forget }[what];
    if (!work) throw new UsageError(`trackers: there is list, adopt and forget, no "${what}"`);
    const password_file = optionalFlag(asked, "password-file");
    await using closing = new AsyncDisposableStack();
    const stores = await ownStores(asked, world, closing);
    const records = await stores.records();
    world.stdout.write(
      `${await work({ records, named, ...(password_file !== undefined && { password_file }) })}\n`,
    );
    return 0;
  },
});

type Work = {
  readonly records: Records;
  readonly named: readonly string[];
  readonly password_file?: string;
};

async function list({ records }: Work): Promise<string> {
  const { adopted, unknown } = await listDevices(records);
  return [
    ...adopted.map(
      ({ protocol, device_id, vehicle_id, password }) =>
        `${protocol} ${device_id}: bus ${vehicle_id}${password ? ", with a password" : ""}`,
    ),
    ...unknown.map(
      ({ protocol, device_id, first_seen_at, last_seen_at }) =>
        `${protocol} ${device_id}: UNKNOWN, knocked first ${first_seen_at}, last ${last_seen_at}`,
    ),
    `${adopted.length} known, ${unknown.length} unknown; those of the settings are not among them`,
  ]
    .map(shown)
    .join("\n");
}

/** Strangers chose these names, and nothing of theirs may steer the terminal. */
function shown(line: string): string {
  return line.replaceAll(/\p{Cc}/gu, "\uFFFD");
}

async function adopt({ records, named, password_file }: Work): Promise<string> {
  const [protocol = "", device_id = "", vehicle_id = ""] = named;
  if (named.length !== 3) throw new UsageError("trackers: adopt PROTOCOL DEVICE BUS");
  if (!findTrackerProtocol(protocol)) throw new UsageError(`trackers: there is no protocol "${protocol}"`);
  const password = password_file === undefined ? undefined : await readPassword(password_file);
  await adoptDevice(records, {
    ...{ protocol, device_id, vehicle_id },
    ...(password !== undefined && { password: sealPassword(password, randomBytes(16)) }),
  });
  return `${protocol} ${device_id} is bus ${vehicle_id} from its next connection on.`;
}

async function readPassword(path: string): Promise<string> {
  const content = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new AppError("PASSWORD_FILE", `${path} cannot be read: ${messageOf(cause)}.`, { cause });
  });
  const password = content.trim();
  if (password === "") throw new AppError("PASSWORD_FILE", `${path} holds no password.`);
  return password;
}

async function forget({ records, named }: Work): Promise<string> {
  const [protocol = "", device_id = ""] = named;
  if (named.length !== 2) throw new UsageError("trackers: forget PROTOCOL DEVICE");
  await forgetDevice(records, { protocol, device_id });
  return `${protocol} ${device_id} is unknown from its next connection on.`;
}
