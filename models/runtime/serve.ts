import { setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { assert } from "@yardline/domain/assert";
import { messageOf } from "@yardline/domain/errors";

/** As of the children that decode for us (`decoder-arguments.ts`): on a full machine recording goes first. */
const NICENESS = 5;

/** What a worker tells the pool. `ready` comes once; then one `result` or `failure` for each job. */
export type Reply<Result> =
  | { readonly kind: "ready" }
  | { readonly kind: "result"; readonly result: Result }
  | { readonly kind: "failure"; readonly message: string };

/** What the pool tells a worker: one job, or to go. */
export type Order<Job> = { readonly kind: "job"; readonly job: Job } | { readonly kind: "close" };

type Work<Job, Result> = { run(job: Job): Promise<Result>; close(): Promise<void> };

/**
 * The worker's side of `WorkerPool`: opens what it works with, then does one job after the other. A job that throws is a
 * failure of that job alone; when opening throws, the worker dies of it and the pool says why.
 */
export async function serve<Settings, Job, Result>(
  open: (settings: Settings) => Promise<Work<Job, Result>>,
): Promise<void> {
  const port = parentPort;
  assert(port !== null, "this file runs as a worker");
  const send = (reply: Reply<Result>) => port.postMessage(reply);
  // Of this thread and of those that it starts. Elsewhere than on Linux the number is the whole process's.
  if (process.platform === "linux") setPriority(NICENESS);
  const work = await open(workerData);
  port.on("message", async (order: Order<Job>) => {
    if (order.kind === "close") {
      await work.close();
      port.close();
      return;
    }
    try {
      send({ kind: "result", result: await work.run(order.job) });
    } catch (thrown) {
      send({ kind: "failure", message: messageOf(thrown) });
    }
  });
  send({ kind: "ready" });
}
