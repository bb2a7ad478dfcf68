import type { TSchema } from "typebox";
import { Settings } from "typebox/system";
import { Value } from "typebox/value";
import { type Document, isNode, LineCounter, parseDocument } from "yaml";

/** One thing to mend, and where. */
export type Problem = { readonly line: number; readonly message: string };

type Path = readonly (string | number)[];
type SchemaError = ReturnType<typeof Value.Errors>[number];

/** More problems than this in one file are cut off: nobody reads them at once. */
const PROBLEMS_MAX = 200;

/** Tells on which line of the text something stands; a thing that is missing is told by what should hold it. */
export function lineFinder(text: string, document: Document) {
  const lines = new LineCounter();
  parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const offset = (position: number): number => lines.linePos(position).line;
  const path = (wanted: Path): number => {
    for (let depth = wanted.length; depth > 0; depth--) {
      const node = document.getIn(wanted.slice(0, depth), true);
      if (isNode(node) && node.range) return offset(node.range[0]);
    }
    return 1;
  };
  return { offset, path };
}

/** Every breach of the schema, each told once and in words that say what is wanted. */
export function schemaProblems(schema: TSchema, value: unknown): { path: Path; message: string }[] {
  const before = Settings.Get().maxErrors;
  Settings.Set({ maxErrors: PROBLEMS_MAX });
  const errors = Value.Errors(schema, value);
  Settings.Set({ maxErrors: before });
  const said = new Map<string, { path: Path; message: string }>();
  for (const { pointer, message } of ofChosenBranches(errors).flatMap((error) => worded(schema, error))) {
    const path = pathOf(pointer);
    said.set(`${pointer} ${message}`, { path, message: `${dotted(path)}${message}` });
  }
  return [...said.values()];
}

/**
 * A choice between objects fails in each of its branches. What a person wants to know is what is wrong with the branch
 * that was meant: the one whose constant (`form: burnt-in`) fits; and where none fits, which constants there are.
 */
function ofChosenBranches(errors: readonly SchemaError[]): SchemaError[] {
  const notMeant = errors.filter(({ keyword }) => keyword === "const").map(branchOf);
  const isMeant = (error: SchemaError): boolean =>
    !notMeant.some(
      ({ schema, instance }) => within(error.schemaPath, schema) && within(error.instancePath, instance),
    );
  const kept = errors.filter(
    (error) => error.keyword !== "anyOf" && error.keyword !== "boolean" && isMeant(error),
  );
  const untold = errors.filter(
    ({ keyword, instancePath }) =>
      keyword === "anyOf" && !kept.some((error) => within(error.instancePath, instancePath)),
  );
  return [...kept, ...untold.map((choice) => namingConstants(choice, errors))];
}

/** The branch of a choice that a failed constant rules out, and the object of which it does so. */
function branchOf({ schemaPath, instancePath }: SchemaError): { schema: string; instance: string } {
  const schema = /^.*\/anyOf\/\d+/.exec(schemaPath)?.[0] ?? schemaPath;
  return { schema, instance: instancePath.slice(0, instancePath.lastIndexOf("/")) };
}

function within(pointer: string, outer: string): boolean {
  return `${pointer}/`.startsWith(`${outer}/`);
}

function namingConstants(choice: SchemaError, errors: readonly SchemaError[]): SchemaError {
  const constants = errors.filter(
    ({ keyword, instancePath }) => keyword === "const" && within(instancePath, choice.instancePath),
  );
  const allowedValues = constants.map(({ params }) => (params as { allowedValue: unknown }).allowedValue);
  const [first] = constants;
  return first ? ({ ...first, keyword: "enum", params: { allowedValues } } as SchemaError) : choice;
}

function worded(schema: TSchema, error: SchemaError): { pointer: string; message: string }[] {
  const { keyword, instancePath, message } = error;
  const params = error.params as Readonly<Record<string, readonly string[]>>;
  const children = (names: readonly string[] = [], say: string) =>
    names.map((name) => ({ pointer: `${instancePath}/${name}`, message: say }));
  if (keyword === "required") return children(params["requiredProperties"], "is missing");
  if (keyword === "additionalProperties")
    return children(params["additionalProperties"], "is not known here");
  if (keyword === "enum") {
    const why = descriptionAt(schema, error.schemaPath);
    const allowed = `must be one of ${params["allowedValues"]?.join(", ")}`;
    return [{ pointer: instancePath, message: why === undefined ? allowed : `${allowed} (${why})` }];
  }
  const description = keyword === "pattern" ? descriptionAt(schema, error.schemaPath) : undefined;
  return [{ pointer: instancePath, message: description ? `must be: ${description}` : message }];
}

/** What the schema itself says about the value at a JSON pointer into it, such as `#/properties/town/properties/tenant`. */
function descriptionAt(schema: TSchema, pointer: string): string | undefined {
  let at: unknown = schema;
  for (const part of pointer.split("/").slice(1)) {
    at = typeof at === "object" && at !== null ? Reflect.get(at, part) : undefined;
  }
  const found = typeof at === "object" && at !== null ? Reflect.get(at, "description") : undefined;
  return typeof found === "string" ? found : undefined;
}

function pathOf(pointer: string): Path {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

/** A place as a sentence names it, with a space behind: `feeds[0].url `. */
export function dotted(path: Path): string {
  const text = path
    .map((part, at) => (typeof part === "number" ? `[${part}]` : at === 0 ? part : `.${part}`))
    .join("");
  return text === "" ? "" : `${text} `;
}
