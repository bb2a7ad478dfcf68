import { join } from "node:path";
import { openSqliteRecords } from "@yardline/records/sqlite";
import { handClock } from "@yardline/testkit/hand-clock";
import { expect, onTestFinished, test } from "vitest";
import { openEdgeDirectory, writeEdge } from "./edge-directory.ts";
import { testFolder } from "./testing/region.ts";

async function open() {
  const records = await openSqliteRecords({ path: join(await testFolder(), "records.sqlite") });
  onTestFinished(() => records.close());
  const clock = handClock();
  return { records, clock, directory: openEdgeDirectory(records, clock) };
}
const edge = (name: string, ...sources: string[]) => ({ tenant: "town", edge: name, sources });

test("finds an edge by its name, and by what it speaks for", async () => {
  const { records, directory } = await open();
  await writeEdge(records, edge("north", "camera/north-*", "feed/buses"));
  await writeEdge(records, edge("south", "camera/market"));
  await writeEdge(records, { ...edge("north", "camera/market"), tenant: "village" });
  const by = async (tenant: string, source: string) => (await directory.findBySource(tenant, source))?.edge;
  expect(await by("town", "camera/north-1")).toBe("north");
  expect(await by("town", "camera/market")).toBe("south");
  expect(await by("town", "camera/market-2")).toBeUndefined();
  expect(await by("village", "camera/market")).toBe("north");
  expect((await directory.find({ tenant: "town", edge: "south" }))?.sources).toEqual(["camera/market"]);
  expect(await directory.find({ tenant: "village", edge: "south" })).toBeUndefined();
});

test.for([
  ["camera/market", "camera/market"],
  ["camera/*", "camera/market"],
  ["camera/market", "camera/m*"],
  ["camera/m*", "camera/market-*"],
  ["*", "feed/buses"],
])("no two edges speak for %s and %s", async ([first = "", second = ""]) => {
  const { records } = await open();
  await writeEdge(records, edge("north", "feed/north", first));
  await expect(writeEdge(records, edge("south", second))).rejects.toMatchObject({ code: "SOURCE_TAKEN" });
  await writeEdge(records, edge("north", second));
});

test("a change is seen within half a minute, and a row that is no edge is nobody", async () => {
  const { records, clock, directory } = await open();
  await records.write([{ kind: "edge", id: "town/odd", value: { tenant: "town", edge: "odd" } }]);
  expect(await directory.find({ tenant: "town", edge: "north" })).toBeUndefined();
  await writeEdge(records, edge("north"));
  clock.advance(30_000);
  expect(await directory.find({ tenant: "town", edge: "north" })).toEqual(edge("north"));
  expect(await directory.find({ tenant: "town", edge: "odd" })).toBeUndefined();
});

test("records that are away let nobody in, and are asked again", async () => {
  const { records, directory } = await open();
  await records.close();
  for (let n = 0; n < 2; n++) {
    await expect(directory.find({ tenant: "town", edge: "north" })).rejects.toMatchObject({
      code: "RECORDS_UNAVAILABLE",
    });
  }
});
