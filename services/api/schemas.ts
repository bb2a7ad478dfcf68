import { type Static, type TSchema, Type } from "typebox";
import { Problem } from "./problem.ts";

/** A schema that has a name: OpenAPI lists it as a component, routes refer to it. */
type Named = TSchema & { readonly $id?: string };

/** Refers to a component and keeps its type. */
export function refTo<Schema extends Named>(schema: Schema) {
  return Type.Unsafe<Static<Schema>>({ $ref: `${schema.$id}#` });
}

/** What each refusal means, for whoever reads the description. */
export const PROBLEMS = {
  400: "The question is wrong; `detail` says what.",
  401: "Sign in, or give a token.",
  403: "This needs a right that whoever asks does not have.",
  404: "There is no such thing, or no longer.",
  409: "Not as things are: `detail` says what to do; with `Retry-After`, ask again after so many seconds.",
  412: "It is not what was read any more: read it again.",
  413: "It is too large; `detail` says how large it may be.",
  416: "The range lies outside.",
  422: "It was sent before under the same key, with other content.",
  428: "`If-Match` is needed.",
  429: "Too often: ask again after `Retry-After` seconds.",
  502: "A device behind this did not answer.",
  503: "Not now: ask again after `Retry-After` seconds.",
} as const;

/** What `default` stands for. */
export const OTHER_PROBLEM = "Any other refusal.";

/** The `response` part of a route's schema: its own answers and, for each status, the problem. */
export function answers<Own extends object>(own: Own, statuses: readonly (keyof typeof PROBLEMS)[] = []) {
  const problems = Object.fromEntries(statuses.map((status) => [status, problemAs(PROBLEMS[status])]));
  return { ...own, ...problems, default: problemAs(OTHER_PROBLEM) };
}

export function problemAs(description: string) {
  return { description, content: { "application/problem+json": { schema: refTo(Problem) } } };
}

/** An answer in one media type with a schema of its own. */
export function answerIn(media_type: string, schema: TSchema, description: string) {
  return { description, content: { [media_type]: { schema } } };
}

/** Bytes, in OpenAPI's words. */
export const Binary = Type.Unsafe<Uint8Array>({ type: "string", format: "binary" });

export const Instant = Type.String({
  format: "date-time",
  description: "RFC 3339, UTC",
  examples: ["2026-11-22T12:00:00Z"],
});

/** A name that comes from outside: no control characters, never longer than any real one. */
export const NameParameter = Type.String({
  minLength: 1,
  maxLength: 200,
  pattern: "^[^\\u0000-\\u001f\\u007f]+$",
});

/** One sentence in the three languages of the pages. */
export const Sentence = Type.Object(
  { uk: Type.String(), ru: Type.String(), en: Type.String() },
  { $id: "Sentence" },
);
export type Sentence = Static<typeof Sentence>;

export const Place = Type.Object(
  { latitude: Type.Number(), longitude: Type.Number() },
  { $id: "Place", description: "WGS 84 degrees" },
);
