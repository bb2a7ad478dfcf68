import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "@yardline/domain/errors";
import { systemClock } from "@yardline/domain/time";
import { eventually } from "@yardline/testkit/eventually";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { signSettings, writeEdgeSettings } from "./edge-settings.ts";
import { runSettingsPull } from "./settings-pull.ts";
import { makePki, makeSigner, NORTH } from "./testing/pki.ts";
import { counted, startTestRegion, type TestRegion, testFolder } from "./testing/region.ts";

const pki = makePki();

/** Edge north, asking its region for settings many times a second. `used`: what it was given to run on, in order. */
async function startEdge(
  region: TestRegion,
  folder: string,
  use: (settings: unknown) => void = () => undefined,
) {
  const used: unknown[] = [];
  const stop = new AbortController();
  const path = join(folder, "settings.jws");
  const running = runSettingsPull({
    ...{ region: region.url, identity: (await pki).north, own: NORTH, path, keys: region.signing.keys },
    ...{ clock: systemClock, random: Math.random, log: pino({ level: "silent" }), signal: stop.signal },
    bus: { lag: async () => 3 },
    ask_every_ms: 30,
    answer_ms_max: 2_000,
    use: async (settings) => {
      use(settings);
      used.push(settings);
    },
  });
  const end = async () => {
    stop.abort();
    await running;
  };
  onTestFinished(end);
  return { used, path, end };
}

/** Lets the edge's share of questions grow back: the region's clock moves only by hand. */
const passTime = (region: TestRegion) => region.clock.advance(60_000);
const reportOf = async ({ records }: TestRegion) => (await records.find("edge-report", "town/north"))?.value;

test("an edge takes its settings, takes changed ones, and says what it runs on", async () => {
  const region = await startTestRegion(await pki);
  const { used, end } = await startEdge(region, await testFolder());
  await eventually(async () =>
    expect(await reportOf(region)).toMatchObject({ lag: { events: 3, positions: 3 } }),
  );
  const first = await writeEdgeSettings(region.records, region.clock, NORTH, { cameras: 1 });
  await eventually(() => {
    passTime(region);
    expect(used).toEqual([{ cameras: 1 }]);
  });
  const second = await writeEdgeSettings(region.records, region.clock, NORTH, { cameras: 2 });
  await eventually(() => {
    passTime(region);
    expect(used).toEqual([{ cameras: 1 }, { cameras: 2 }]);
  });
  await eventually(async () => expect(await reportOf(region)).toMatchObject({ settings_version: second }));
  expect(second).toBeGreaterThan(first);
  await end();
  expect(used).toHaveLength(2);
});

test("cut off, an edge starts on the last settings that were good", async () => {
  const region = await startTestRegion(await pki);
  const folder = await testFolder();
  const first = await startEdge(region, folder);
  await writeEdgeSettings(region.records, region.clock, NORTH, { cameras: 1 });
  await eventually(async () => expect(await readFile(first.path, "utf8")).toMatch(/\./));
  await first.end();
  await region.stop();
  const { used } = await startEdge(region, folder);
  await eventually(() => expect(used).toEqual([{ cameras: 1 }]));
});

test("settings that the edge cannot run on are refused and reported, and it stays on those it has", async () => {
  const region = await startTestRegion(await pki);
  await writeEdgeSettings(region.records, region.clock, NORTH, { cameras: 1 });
  const { used, path } = await startEdge(region, await testFolder(), (settings) => {
    if (JSON.stringify(settings).includes("9999"))
      throw new AppError("TOWN_CONFIG", "9999 cameras are too many.");
  });
  const good = await eventually(() => readFile(path, "utf8"));
  await writeEdgeSettings(region.records, region.clock, NORTH, { cameras: 9999 });
  await eventually(async () => {
    passTime(region);
    expect(await reportOf(region)).toMatchObject({
      settings_refused: { code: "TOWN_CONFIG", reason: "9999 cameras are too many." },
    });
  });
  expect([used, await readFile(path, "utf8")]).toEqual([[{ cameras: 1 }], good]);
  await writeEdgeSettings(region.records, region.clock, NORTH, { cameras: 3 });
  await eventually(async () => {
    passTime(region);
    expect(await reportOf(region)).not.toHaveProperty("settings_refused");
  });
  expect(used).toEqual([{ cameras: 1 }, { cameras: 3 }]);
});

test.for([
  [
    "of another key",
    () => signSettings({ version: 9, settings: {} }, NORTH, makeSigner().signer),
    "SIGNATURE_BROKEN",
  ],
  [
    "of another edge",
    ({ signer }: ReturnType<typeof makeSigner>) =>
      signSettings({ version: 9, settings: {} }, { tenant: "town", edge: "south" }, signer),
    "SETTINGS_FOREIGN",
  ],
  ["that somebody cut off", () => "a.b", "SIGNATURE_BROKEN"],
] as const)("a file on its disk %s is not run on", async ([, make, code]) => {
  const region = await startTestRegion(await pki);
  const folder = await testFolder();
  await writeFile(join(folder, "settings.jws"), make(region.signing));
  const before = await counted("yardline_edge_settings_refused_total", { code });
  const { used } = await startEdge(region, folder);
  await eventually(async () =>
    expect(await counted("yardline_edge_settings_refused_total", { code })).toBe(before + 1),
  );
  expect(used).toEqual([]);
  await writeEdgeSettings(region.records, region.clock, NORTH, { cameras: 1 });
  await eventually(() => expect(used).toEqual([{ cameras: 1 }]));
});

test("older settings are refused, whoever signed them", async () => {
  const region = await startTestRegion(await pki);
  const folder = await testFolder();
  const own = { version: Date.now() + 1e6, settings: { cameras: 1 } };
  await writeFile(join(folder, "settings.jws"), signSettings(own, NORTH, region.signing.signer));
  await writeEdgeSettings(region.records, region.clock, NORTH, { cameras: 0 });
  const { used } = await startEdge(region, folder);
  await eventually(async () =>
    expect(await reportOf(region)).toMatchObject({
      settings_version: own.version,
      settings_refused: { code: "SETTINGS_OLDER" },
    }),
  );
  expect(used).toEqual([{ cameras: 1 }]);
});
