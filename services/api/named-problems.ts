import type { SwaggerTransformObject } from "@fastify/swagger";
import { OTHER_PROBLEM, PROBLEMS } from "./schemas.ts";

type Answers = Record<string, { readonly description?: string }>;
type Operation = { readonly responses?: Answers };
type Described = {
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: object;
};

/** What each refusal says, and what it is called; nothing else differs between two of them. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ...Object.entries(PROBLEMS).map(([status, said]) => [said, `Problem${status}`] as const),
  [OTHER_PROBLEM, "ProblemOther"],
]);
const CONTENT = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };

/** Describes each refusal once, under a name, and lets every operation refer to it: written out each time they are half of the document. */
export const nameProblems: SwaggerTransformObject = (document) => {
  const described = "openapiObject" in document ? document.openapiObject : document.swaggerObject;
  const { paths = {}, components } = described as Described;
  const operations: readonly Operation[] = Object.values(paths).flatMap((methods) => Object.values(methods));
  for (const { responses = {} } of operations) {
    for (const [status, { description = "" }] of Object.entries(responses)) {
      const name = NAMES.get(description);
      if (name !== undefined)
        Object.assign(responses, { [status]: { $ref: `#/components/responses/${name}` } });
    }
  }
  const responses = [...NAMES].map(([description, name]) => [name, { description, content: CONTENT }]);
  return { ...described, components: { ...components, responses: Object.fromEntries(responses) } };
};
