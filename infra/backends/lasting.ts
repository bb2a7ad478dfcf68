import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Backend } from "./backend.ts";
import { listServers, type ServerProcess } from "./server-process.ts";

export type BackendStatus = {
  readonly name: Backend["name"];
  /** Empty when it does not run. */
  readonly pids: readonly number[];
  readonly address: string | undefined;
  /** Whether it does what it is asked. */
  readonly answers: boolean;
};

/**
 * Starts a server that outlives this process, with what it keeps in `root/NAME`; or finds it running.
 * @throws AppError of the backend's `start`.
 */
export async function startLasting(root: string, backend: Backend): Promise<BackendStatus> {
  const folder = join(root, backend.name);
  mkdirSync(folder, { recursive: true });
  const { address } = await backend.start({ folder, port: backend.port, detached: true });
  writeFileSync(addressFile(folder), address, { mode: 0o600 });
  return statusOf(root, backend);
}

/** Ends it if it runs; what it keeps stays. @returns the processes that ended. */
export async function stopLasting(root: string, backend: Backend): Promise<readonly number[]> {
  const folder = join(root, backend.name);
  const servers = serversBelow(folder);
  await Promise.all(servers.map((server) => server.stop()));
  rmSync(addressFile(folder), { force: true });
  return servers.map(({ pid }) => pid);
}

export async function statusOf(root: string, backend: Backend): Promise<BackendStatus> {
  const folder = join(root, backend.name);
  const pids = serversBelow(folder).map(({ pid }) => pid);
  const address = pids.length > 0 ? addressIn(folder) : undefined;
  const answers = address !== undefined && (await backend.answers(address));
  return { name: backend.name, pids, address, answers };
}

/** A backend of several processes has a subfolder for each. */
function serversBelow(folder: string): readonly ServerProcess[] {
  let subfolders: readonly string[];
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    subfolders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
  } catch {
    return []; // Never started.
  }
  return [folder, ...subfolders].flatMap(listServers);
}

function addressIn(folder: string): string | undefined {
  try {
    return readFileSync(addressFile(folder), "utf8");
  } catch {
    return undefined; // Killed while it was being started.
  }
}

const addressFile = (folder: string): string => join(folder, "address");
