import { expect, test } from "vitest";
import { sharedApp } from "../testing/app.ts";

const shared = sharedApp();
const SM = "/siri/2.0/stop-monitoring.xml";
const VM = "/siri/2.0/vehicle-monitoring.xml";

/** The texts of an element in what a path answers. */
async function textsOf(path: string, name: string) {
  const { body } = await shared().inject(path);
  return [...body.matchAll(new RegExp(`<${name}[^>]*>([^<]*)</${name}>`, "g"))].map(([, text]) => text);
}

test("a stop's board in SIRI, with why in three languages, and 304 for who has it", async () => {
  const response = await shared().inject(`${SM}?MonitoringRef=market`);
  expect(response.headers).toMatchObject({
    "content-type": "application/xml; charset=utf-8",
    "cache-control": "public, max-age=5",
  });
  expect(await textsOf(`${SM}?MonitoringRef=market`, "PublishedLineName")).toEqual(["3", "r99"]);
  expect((await textsOf(`${SM}?MonitoringRef=market`, "StopVisitNote")).slice(0, 3)).toEqual([
    "За місцем автобуса 20 с тому.",
    "По месту автобуса 20 с назад.",
    "By where the bus was 20 s ago.",
  ]);
  const headers = { "if-none-match": response.headers.etag ?? "" };
  expect((await shared().inject({ url: `${SM}?MonitoringRef=market`, headers })).statusCode).toBe(304);
});

test("only so many visits, only of one line; a stop is found by the token that stands for it", async () => {
  expect(await textsOf(`${SM}?MonitoringRef=market&MaximumStopVisits=1`, "LineRef")).toEqual(["r3"]);
  expect(await textsOf(`${SM}?MonitoringRef=market&LineRef=r99`, "LineRef")).toEqual(["r99"]);
  const station = encodeURIComponent("вокзал_x002f_1");
  expect(await textsOf(`${SM}?MonitoringRef=${station}`, "MonitoringName")).toEqual(["Вокзал"]);
});

test.for([
  { path: SM, status: 400 },
  { path: `${SM}?MonitoringRef=nowhere`, status: 404 },
  { path: `${SM}?MonitoringRef=market&MaximumStopVisits=-1`, status: 400 },
  { path: `${VM}?Line=r3`, status: 400 },
])("$path answers $status", async ({ path, status }) => {
  expect((await shared().inject(path)).statusCode).toBe(status);
});

test("vehicles on a run in SIRI, all or of one line or one of them", async () => {
  const asked = ["", "?LineRef=r3", "?LineRef=r4", "?VehicleRef=7", "?VehicleRef=8"];
  const answered = await Promise.all(asked.map((query) => textsOf(`${VM}${query}`, "VehicleRef")));
  expect(answered).toEqual([["7"], ["7"], [], ["7"], []]);
});
