import { Counter, Registry } from "prom-client";
import { expect, test } from "vitest";
import { testApp } from "../testing/app.ts";

test("the whole process's metrics; requests by their pattern, never by what was looked for", async () => {
  const registry = new Registry();
  new Counter({ name: "town_things_total", help: "Things.", registers: [registry] }).inc(3);
  const app = await testApp({ registry });
  await app.inject("/v1/stops/secret-stop/arrivals");
  const response = await app.inject("/metrics");
  expect(response.headers["content-type"]).toMatch(/^text\/plain/);
  expect(response.body).toContain("town_things_total 3");
  expect(response.body).toContain('route="/v1/stops/:stop_id/arrivals",status="404"');
  expect(response.body).not.toContain("secret-stop");
});
