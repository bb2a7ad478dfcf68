import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/**
 * Runs a TypeScript file in a process of its own and kills it with SIGKILL, `after_ms` after it first printed something.
 * @returns the lines that it printed whole: a line that was cut off was not told to anybody.
 */
export async function runUntilKilled(
  file: URL,
  args: readonly string[],
  after_ms: number,
): Promise<string[]> {
  const child = spawn(process.execPath, [fileURLToPath(file), ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
  });
  await Promise.race([once(child.stdout, "data"), once(child, "close")]);
  await delay(after_ms);
  child.kill("SIGKILL");
  if (child.exitCode === null && child.signalCode === null) await once(child, "close");
  return printed.split("\n").slice(0, -1);
}
