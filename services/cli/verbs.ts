import type { Verb } from "./verb.ts";

/** Every verb of the command line, in the order `help` lists them. */
export const VERBS: readonly Verb[] = [];
