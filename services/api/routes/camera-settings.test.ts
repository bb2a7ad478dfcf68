import { memoryAudit } from "@yardline/audit/testing";
import { AppError } from "@yardline/domain/errors";
import { expect, test } from "vitest";
import type { CameraSettingsView, KeptCamera } from "../settings-parts.ts";
import { testApp } from "../testing/app.ts";
import { signedInPeople } from "../testing/people.ts";
import { NOON_MS } from "../testing/scenes.ts";
import { memorySections } from "../testing/sections.ts";

/** Settings in memory that count their changes. */
function memorySettings(owner: CameraSettingsView["owner"] = { by: "pages" }): CameraSettingsView {
  const kept = new Map<string, KeptCamera>();
  const refuseOlder = (id: string, seen: number) => {
    const found = kept.get(id);
    if ((found?.revision ?? 0) !== seen) {
      throw new AppError(
        "SETTINGS_CHANGED",
        `${found?.by ?? "somebody"} changed it meanwhile; read it again`,
      );
    }
  };
  return {
    owner,
    list: async () => [...kept.values()],
    find: async (id) => kept.get(id),
    async write({ id, settings, seen, by }) {
      refuseOlder(id, seen);
      const written = { id, revision: seen + 1, by, at_ms: NOON_MS, settings };
      kept.set(id, written);
      return written;
    },
    async remove({ id, seen }) {
      refuseOlder(id, seen);
      kept.delete(id);
    },
  };
}

async function doors() {
  const { identity, headersOf } = await signedInPeople();
  const audit = memoryAudit(NOON_MS);
  const shown = { town: { name: "Demo" } };
  const settings = {
    owner: { by: "file", name: "town.yaml" },
    shown,
    cameras: memorySettings(),
    sections: memorySections(),
  } as const;
  const app = await testApp({ identity, audit, settings });
  const own = await headersOf("administrator");
  const ask = (method: "GET" | "PUT" | "DELETE", url: string, tag?: string, payload?: object) =>
    app.inject({
      ...{ method, url: `/v1/settings${url}`, headers: { ...own, ...(tag && { "if-match": tag }) } },
      ...(payload && { payload }),
    });
  return { ask, audit };
}

test("two administrators edit one camera: the second is told who was before, and reads it again", async () => {
  const { ask, audit } = await doors();
  const settings = { name: "Yard", zones: [{ id: "gate", polygon: [[0, 0]] }] };
  expect((await ask("PUT", "/cameras/yard", undefined, { settings })).statusCode).toBe(428);
  const made = await ask("PUT", "/cameras/yard", '"0"', { settings, address: "rtsp://u:k4n4r31k4@h/1" });
  expect([made.statusCode, made.headers["etag"]]).toEqual([200, '"1"']);
  const read = await ask("GET", "/cameras/yard");
  expect(read.json()).toEqual({
    ...{
      id: "yard",
      revision: 1,
      changed_by: "administrator",
      changed_at: "2026-11-22T12:00:00.000Z",
      settings,
    },
  });
  const first = await ask("PUT", "/cameras/yard", '"1"', { settings: { ...settings, name: "Gate" } });
  const second = await ask("PUT", "/cameras/yard", '"1"', { settings: { ...settings, name: "Fence" } });
  expect([first.statusCode, second.statusCode]).toEqual([200, 412]);
  expect(second.json()).toMatchObject({
    type: expect.stringMatching(/settings-changed$/),
    detail: "administrator changed it meanwhile; read it again.",
  });
  expect((await ask("GET", "/cameras")).json().cameras).toMatchObject([{ settings: { name: "Gate" } }]);
  expect((await ask("DELETE", "/cameras/yard", '"1"')).statusCode).toBe(412);
  expect((await ask("DELETE", "/cameras/yard", '"2"')).statusCode).toBe(204);
  expect((await ask("GET", "/cameras/yard")).statusCode).toBe(404);
  // Which fields, and that there was an address: never what it is.
  const changes = audit.entries.filter(({ action }) => action === "configure").map(({ details }) => details);
  expect(changes[0]).toEqual({ change: "name, zones", address: "changed" });
  expect(changes[1]).toEqual({ change: "name" });
  expect(JSON.stringify(audit.entries)).not.toContain("k4n4r31k4");
});

test("the settings are shown with the file that owns them", async () => {
  const { ask } = await doors();
  expect((await ask("GET", "")).json()).toEqual({
    owner: { by: "file", name: "town.yaml" },
    cameras_owner: { by: "pages" },
    settings: { town: { name: "Demo" } },
  });
});
