import { PASSWORD } from "@yardline/identity/testing";
import { expect, test } from "vitest";
import { testApp } from "../testing/app.ts";
import { testIdentity } from "../testing/people.ts";
import { TENANT } from "../testing/scenes.ts";

async function doors() {
  const people = await testIdentity();
  const app = await testApp({ identity: people.identity });
  const headers = await people.headersOf("administrator");
  const ask = (method: "GET" | "POST" | "PATCH", url: string, payload?: object, seen?: string) =>
    app.inject({
      method,
      url,
      headers: { ...headers, ...(seen !== undefined && { "if-match": seen }) },
      ...(payload && { payload }),
    });
  return { ...people, app, ask };
}

const PETRO = { login: "petro", name: "Петро", grants: [{ tenant: TENANT, role: "planner" }] };

test("an administrator makes an account and changes it; no password is ever shown", async () => {
  const { ask } = await doors();
  const made = await ask("POST", "/v1/people", { ...PETRO, password: PASSWORD });
  expect([made.statusCode, made.json()]).toEqual([
    201,
    { ...PETRO, locked: false, has_totp: false, outside: false, revision: 1 },
  ]);
  const locked = await ask("PATCH", "/v1/people/petro", { locked: true });
  expect(locked.json()).toEqual({ ...PETRO, locked: true, has_totp: false, outside: false, revision: 2 });
  const all = await ask("GET", "/v1/people");
  expect(all.json().people.map(({ login }: { login: string }) => login)).toContain("petro");
  expect(all.body).not.toMatch(/argon2|password/);
});

test.for([
  ["a login that is taken", { ...PETRO, login: "planner", password: PASSWORD }, 409, "account-exists"],
  ["a weak password", { ...PETRO, password: "short" }, 400, "password-weak"],
  ["a login that looks like another", { ...PETRO, login: "рetro", password: PASSWORD }, 400, "account-wrong"],
  [
    "another tenant's role",
    { ...PETRO, password: PASSWORD, grants: [{ tenant: "neighbour", role: "planner" }] },
    400,
    "grant-foreign",
  ],
  [
    "a role that is none",
    { ...PETRO, password: PASSWORD, grants: [{ tenant: TENANT, role: "god" }] },
    400,
    "invalid-request",
  ],
] as const)("refused: %s", async ([, body, status, type]) => {
  const { ask } = await doors();
  const answer = await ask("POST", "/v1/people", body);
  expect([answer.statusCode, answer.json().type]).toEqual([status, `urn:yardline:problem:${type}`]);
});

test.for([{ locked: true }, { grants: [{ tenant: TENANT, role: "planner" }] }])(
  "the last who can give rights cannot lose theirs: %j",
  async (change) => {
    const { ask, identity } = await doors();
    const answer = await ask("PATCH", "/v1/people/administrator", change);
    expect(answer.json()).toMatchObject({ status: 409, type: "urn:yardline:problem:last-administrator" });
    await identity.accounts.change("planner", { grants: [{ tenant: TENANT, role: "administrator" }] });
    expect((await ask("PATCH", "/v1/people/administrator", change)).statusCode).toBe(200);
  },
);

test("two administrators who read one account: the second is told to read it again, and takes nothing back", async () => {
  const { ask } = await doors();
  const read = async () => {
    const { people } = (await ask("GET", "/v1/people")).json<{
      people: { login: string; revision: number }[];
    }>();
    return `"${people.find(({ login }) => login === "planner")?.revision}"`;
  };
  const seen = await read();
  const [grant] = PETRO.grants;
  const wider = { grants: [grant, { tenant: TENANT, role: "dispatcher" }] };
  const first = await ask("PATCH", "/v1/people/planner", wider, seen);
  expect([first.statusCode, first.headers["etag"]]).toEqual([200, await read()]);
  const second = await ask("PATCH", "/v1/people/planner", { grants: [grant] }, seen);
  expect(second.json()).toMatchObject({
    status: 412,
    type: "urn:yardline:problem:account-changed",
    detail: expect.stringContaining("read it again"),
  });
  expect((await ask("PATCH", "/v1/people/planner", { grants: [grant] }, await read())).statusCode).toBe(200);
});

test("an account that is not there is said to be so", async () => {
  const { ask } = await doors();
  expect((await ask("PATCH", "/v1/people/nobody", { name: "x" })).statusCode).toBe(404);
});
