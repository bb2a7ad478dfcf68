import { readdirSync, readFileSync } from "node:fs";

export type Process = {
  readonly pid: number;
  readonly parent: number;
  /** Arguments, one a place. */
  readonly argv: readonly string[];
};

/** Every process of this machine that may be read. */
export function listProcesses(): readonly Process[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, "utf8");
        // The second field is the program's name in brackets, which may hold spaces and brackets itself.
        const [, parent = "0"] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        const argv = readFileSync(`/proc/${name}/cmdline`, "utf8")
          .split("\0")
          .filter((part) => part !== "");
        return [{ pid: Number(name), parent: Number(parent), argv }];
      } catch {
        return []; // It ended while we looked.
      }
    });
}

/** A process and all that it started, itself first. */
export function treeOf(pid: number): readonly Process[] {
  const all = listProcesses();
  const tree = all.filter((each) => each.pid === pid);
  for (const { pid: parent } of tree) tree.push(...all.filter((each) => each.parent === parent));
  return tree;
}

/** Proportional set size in bytes: memory shared by several processes counts for each in equal parts (proc(5), smaps_rollup). */
export function pssOf(pid: number): number {
  try {
    const [, kb = "0"] = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8")) ?? [];
    return Number(kb) * 1024;
  } catch {
    return 0; // It ended while we looked.
  }
}

/** Environment of a process as text, empty once it has ended. */
export function environOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8");
  } catch {
    return "";
  }
}

/** Linux counts a process's time in these (proc(5), sysconf(_SC_CLK_TCK)). */
const TICKS_PER_S = 100;

/** Processor seconds that a process and all that it started have used, those that have ended included. */
export function cpuSecondsOf(pid: number): number {
  return treeOf(pid).reduce((sum, each) => {
    try {
      const stat = readFileSync(`/proc/${each.pid}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      // utime, stime, and the same of children that were waited for: fields 14 to 17 of the line.
      const ticks = fields.slice(11, 15).reduce((total, field) => total + Number(field), 0);
      return sum + ticks / TICKS_PER_S;
    } catch {
      return sum; // It ended while we looked.
    }
  }, 0);
}
