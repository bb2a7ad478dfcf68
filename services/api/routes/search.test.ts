import { expect, test } from "vitest";
import { desk } from "../testing/desk.ts";

const WISH = { name: "People at the gate", q: "label:person", shared: false, alert: true };

test("saved, changed against what was read, deleted; a colleague has it only when it is shared", async () => {
  const { ask, send } = await desk();
  const list = async () => (await ask("yard-only", "/v1/searches")).json().searches;
  const saved = await send("dispatcher", "POST", "/v1/searches", WISH);
  expect([saved.statusCode, saved.headers["etag"]]).toEqual([201, '"1"']);
  expect(await list()).toEqual([]);
  const url = `/v1/searches/${saved.json().id}`;
  const change = (seen: string) =>
    send("dispatcher", "PUT", url, { ...WISH, shared: true }, { "if-match": seen });
  expect((await change('"1"')).statusCode).toBe(200);
  expect((await change('"1"')).statusCode).toBe(412);
  expect((await list()).map(({ name, owner }: { name: string; owner: string }) => [name, owner])).toEqual([
    [WISH.name, "dispatcher"],
  ]);
  expect((await send("yard-only", "DELETE", url)).statusCode).toBe(404);
  expect((await send("dispatcher", "DELETE", url)).statusCode).toBe(204);
  expect(await list()).toEqual([]);
});

test.for([
  [{ ...WISH, q: "label:(" }, "invalid-query"],
  [{ ...WISH, q: "label:person yesterday" }, "search-timed"],
  [{ ...WISH, name: "" }, "invalid-request"],
  [{ ...WISH, owner: "somebody" }, "invalid-request"],
] as const)("%j is refused", async ([wish, kind]) => {
  const { send } = await desk();
  const answer = await send("dispatcher", "POST", "/v1/searches", wish);
  expect([answer.statusCode, answer.json().type]).toEqual([400, `urn:yardline:problem:${kind}`]);
});

test("a search without alerts may name a time", async () => {
  const { send } = await desk();
  const wish = { ...WISH, q: "label:person yesterday", alert: false };
  expect((await send("dispatcher", "POST", "/v1/searches", wish)).statusCode).toBe(201);
});
