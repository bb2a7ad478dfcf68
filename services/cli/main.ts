import { join } from "node:path";
import { parseArgs } from "node:util";
import { AppError } from "@yardline/domain/errors";
import { systemClock } from "@yardline/domain/time";
import { helpOf, helpText } from "./help.ts";
import { UsageError, type Verb, type World } from "./verb.ts";
import { VERBS } from "./verbs.ts";

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

/** Finds the verb, reads its flags, runs it. @returns the exit code. */
export async function runCommand(argv: readonly string[], world: World): Promise<number> {
  const [name = "help", ...rest] = argv;
  if (name === "help" || name === "--help" || name === "-h") {
    world.stdout.write(helpText(VERBS));
    return 0;
  }
  const verb = VERBS.find((each) => each.name === name);
  try {
    if (!verb) throw new UsageError(`there is no "${name}"; ./yardline help lists what there is`);
    return await runVerb(verb, rest, world);
  } catch (thrown) {
    if (thrown instanceof UsageError) {
      world.stderr.write(`yardline: ${thrown.message}\n`);
      return EXIT_USAGE;
    }
    if (thrown instanceof AppError) {
      world.stderr.write(`yardline ${name}: ${printable(thrown.message)}\n`);
      return EXIT_FAILED;
    }
    throw thrown;
  }
}

/** A message may quote a broken file, and nothing in a file may steer the terminal. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}--[\n]]/gv, "\uFFFD");
}

async function runVerb(verb: Verb, rest: readonly string[], world: World): Promise<number> {
  if (rest.includes("--help") || rest.includes("-h")) {
    world.stdout.write(helpOf(verb));
    return 0;
  }
  const { values, positionals } = parsed(verb, rest);
  const { min, max } = verb.positionals ?? { min: 0, max: 0 };
  if (positionals.length < min || positionals.length > max) {
    throw new UsageError(`usage: ./yardline ${verb.name} ${verb.usage}`);
  }
  return verb.run({ flags: values, positionals }, world);
}

function parsed(verb: Verb, rest: readonly string[]) {
  try {
    return parseArgs({ args: [...rest], options: { ...verb.flags }, allowPositionals: true, strict: true });
  } catch (cause) {
    // Node's own messages run over several sentences; the first one says what is wrong.
    const [first = "bad arguments"] = String((cause as Error).message).split(/\.\s/);
    throw new UsageError(`${verb.name}: ${first}; ./yardline ${verb.name} --help shows an example`);
  }
}

if (import.meta.main) {
  const stop = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stop.abort());
  // Whoever read our output has had enough (`| head`): no failure, but nothing more to do either.
  process.stdout.on("error", ({ code, message }: NodeJS.ErrnoException) => {
    if (code === "EPIPE") process.exit(0);
    process.stderr.write(`yardline: what was found cannot be written: ${message}\n`);
    process.exit(EXIT_FAILED);
  });
  process.exitCode = await runCommand(process.argv.slice(2), {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    clock: systemClock,
    signal: stop.signal,
    root: join(import.meta.dirname, "../.."),
  });
}
