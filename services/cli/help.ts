import type { Verb } from "./verb.ts";

/** The page of `./yardline help`. */
export function helpText(verbs: readonly Verb[]): string {
  const width = Math.max(...verbs.map(({ name }) => name.length), 4);
  const rows = verbs.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return [
    "Yardline: a town's event spine. Usage: ./yardline VERB [--help]",
    "",
    ...rows,
    `  ${"help".padEnd(width)}  This page.`,
    "",
  ].join("\n");
}

/** The page of one verb's `--help`. */
export function helpOf(verb: Verb): string {
  const flags = Object.entries(verb.flags).map(([name, { type, help }]) => {
    const flag = type === "boolean" ? `--${name}` : `--${name} …`;
    return `  ${flag.padEnd(22)}${help}`;
  });
  return [
    verb.summary,
    "",
    `  ./yardline ${verb.name} ${verb.usage}`.trimEnd(),
    ...(flags.length > 0 ? ["", ...flags] : []),
    "",
    "Example:",
    `  ${verb.example}`,
    "",
  ].join("\n");
}
