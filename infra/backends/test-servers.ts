import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AppError, messageOf } from "@yardline/domain/errors";
import type { Running } from "./backend.ts";
import { BACKENDS, PORTS_BESIDE } from "./backends.ts";
import { freePort } from "./free-port.ts";

/**
 * Vitest's global set-up: stands by to start a real server when the first test of the run asks for it (`realServer` of the
 * testkit), so that a run of other tests waits for none. They live until the run ends and begin with empty folders.
 * @returns what ends them.
 */
export async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "yardline-servers-"));
  const started = new Map<string, Promise<Running>>();
  const start = async (name: string): Promise<Running> => {
    const backend = BACKENDS.find((each) => each.name === name);
    if (!backend) throw new AppError("BACKEND_FAILED", `There is no "${name}" to start for tests.`);
    return backend.start({ folder: join(folder, name), port: await freePort(PORTS_BESIDE), detached: false });
  };
  const door = createServer(async ({ url = "" }, response) => {
    const name = url.slice(1);
    const running = started.get(name) ?? start(name);
    started.set(name, running);
    try {
      response.end((await running).address);
    } catch (thrown) {
      response.writeHead(500, thrown instanceof AppError ? { "x-code": thrown.code } : {});
      response.end(messageOf(thrown));
    }
  }).listen(0, "127.0.0.1");
  await once(door, "listening");
  const address = door.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;
  process.env["YARDLINE_TEST_SERVERS"] = `http://127.0.0.1:${port}/`;
  return async () => {
    door.close();
    door.closeAllConnections();
    await Promise.allSettled([...started.values()].map(async (running) => (await running).stop()));
    await rm(folder, { recursive: true, force: true });
  };
}
