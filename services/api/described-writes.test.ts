import { expect, test } from "vitest";
import { describedApi } from "./described-api.ts";

type Operation = {
  readonly operationId?: string;
  readonly security?: readonly object[];
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: {
    readonly content: Readonly<
      Record<string, { readonly schema?: { readonly required?: readonly string[] } }>
    >;
  };
  readonly responses: Readonly<Record<string, object>>;
};
type Methods = { readonly post?: Operation; readonly put?: Operation; readonly patch?: Operation };

async function described(): Promise<readonly Methods[]> {
  const { openapi } = await describedApi();
  return Object.values((openapi as { readonly paths: Readonly<Record<string, Methods>> }).paths);
}

test("every POST of somebody who is known takes an Idempotency-Key, and says what comes of it", async () => {
  const paths = await described();
  const posts = paths.flatMap(({ post }) => (post?.security?.length ? [post] : []));
  expect(posts.length).toBeGreaterThan(10);
  for (const { operationId, parameters = [], responses } of posts) {
    const headers = parameters.filter((each) => each.in === "header").map(({ name }) => name);
    expect([operationId, headers]).toEqual([operationId, expect.arrayContaining(["idempotency-key"])]);
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(["409", "422", "429"]));
  }
});

/** What needs no word about what was read, and why. */
const UNSEEN: Readonly<Record<string, string>> = {
  lockIncident: "taking it asks whether somebody has it",
  changePassword: "one's own, and the present one is shown",
  confirmTotp: "one's own, and a code of it is shown",
  sendTimetablePiece: "says itself behind which bytes it belongs",
};

test("whoever changes what others may have changed says what they read", async () => {
  const paths = await described();
  const changes = paths.flatMap(({ put, patch }) => [put, patch].filter((each) => each !== undefined));
  const blind = changes.flatMap(({ operationId = "", parameters = [], responses, requestBody }) => {
    const conditional = parameters.some(({ name }) => name === "if-match") && "412" in responses;
    const body = requestBody?.content["application/json"]?.schema;
    const seen = body?.required?.includes("seen_revision") === true && "409" in responses;
    return conditional || seen ? [] : [operationId];
  });
  expect(blind.toSorted()).toEqual(Object.keys(UNSEEN).toSorted());
});
