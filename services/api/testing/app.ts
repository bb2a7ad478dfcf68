import { memoryRecords } from "@yardline/records/memory";
import { handClock } from "@yardline/testkit/hand-clock";
import type { FastifyInstance } from "fastify";
import { pino } from "pino";
import { Registry } from "prom-client";
import { afterAll, assert, beforeAll, onTestFinished } from "vitest";
import { buildApp } from "../app.ts";
import { listen } from "../listen.ts";
import type { Parts } from "../parts.ts";
import { memoryBus, memoryIndex, memoryMedia } from "./fakes.ts";
import { CAMERA, NOON_MS, TENANT, TRANSIT } from "./scenes.ts";

/** Everything that the doors need, at noon; give what the test is about. */
function testParts(parts: Partial<Parts> = {}): Parts {
  return {
    index: memoryIndex(),
    bus: memoryBus(),
    media: memoryMedia(),
    records: memoryRecords(),
    transit: TRANSIT,
    dispatch: undefined,
    trackers: { listUnknown: async () => [], adopt: async () => undefined },
    review: undefined,
    cameras: { listCameras: () => [CAMERA] },
    town: { name: "Demo", tenant: TENANT, simulated: true },
    health: { listParts: () => [] },
    clip: async () => undefined,
    gaps: async () => [],
    log: pino({ level: "silent" }),
    clock: handClock(NOON_MS),
    registry: new Registry(),
    ...parts,
  };
}

/** The doors of a test, closed when it ends. */
export async function testApp(parts: Partial<Parts> = {}): Promise<FastifyInstance> {
  const app = await buildApp(testParts(parts));
  onTestFinished(() => app.close());
  return app;
}

/** Doors that all tests of a file knock at, for tables of many questions: building them takes a tenth of a second. */
export function sharedApp(partsOf: () => Partial<Parts> = () => ({})): () => FastifyInstance {
  let app: FastifyInstance | undefined;
  beforeAll(async () => {
    app = await buildApp(testParts(partsOf()));
  });
  afterAll(() => app?.close());
  return () => {
    assert(app);
    return app;
  };
}

/** The same, listening on a free port. @returns its address, as `http://127.0.0.1:40123`. */
export async function servedApp(parts: Partial<Parts> = {}): Promise<{ app: FastifyInstance; url: string }> {
  const app = await testApp(parts);
  return { app, url: await listen(app, { port: 0 }) };
}
