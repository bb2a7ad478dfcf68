import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { fileURLToPath } from "node:url";

/** A TypeScript file in a process of its own, started again and again, its whole lines kept. */
export class Child {
  readonly #file: string;
  readonly #log: string;
  /** Whole lines of all its lives: one that a kill cut off was not told to anybody. */
  readonly lines: string[] = [];
  #process: ChildProcess | undefined;

  /** @param log a file that gets what it writes to standard error. */
  constructor(file: URL, log: string) {
    this.#file = fileURLToPath(file);
    this.#log = log;
  }

  /** @returns its first line, once it has printed it. */
  async start(args: readonly string[]): Promise<string> {
    const child = spawn(process.execPath, [this.#file, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    this.#process = child;
    child.stderr.pipe(createWriteStream(this.#log, { flags: "a" }));
    const first = this.lines.length;
    let unfinished = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      const lines = (unfinished + text).split("\n");
      unfinished = lines.pop() ?? "";
      this.lines.push(...lines);
    });
    while (this.lines.length === first) {
      await Promise.race([once(child.stdout, "data"), once(child, "close")]);
      if (child.exitCode !== null) throw new Error(`the process ended; its words are in ${this.#log}`);
    }
    return this.lines[first] ?? "";
  }

  signal(name: NodeJS.Signals): void {
    this.#process?.kill(name);
  }

  /** Ends it and waits until it is gone. */
  async end(name: "SIGKILL" | "SIGTERM"): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, "close");
    child.kill(name);
    await closed;
  }
}
