import { expect, test } from "vitest";
import { testApp } from "../testing/app.ts";
import { testIdentity } from "../testing/people.ts";
import { NOON_MS } from "../testing/scenes.ts";

const WISH = {
  what_for: "a board in the hall",
  rights: ["transit"],
  expires_at: new Date(NOON_MS + 86_400_000).toISOString(),
};

async function doors() {
  const people = await testIdentity();
  const app = await testApp({ identity: people.identity });
  const ask = async (login: string, method: "GET" | "POST" | "DELETE", url: string, payload?: object) =>
    app.inject({ method, url, headers: await people.headersOf(login), ...(payload && { payload }) });
  return { app, ask };
}

test("a token is shown once, works, is listed to its owner alone, and ends when it is taken back", async () => {
  const { app, ask } = await doors();
  const { token } = (await ask("planner", "POST", "/v1/tokens", WISH)).json();
  const headers = { authorization: `Bearer ${token}` };
  expect((await app.inject({ url: "/v1/events", headers })).statusCode).toBe(200);
  const listed = await ask("planner", "GET", "/v1/tokens");
  const id = token.slice(3, 15);
  const used_at = new Date(NOON_MS).toISOString();
  expect(listed.json()).toEqual({ tokens: [{ id, ...WISH, made_at: used_at, used_at }] });
  expect((await ask("dispatcher", "GET", "/v1/tokens")).json()).toEqual({ tokens: [] });
  expect((await ask("dispatcher", "DELETE", `/v1/tokens/${id}`)).statusCode).toBe(404);
  expect((await ask("planner", "DELETE", `/v1/tokens/${id}`)).statusCode).toBe(204);
  expect((await app.inject({ url: "/v1/events", headers })).statusCode).toBe(401);
});

test("nobody makes a token for more than they may, a resident none, and a token no token", async () => {
  const { app, ask } = await doors();
  expect((await ask("planner", "POST", "/v1/tokens", { ...WISH, rights: ["archive"] })).statusCode).toBe(403);
  expect((await ask("resident", "POST", "/v1/tokens", WISH)).statusCode).toBe(401);
  const { token } = (await ask("planner", "POST", "/v1/tokens", WISH)).json();
  const headers = { authorization: `Bearer ${token}` };
  const more = await app.inject({ method: "POST", url: "/v1/tokens", headers, payload: WISH });
  expect(more.statusCode).toBe(401);
  const endless = { ...WISH, expires_at: "2099-01-01T00:00:00Z" };
  expect((await ask("planner", "POST", "/v1/tokens", endless)).json()).toMatchObject({
    type: "urn:yardline:problem:token-wrong",
  });
});
