import { once } from "node:events";
import { createServer } from "node:net";
import { AppError } from "@yardline/domain/errors";

/** Below the range from which Linux takes the near end of outgoing connections. */
const FIRST = 22_000;
const COUNT = 10_000;
const TRIES_MAX = 100;

/** A port of loopback that nobody listens on now, nor on the `beside` ones after it: for a test's server, which takes them at once. */
export async function freePort(beside = 0): Promise<number> {
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    const port = FIRST + Math.floor(Math.random() * COUNT);
    const all = Array.from({ length: beside + 1 }, (_, at) => isFree(port + at));
    if ((await Promise.all(all)).every(Boolean)) return port;
  }
  throw new AppError("BACKEND_FAILED", `There are no ${beside + 1} free ports in a row on this machine.`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
