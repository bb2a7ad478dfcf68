import { writeSync } from "node:fs";

/**
 * Prints a line at once: what `run-until-killed.ts` has read was really told. A pipe that is full for the moment is waited for;
 * lines shorter than a pipe's atomic write (4096 bytes) come whole or not at all.
 */
export function tellParent(line: string): void {
  for (;;) {
    try {
      writeSync(1, `${line}\n`);
      return;
    } catch (thrown) {
      if (!(thrown instanceof Error && "code" in thrown && thrown.code === "EAGAIN")) throw thrown;
    }
  }
}
