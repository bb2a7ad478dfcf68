import { memoryAudit } from "@yardline/audit/testing";
import { memoryRecords } from "@yardline/records/memory";
import { handClock } from "@yardline/testkit/hand-clock";
import Fastify, { type FastifyContextConfig } from "fastify";
import { expect, test } from "vitest";
import { guardAccess } from "./access.ts";
import { guardAudits } from "./audit-guard.ts";
import { audited, keepAuditing } from "./audited.ts";
import { CAMERA, NOON_MS, TENANT } from "./testing/scenes.ts";
import { everybody } from "./visitor.ts";

async function doors(method: "GET" | "POST", config: FastifyContextConfig, writes = false) {
  const parts = {
    audit: memoryAudit(),
    records: memoryRecords(),
    town: { name: "Demo", tenant: TENANT, simulated: true },
    cameras: { listCameras: () => [CAMERA] },
    clock: handClock(NOON_MS),
  };
  const app = Fastify();
  guardAccess(app, async () => everybody(TENANT), parts);
  keepAuditing(app, parts);
  guardAudits(app);
  app.route({
    ...{ method, url: "/thing", config },
    async handler(request) {
      if (writes) await audited(request, { action: "configure", object: { kind: "thing", id: "one" } });
      return "a picture";
    },
  });
  return app;
}

const opening = async (...asked: Parameters<typeof doors>) => {
  const app = await doors(...asked);
  return Promise.resolve(app.ready()).then(
    () => "open",
    (thrown: Error) => thrown.message,
  );
};

test("a route that writes, or may show pictures of the past, says what of it is written down, or the doors stay shut", async () => {
  const shut = "These routes do not say what of them is written down (config.audits)";
  expect([
    await opening("POST", { access: "public" }),
    await opening("POST", { access: ["dispatch"] }),
    await opening("GET", { access: ["archive"] }),
    await opening("GET", { access: ["audit", "unmask"] }),
    await opening("GET", { access: ["live"] }),
    await opening("POST", { access: "public", audits: { not: "nothing is kept of it" } }),
    await opening("GET", { access: ["export"], audits: "pictures" }),
  ]).toEqual([
    `${shut}: POST /thing`,
    `${shut}: POST /thing`,
    `${shut}: GET /thing, HEAD /thing`,
    `${shut}: GET /thing, HEAD /thing`,
    "open",
    "open",
    "open",
  ]);
});

test("what should have been written down and was not is kept back", async () => {
  const answer = async (...asked: Parameters<typeof doors>) => {
    const app = await doors(...asked);
    const { statusCode, body } = await app.inject({ method: asked[0], url: "/thing" });
    return [statusCode, body.includes("a picture")];
  };
  expect([
    await answer("POST", { access: "public", audits: "always" }),
    await answer("POST", { access: "public", audits: "always" }, true),
    await answer("GET", { access: ["archive"], audits: "always" }),
    await answer("GET", { access: ["archive"], audits: "pictures" }),
  ]).toEqual([
    [500, false],
    [200, true],
    [500, false],
    [200, true],
  ]);
});
