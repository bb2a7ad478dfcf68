import { expect, test } from "vitest";
import type { PartHealth } from "../parts.ts";
import { testApp } from "../testing/app.ts";

const INDEX: PartHealth = { name: "index", running: true, required: true };
const CAMERA: PartHealth = { name: "camera yard", running: false, required: false, detail: "It is silent." };

test.for([
  { parts: [INDEX, CAMERA], status: 200, healthy: true },
  { parts: [{ ...INDEX, running: false }], status: 503, healthy: false },
])("$status with $parts", async ({ parts, status, healthy }) => {
  const app = await testApp({ health: { listParts: () => parts } });
  const response = await app.inject("/healthz");
  expect([response.statusCode, response.json()]).toEqual([status, { healthy, parts }]);
});
