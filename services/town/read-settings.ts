import { AppError } from "@yardline/domain/errors";
import type { Static, TObject } from "typebox";
import { Value } from "typebox/value";
import { parseDocument } from "yaml";
import { lineFinder, type Problem, schemaProblems } from "./config-problems.ts";

export type { Problem };

/** The line on which a thing of the settings stands. */
export type LineOf = (path: readonly (string | number)[]) => number;

type Reading<Schema extends TObject> = {
  /** What the text is called when something is wrong with it. */
  readonly name: string;
  /** Whether the text has lines that a person could go to. */
  readonly lines: boolean;
  readonly schema: Schema;
  /** What is well-formed and yet cannot be meant. */
  meaning(value: Static<Schema>, lineOf: LineOf): Problem[];
};

/**
 * Reads settings in YAML.
 * @throws AppError `TOWN_CONFIG` whose message lists every problem at once, each with its line.
 */
export function readSettings<Schema extends TObject>(
  text: string,
  { name, lines, schema, meaning }: Reading<Schema>,
): Static<Schema> {
  const refusal = (problems: readonly Problem[]) => refusalOf(name, problems, lines);
  const document = parseDocument(text, { prettyErrors: false, schema: "core", uniqueKeys: true });
  const lineOf = lineFinder(text, document);
  const syntax = document.errors.map(
    ({ message, pos }): Problem => ({ line: lineOf.offset(pos[0]), message }),
  );
  if (syntax.length > 0) throw refusal(syntax);
  const value: unknown = document.toJS({ maxAliasCount: 20 });
  const problems = schemaProblems(schema, value).map(
    ({ path, message }): Problem => ({ line: lineOf.path(path), message }),
  );
  if (Value.Check(schema, value)) {
    if (problems.length === 0) problems.push(...meaning(value, lineOf.path));
    if (problems.length === 0) return value;
  }
  throw refusal(problems);
}

/** One thing to mend in settings that stand in no text. */
export type PlacedProblem = { readonly path: readonly (string | number)[]; readonly message: string };

/** The same of settings that come from a form: what is wrong, and in which field. */
export function judgeSettings<Schema extends TObject>(
  value: unknown,
  { schema, meaning }: Pick<Reading<Schema>, "schema" | "meaning">,
): readonly PlacedProblem[] {
  const breaches = schemaProblems(schema, value);
  if (breaches.length > 0 || !Value.Check(schema, value)) return breaches;
  // In the place of a line stands where its path is noted.
  const paths: PlacedProblem["path"][] = [];
  const problems = meaning(value, (path) => paths.push(path) - 1);
  return problems.map(({ line, message }) => ({ path: paths[line] ?? [], message }));
}

function refusalOf(name: string, problems: readonly Problem[], lines: boolean): AppError {
  const rows = problems
    .toSorted((a, b) => a.line - b.line)
    .map(({ line, message }) => (lines ? `  line ${line}: ${message}` : `  ${message}`));
  const count = problems.length === 1 ? "one problem" : `${problems.length} problems`;
  return new AppError("TOWN_CONFIG", `${name} has ${count}; nothing was started.\n${rows.join("\n")}`);
}
