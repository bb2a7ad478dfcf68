import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { LoadAnswer, LoadOrder } from "./api-load-child.ts";

/** Asks the doors from a process of its own, so that the asking costs the doors nothing but the machine. */
export async function loadApart(order: LoadOrder): Promise<LoadAnswer> {
  const child = fork(join(import.meta.dirname, "api-load-child.ts"), {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  child.send(order);
  const [answer] = await once(child, "message");
  return answer as LoadAnswer;
}
