import { randomBytes } from "node:crypto";
import { AppError, messageOf } from "@yardline/domain/errors";
import { isPassword, sealPassword } from "@yardline/trackers/device-password";
import { openDeviceDirectory } from "@yardline/trackers/devices";
import { type Listen, startGateway } from "@yardline/trackers/gateway";
import { runOnward } from "@yardline/trackers/onward";
import { readSecretText, type Site } from "../site.ts";

/** Shorter words are found by trying. */
const TOKEN_CHARS_MIN = 16;

/** Takes what the buses' trackers send, and passes positions on to whom the settings name. @returns where it listens; nowhere when the settings name no tracker. */
export async function startTaking(site: Site, signal: AbortSignal): Promise<readonly Listen[]> {
  const { config, stores, parts, clock, log } = site;
  const { trackers = [], devices = [], onward = [], unknown_devices: unknown = "quarantine" } = config;
  for (const hub of onward) {
    const passing = runOnward({ bus: await stores.bus(), hub, clock, log }, signal);
    parts.run(`positions onward to ${hub.name}`, true, passing);
  }
  if (trackers.length === 0) return [];
  const [bus, records] = await Promise.all([stores.bus(), stores.records()]);
  const listen = await Promise.all(
    trackers.map(async ({ protocol, port, host = "127.0.0.1", token_file }) => ({
      ...{ protocol, port, host },
      ...(token_file !== undefined && { isToken: await readToken(site, token_file) }),
    })),
  );
  const directory = openDeviceDirectory(records, clock, { devices, unknown });
  const gateway = await startGateway({ listen, devices: directory, bus, clock, log }, signal);
  parts.run("tracker gateway", true, gateway.stopped);
  return gateway.listening;
}

/** @returns whether a word is the one that the file holds. @throws AppError `TOWN_CONFIG`, never with the word. */
async function readToken(site: Site, file: string): Promise<(given: string | undefined) => boolean> {
  const token = await readSecretText(site, file).then(
    (text) => text.trim(),
    (cause: unknown) => {
      throw new AppError("TOWN_CONFIG", `token_file cannot be read: ${messageOf(cause)}`, { cause });
    },
  );
  if (token.length < TOKEN_CHARS_MIN || !/^[\w.~+/=-]+$/.test(token)) {
    const mend = "make one with: openssl rand -hex 24";
    throw new AppError(
      "TOWN_CONFIG",
      `token_file ${file} must hold one word of at least ${TOKEN_CHARS_MIN} letters and digits; ${mend}.`,
    );
  }
  const sealed = sealPassword(token, randomBytes(16));
  return (given) => isPassword(sealed, given);
}
