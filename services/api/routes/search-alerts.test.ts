import { saveSearch } from "@yardline/incidents/saved-search";
import { handRandom } from "@yardline/incidents/testing";
import { memoryRecords } from "@yardline/records/memory";
import { eventually } from "@yardline/testkit/eventually";
import { expect, test } from "vitest";
import { listenTo, servedBus } from "../testing/listening.ts";
import { signedInPeople } from "../testing/people.ts";
import { CAMERA, NOON_MS, presence, TENANT } from "../testing/scenes.ts";

const gate = (n: number) => presence(n, { source: "camera/gate", data: { camera: "gate" } });

async function watching() {
  const { identity, headersOf } = await signedInPeople();
  const records = memoryRecords();
  const wish = { name: "People", q: "label:person", shared: true, alert: true };
  await saveSearch(records, TENANT, wish, { by: "dispatcher", at_ms: NOON_MS }, handRandom());
  const listCameras = () => ["yard", "gate"].map((id) => ({ ...CAMERA, id }));
  const clock = { now_ms: () => NOON_MS, monotonic_ms: () => performance.now() };
  const parts = { identity, records, clock, cameras: { listCameras }, limits: { alerts_ms: 50 } };
  const { bus, url } = await servedBus(parts);
  const listen = async (login: string) => {
    const { heard } = await listenTo(`${url}/v1/searches/stream`, await headersOf(login));
    await eventually(() => expect(heard.length).toBeGreaterThan(0));
    return () => heard.flatMap(({ data }) => (data ? [data as unknown as { count: number }] : []));
  };
  return { bus, listen };
}

test("what a shared search finds is told to each as far as they may know of it, a storm as a number", async () => {
  const { bus, listen } = await watching();
  const [all, yard] = [await listen("dispatcher"), await listen("yard-only")];
  bus.say(...Array.from({ length: 40 }, (_, n) => gate(n)), presence(100), presence(100, { revision: 2 }));
  bus.say(presence(101, { backfilled: true }));
  const sum = (heard: readonly { count: number }[]) => heard.reduce((total, { count }) => total + count, 0);
  await eventually(() => expect([sum(all()), sum(yard())]).toEqual([41, 1]));
  expect(all().length).toBeLessThan(41);
  expect(yard()).toMatchObject([{ name: "People", count: 1, event: { source: "camera/yard" } }]);
});
