import { readdirSync, readFileSync } from "node:fs";

/** Every thread of a process: what it is called, as Node calls its own. */
type IsWanted = (name: string) => boolean;

/** `worker_threads`, which is where detectors are; what Node itself has besides collects garbage, compiles and writes files. */
export const isWorkerThread: IsWanted = (name) => name === "WorkerThread";

/**
 * Time on a processor of all threads that a process has now, in ms (proc(5), schedstat: nanoseconds). 0 once it has ended.
 * @param isWanted which of them, by name.
 */
export function cpuMsOf(pid: number, isWanted: IsWanted = () => true): number {
  try {
    return readdirSync(`/proc/${pid}/task`).reduce((sum, task) => {
      const of = (what: string) => readFileSync(`/proc/${pid}/task/${task}/${what}`, "utf8");
      return isWanted(of("comm").trim()) ? sum + Number(of("schedstat").split(" ")[0]) / 1e6 : sum;
    }, 0);
  } catch {
    return 0;
  }
}
