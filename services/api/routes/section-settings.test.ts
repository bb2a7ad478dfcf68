import { memoryAudit } from "@yardline/audit/testing";
import { expect, test } from "vitest";
import { testApp } from "../testing/app.ts";
import { signedInPeople } from "../testing/people.ts";
import { NOON_MS } from "../testing/scenes.ts";
import { memorySections } from "../testing/sections.ts";

async function doors() {
  const { identity, headersOf } = await signedInPeople();
  const audit = memoryAudit(NOON_MS);
  const unused = async () => Promise.reject(new Error("nobody asks for cameras here"));
  const owner = { by: "pages" } as const;
  const cameras = { owner, list: unused, find: unused, write: unused, remove: unused };
  const settings = { owner: { by: "file", name: "town.yaml" }, shown: {}, cameras } as const;
  const app = await testApp({ identity, audit, settings: { ...settings, sections: memorySections() } });
  const own = await headersOf("administrator");
  const ask = (method: "GET" | "PUT" | "DELETE", url: string, tag?: string, payload?: object) =>
    app.inject({
      ...{ method, url: `/v1/settings/sections${url}`, headers: { ...own, ...(tag && { "if-match": tag }) } },
      ...(payload && { payload }),
    });
  return { ask, audit };
}

test("two administrators change one section: the second is told who was before, and the log names fields and never a secret", async () => {
  const { ask, audit } = await doors();
  const read = await ask("GET", "/webhooks");
  expect([read.headers["etag"], read.json()]).toEqual([
    '"0"',
    { id: "webhooks", owner: { by: "pages" }, applies: "at-once", waits: false, revision: 0 },
  ]);
  const value = [{ id: "police", url: "https://hook.example/x" }];
  expect((await ask("PUT", "/webhooks", undefined, { value })).statusCode).toBe(428);
  const secrets = [{ at: "/0/secret_file", text: "whsec_k4n4r31k4" }];
  const first = await ask("PUT", "/webhooks", '"0"', { value, secrets });
  const second = await ask("PUT", "/webhooks", '"0"', { value: [] });
  expect([first.statusCode, first.headers["etag"], second.statusCode]).toEqual([200, '"1"', 412]);
  expect(first.json()).toMatchObject({
    changed_by: "administrator",
    changed_at: "2026-11-22T12:00:00.000Z",
    value,
  });
  expect(second.json().detail).toBe("administrator changed it meanwhile; read it again.");
  const [{ details, object } = {}] = audit.entries.filter(({ action }) => action === "configure");
  expect([object, details]).toEqual([
    { kind: "settings", id: "webhooks" },
    { change: "0", secrets: 1 },
  ]);
  expect(JSON.stringify(audit.entries)).not.toContain("k4n4r31k4");
  expect((await ask("DELETE", "/webhooks", '"0"')).statusCode).toBe(412);
  expect((await ask("DELETE", "/webhooks", '"1"')).statusCode).toBe(204);
  expect((await ask("GET", "/webhooks")).headers["etag"]).toBe('"0"');
});

test("what is wrong stands beside its field; what a file owns is not changed here; what is none is not found", async () => {
  const { ask } = await doors();
  const wrong = await ask("PUT", "/town", '"0"', { value: { wrong: true } });
  expect([wrong.statusCode, wrong.json()]).toEqual([
    400,
    expect.objectContaining({
      type: "urn:yardline:problem:settings-wrong",
      fields: [{ at: "/wrong", message: "is wrong" }],
    }),
  ]);
  expect((await ask("PUT", "/recordings", '"0"', { value: {} })).statusCode).toBe(409);
  expect((await ask("PUT", "/nothing", '"0"', { value: {} })).statusCode).toBe(404);
  expect((await ask("GET", "/nothing")).statusCode).toBe(404);
});
