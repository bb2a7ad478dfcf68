import { readdirSync, readFileSync } from "node:fs";

/** Time on a processor of all threads that a process has now, in ms (proc(5), schedstat: nanoseconds). 0 once it has ended. */
export function cpuMsOf(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/task`).reduce((sum, task) => {
      const [ns = "0"] = readFileSync(`/proc/${pid}/task/${task}/schedstat`, "utf8").split(" ");
      return sum + Number(ns) / 1e6;
    }, 0);
  } catch {
    return 0;
  }
}
