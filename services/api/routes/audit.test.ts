import { memoryAudit } from "@yardline/audit/testing";
import { expect, test } from "vitest";
import { testApp } from "../testing/app.ts";
import { testIdentity } from "../testing/people.ts";
import { NOON_MS } from "../testing/scenes.ts";

const LOOK = {
  tenant: "demo",
  who: "olena",
  from: "192.0.2.7",
  action: "look",
  purpose: "stolen bicycle",
  object: { kind: "camera", id: "yard" },
} as const;

test("the privacy officer reads who did what, page by page, and that is written down; nobody else's town is in it", async () => {
  const { identity, headersOf } = await testIdentity();
  const audit = memoryAudit(NOON_MS);
  await audit.write(LOOK);
  await audit.write({ ...LOOK, who: "ivan" });
  await audit.write({ ...LOOK, tenant: "neighbour" });
  const app = await testApp({ identity, audit });
  const headers = await headersOf("privacy-officer");
  const ask = async (query: string) => (await app.inject({ url: `/v1/audit?${query}`, headers })).json();
  expect(await ask("who=olena")).toEqual({
    entries: [
      {
        ...{ seq: 0, at: "2026-11-22T12:00:00.000Z", who: "olena", from: "192.0.2.7", action: "look" },
        object: LOOK.object,
        purpose: "stolen bicycle",
      },
    ],
  });
  const first = await ask("object_kind=camera&limit=1");
  const second = await ask(`object_kind=camera&limit=1&cursor=${first.cursor}`);
  expect([first, second].map(({ entries }) => entries[0].who)).toEqual(["ivan", "olena"]);
  const reads = await ask("action=audit");
  expect(reads.entries.map(({ who, details }: { who: string; details: unknown }) => [who, details])).toEqual([
    ["privacy-officer", { question: expect.stringContaining('"action":"audit"') }],
    ["privacy-officer", { question: expect.stringContaining("cursor") }],
    ["privacy-officer", { question: expect.stringContaining("camera") }],
    ["privacy-officer", { question: expect.stringContaining("olena") }],
  ]);
  expect((await ask("cursor=x")).status).toBe(400);
  expect((await ask("from=2026-11-23T00:00:00Z")).entries).toEqual([]);
});

test("the invented town keeps none, and says so", async () => {
  expect((await (await testApp()).inject("/v1/audit")).json()).toMatchObject({
    status: 404,
    type: expect.stringMatching(/audit-absent/),
  });
});
