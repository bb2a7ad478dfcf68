import Fastify from "fastify";
import { expect, test } from "vitest";
import { guardAccess, openToAll } from "./access.ts";
import { everybody } from "./visitor.ts";

const town = { name: "Demo", tenant: "demo", simulated: true };

test("doors with a route that does not say who may ask it never open", async () => {
  const app = Fastify();
  guardAccess(app, async () => everybody("demo"), { town });
  app.get("/told", { config: { access: "public" } }, async () => "here");
  app.get("/forgotten", async () => "here");
  await expect(app.ready()).rejects.toThrow("GET /forgotten, HEAD /forgotten");
});

test("a plug-in's routes are open where that is said of all of them, and no other's", async () => {
  const app = Fastify();
  guardAccess(app, async () => ({ grants: [] }), { town });
  await app.register(async (scope) => {
    openToAll(scope);
    scope.get("/page", async () => "here");
  });
  app.get("/closed", { config: { access: ["audit"] } }, async () => "here");
  expect((await app.inject("/page")).statusCode).toBe(200);
  expect((await app.inject("/closed")).statusCode).toBe(401);
});
