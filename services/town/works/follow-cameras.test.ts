import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CameraStatus } from "@yardline/api/camera-parts";
import { openEmbeddedBus } from "@yardline/bus/embedded";
import { eventually } from "@yardline/testkit/eventually";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { Parts } from "../parts.ts";
import type { Site } from "../site.ts";
import { followCameras } from "./follow-cameras.ts";
import { startTellingCameras } from "./tell-cameras.ts";

const yard: CameraStatus = {
  id: "yard-1",
  name: "Двір 1",
  place: { latitude: 50.45, longitude: 30.52 },
  purpose: "protection-of-property",
  legal_basis: "public-task",
  controller: "Village council",
  retention_h: 72,
  mask_form: "none-needed",
  recorded: false,
  state: "watching",
  since_ms: 1_000_000,
};

/** A site with a bus and a clock that the test sets; two processes stand on it. */
async function openSite() {
  const folder = await mkdtemp(join(tmpdir(), "yardline-cameras-"));
  let now_ms = Date.now();
  const clock = { now_ms: () => now_ms, monotonic_ms: () => performance.now() };
  const bus = await openEmbeddedBus({ folder, clock });
  const stop = new AbortController();
  const parts = new Parts();
  onTestFinished(async () => {
    stop.abort();
    await parts.settled();
    await bus.close();
    await rm(folder, { recursive: true });
  });
  const stores = { bus: async () => bus };
  const site = {
    config: { town: { name: "Town", tenant: "town" } },
    stores,
    parts,
    clock,
    log: pino({ level: "silent" }),
  } as unknown as Site;
  const advance = (by_ms: number) => {
    now_ms += by_ms;
  };
  return { bus, site, signal: stop.signal, advance };
}

test("another process knows how the cameras are, as they change", async () => {
  const { site, signal } = await openSite();
  let state: CameraStatus["state"] = "watching";
  await startTellingCameras(site, { listCameras: () => [{ ...yard, state }] }, signal);
  const { listCameras } = await followCameras(site, signal);
  await eventually(() => expect(listCameras()).toEqual([yard]));
  state = "lost";
  await eventually(() => expect(listCameras()).toEqual([{ ...yard, state: "lost" }]));
});

test("a camera of which nobody speaks any more is lost, and says why", async () => {
  const { bus, site, signal, advance } = await openSite();
  await bus.publish("cameras", [
    { key: "yard-1", source: "camera/yard-1", body: new TextEncoder().encode(JSON.stringify(yard)) },
    {
      key: "z",
      source: "other/north/camera/z",
      body: new TextEncoder().encode(JSON.stringify({ ...yard, id: "z" })),
    },
    { key: "x", source: "camera/x", body: new TextEncoder().encode('{"id":"x","password":"p"}') },
    { key: "y", source: "camera/y", body: Uint8Array.of(0xff) },
  ]);
  const { listCameras } = await followCameras(site, signal);
  await eventually(() => expect(listCameras()).toHaveLength(1));
  advance(10 * 60_000);
  expect(listCameras()).toEqual([
    {
      ...yard,
      state: "lost",
      since_ms: expect.any(Number),
      reason: expect.stringContaining("not been heard"),
    },
  ]);
});
