import type { ParseArgsOptionsConfig } from "node:util";
import type { Clock } from "@yardline/domain/time";

/** What a verb may use of the outside world. */
export type World = {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Aborts on SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
  /** The checkout: where the launcher, the models and the built page are. */
  readonly root: string;
};

export type Given = {
  /** Flags as `node:util` parseArgs gives them. */
  readonly flags: Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;
  readonly positionals: readonly string[];
};

/** One word of the command line. One file of `verbs/` each, its test beside it, one line in `verbs.ts`. */
export type Verb = {
  readonly name: string;
  /** One line for `./yardline help`. */
  readonly summary: string;
  /** Everything after the verb, as in `VIDEO --out FILE [--boxes FILE]`. */
  readonly usage: string;
  /** A whole command that works when typed. */
  readonly example: string;
  /** A sentence a flag; the parser takes exactly these. */
  readonly flags: Readonly<Record<string, ParseArgsOptionsConfig[string] & { readonly help: string }>>;
  /** The name of the positional arguments and how many; none are taken where it is absent. */
  readonly positionals?: { readonly min: number; readonly max: number };
  /** @returns the exit code; an AppError thrown is printed as one line with exit code 1, a `UsageError` with 2. */
  run(given: Given, world: World): Promise<number>;
};

export function defineVerb(verb: Verb): Verb {
  return verb;
}

/** The command line itself is wrong: one line, exit code 2. */
export class UsageError extends Error {}

/** A flag that must be there, as text. */
export function textFlag({ flags }: Given, name: string): string {
  const value = flags[name];
  if (typeof value !== "string" || value === "") throw new UsageError(`--${name} is missing`);
  return value;
}

/** A flag that may be there, as text. */
export function optionalFlag({ flags }: Given, name: string): string | undefined {
  const value = flags[name];
  return typeof value === "string" ? value : undefined;
}
