import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer as createHttpServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { buildDemoTown } from "@yardline/town/demo/demo-town";
import { onTestFinished } from "vitest";
import { stringify } from "yaml";
import { TownProcess } from "./town-process.ts";
import { settingsOf } from "./town-settings.ts";

const ROOT = join(import.meta.dirname, "../..");

type ServedCamera = { readonly port: number; close(): void };

/** An HTTP camera on loopback, on a port of its own, until it is closed. */
export async function serveCamera(answer: RequestListener): Promise<ServedCamera> {
  const server = createHttpServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Ports of loopback that nobody had a moment ago. */
async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, "127.0.0.1"));
  await Promise.all(servers.map((server) => once(server, "listening")));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  for (const server of servers) server.close();
  return ports;
}

export type TestTown = TownProcess & { readonly tracker_port: number };

/**
 * Starts a whole town of its own for one test, and kills it afterwards.
 * @param folder for its settings, its log and, where `data` says nothing else, its stores.
 * @param options addresses of cameras by their ids.
 */
export async function startTestTown(
  folder: string,
  {
    cameras = {},
    data = join(folder, "data"),
  }: { cameras?: Readonly<Record<string, string>>; data?: string },
): Promise<TestTown> {
  const [port = 0, tracker_port = 0] = await freePorts(2);
  for (const [id, address] of Object.entries(cameras)) {
    await writeFile(join(folder, `${id}.url`), address, { mode: 0o600 });
  }
  await writeFile(join(folder, "gtfs.zip"), await buildDemoTown().buildGtfs());
  const config = join(folder, "town.yaml");
  await writeFile(config, stringify(settingsOf(Object.keys(cameras), tracker_port)));
  const town = new TownProcess(ROOT, {
    config: { path: config, tenant: "town" },
    folder: data,
    port,
    log: join(folder, "town.log"),
  });
  onTestFinished(() => town.kill());
  await town.start();
  return Object.assign(town, { tracker_port });
}
