import { join } from "node:path";
import { Writable } from "node:stream";
import { handClock } from "@yardline/testkit/hand-clock";
import { runCommand } from "./main.ts";
import type { Verb, World } from "./verb.ts";

export type Said = { readonly code: number; readonly out: string; readonly err: string };

/** A world whose output is kept as text, and which aborts when told to. */
export function testWorld(signal: AbortSignal = new AbortController().signal) {
  const said = { out: "", err: "" };
  const sink = (name: "out" | "err") =>
    new Writable({
      write(chunk, _encoding, done) {
        said[name] += String(chunk);
        done();
      },
    });
  const world: World = {
    stdin: process.stdin,
    stdout: sink("out"),
    stderr: sink("err"),
    env: {},
    clock: handClock(),
    signal,
    root: join(import.meta.dirname, "../.."),
  };
  return { world, said };
}

/** Runs a command line as typed after `./yardline`. */
export async function run(...argv: string[]): Promise<Said> {
  const { world, said } = testWorld();
  return { code: await runCommand(argv, world), ...said };
}

/** Runs one verb with flags as they are parsed. */
export async function runVerb(
  verb: Verb,
  flags: Readonly<Record<string, string | boolean | readonly string[]>>,
  positionals: readonly string[] = [],
): Promise<Said> {
  const { world, said } = testWorld();
  return { code: await verb.run({ flags, positionals }, world), ...said };
}
