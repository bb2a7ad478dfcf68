import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Trouble } from "@yardline/api/health-codes";
import { keepByAcme, NO_PAIR } from "@yardline/api/tls/acme-certificate";
import { keepGiven } from "@yardline/api/tls/given-certificate";
import type { KeepingParts } from "@yardline/api/tls/keeping";
import { openPublicDoor } from "@yardline/api/tls/public-door";
import { AUTHORITY, type PublicSettings } from "@yardline/api/tls/settings";
import type { FastifyInstance } from "fastify";
import { fromBase, type Site } from "../site.ts";

const HTTPS_PORT = 443;
const HTTP_PORT = 80;

/**
 * Serves the app to everybody over TLS, with a certificate out of files or one that is obtained and renewed.
 * @returns the address to open, once there is a certificate; how to close.
 * @throws AppError of what can be refused at once: ports that cannot be opened, files that are no certificate of this name.
 */
export async function openPublic(
  site: Pick<Site, "base" | "folder" | "clock" | "log" | "parts">,
  app: FastifyInstance,
  settings: PublicSettings,
): Promise<{ address(): string | undefined; close(): Promise<void> }> {
  const { name, port = HTTPS_PORT, http_port = HTTP_PORT, host } = settings;
  const challenges = new Map<string, string>();
  const door = await openPublicDoor(app, { name, port, http_port, challenges, ...(host && { host }) });
  const halt = new AbortController();
  const parts: KeepingParts = {
    ...{ name, clock: site.clock, log: site.log, use: door.use, random: Math.random },
    wait: (ms, signal) => delay(ms, undefined, { signal }),
  };
  try {
    const keeping = await keepingOf(site, settings, challenges)(parts, halt.signal);
    site.parts.run("certificate", false, keeping.ended, () => troubleOf(keeping.findTrouble()));
  } catch (thrown) {
    await door.close();
    throw thrown;
  }
  return {
    address() {
      const open = door.port();
      return open === undefined ? undefined : `https://${name}${open === HTTPS_PORT ? "" : `:${open}`}`;
    },
    async close() {
      halt.abort();
      await door.close();
    },
  };
}

function troubleOf(message: string | undefined): Trouble | undefined {
  if (message === undefined) return undefined;
  return { code: message.startsWith(NO_PAIR) ? "certificate-absent" : "certificate-unusable", message };
}

function keepingOf(
  { base, folder }: Pick<Site, "base" | "folder">,
  { certificate, key, authority = AUTHORITY, email }: PublicSettings,
  challenges: Map<string, string>,
) {
  return (parts: KeepingParts, signal: AbortSignal) => {
    if (certificate !== undefined && key !== undefined) {
      const files = { certificate: fromBase(base, certificate), key: fromBase(base, key) };
      return keepGiven(files, parts, signal);
    }
    const kept = join(folder, "certificate");
    const acme = { directory: authority, challenges, folder: kept, ...(email !== undefined && { email }) };
    return keepByAcme(acme, parts, signal);
  };
}
