import { memoryRecords } from "@yardline/records/memory";
import { handClock } from "@yardline/testkit/hand-clock";
import { expect, test } from "vitest";
import { readTownConfig } from "./config.ts";
import { LiveSettings } from "./live-settings.ts";
import { ownerOfRest } from "./section-settings.ts";
import { SectionSettings } from "./section-view.ts";

const CANARY = "k4n4r31k4";
const HOOK = { id: "police", url: `https://203.0.113.7/hook/${CANARY}` };
const SECRET = new Map([["/0/secret_file", `whsec_${CANARY}`]]);

async function townOf(text: string, base = "town.yaml", records = memoryRecords()) {
  const settings = await LiveSettings.open({ config: readTownConfig(text, base), base }, records, false);
  const site = {
    ...{ base, settings, clock: handClock(1_000), stores: { records: async () => records } },
    keys: async () => [{ id: "one", bytes: new Uint8Array(32) }],
  };
  return { records, settings, view: new SectionSettings(site, ownerOfRest({ base }, false)) };
}
const TOWN = '{"town":{"name":"Верба","tenant":"verba"},"recordings":{"at_most_mb":5000}}';

test("a section is kept with who set it; its secret is sealed, and what could be one is never given out", async () => {
  const { view, records } = await townOf(TOWN);
  const done = await view.write({ id: "webhooks", value: [HOOK], secrets: SECRET, seen: 0, by: "olena" });
  expect(done).toMatchObject({ written: { revision: 1, by: "olena", at_ms: 1_000, applies: "at-once" } });
  const shown = await view.find("webhooks");
  expect(shown?.value).toEqual([
    { id: "police", url: "https://203.0.113.7/…", secret_file: expect.stringMatching(/^secret:webhooks-/) },
  ]);
  expect(JSON.stringify([shown, await records.list("secret")])).not.toContain(CANARY);
  // Written as it was shown, with a question added: address and secret stay.
  const value = [{ ...Object(Object(shown?.value)[0]), query: "label:person" }];
  await view.write({ id: "webhooks", value, secrets: new Map(), seen: 1, by: "ivan" });
  expect(await records.list("secret")).toHaveLength(1);
  const [row] = await records.list("section-settings");
  expect(row?.value).toMatchObject({ value: [{ ...HOOK, query: "label:person" }] });
  await expect(
    view.write({ id: "webhooks", value: [], secrets: new Map(), seen: 1, by: "olena" }),
  ).rejects.toMatchObject({ code: "SETTINGS_CHANGED", message: "ivan changed it meanwhile; read it again" });
  await view.remove({ id: "webhooks", seen: 2 });
  expect([await records.list("secret"), (await view.find("webhooks"))?.revision]).toEqual([[], 0]);
});

test("what the file names is the file's, all else the pages'; a town that nobody named may be named", async () => {
  const owners = async (text: string, base: string) =>
    Object.fromEntries((await (await townOf(text, base)).view.list()).map(({ id, owner }) => [id, owner.by]));
  expect(await owners(TOWN, "town.yaml")).toMatchObject({ town: "file", recordings: "file", feeds: "pages" });
  const unnamed = '{"town":{"name":"Yardline","tenant":"town"}}';
  expect(await owners(unnamed, ".")).toMatchObject({ town: "pages", recordings: "pages" });
  const { view } = await townOf(TOWN);
  const change = { id: "recordings", value: { at_most_mb: 1 }, secrets: new Map(), seen: 0, by: "olena" };
  await expect(view.write(change)).rejects.toMatchObject({ code: "SETTINGS_OWNED" });
});

test.for<[string, string, unknown, string, string]>([
  ["a number below its least", "evidence", { keep_h: 0 }, "/keep_h", "must be >= 1"],
  ["a zone that is none", "town", { name: "X", timezone: "Mars" }, "/timezone", 'no time zone "Mars"'],
  [
    "a port that the page has",
    "trackers",
    [{ protocol: "auto", port: 8080 }],
    "/0/port",
    "is taken by the page",
  ],
  [
    "an address of this machine",
    "feeds",
    [{ name: "a", format: "siri-vm", url: "http://127.0.0.1/" }],
    "/0/url",
    "leads to this machine",
  ],
  [
    "proofs into a folder",
    "audit",
    { checkpoints: [{ folder: "/tmp" }] },
    "/checkpoints",
    "a town.yaml alone",
  ],
])("refused beside its field: %s", async ([, id, value, at, says]) => {
  const { view, records } = await townOf('{"town":{"name":"Yardline","tenant":"town"}}', ".");
  const done = await view.write({ id, value, secrets: new Map(), seen: 0, by: "olena" });
  expect(done).toEqual({ problems: [{ at, message: expect.stringContaining(says) }] });
  expect(await records.list("section-settings")).toEqual([]);
});

test("what needs a restart says so until there was one", async () => {
  const unnamed = '{"town":{"name":"Yardline","tenant":"town"}}';
  const { view, records } = await townOf(unnamed, ".");
  const value = { name: "Верба", timezone: "Europe/Kyiv" };
  await view.write({ id: "town", value, secrets: new Map(), seen: 0, by: "olena" });
  expect(await view.find("town")).toMatchObject({ applies: "restart", waits: true, value });
  const again = await townOf(unnamed, ".", records);
  expect(await again.view.find("town")).toMatchObject({ waits: false, value });
  expect(again.settings.started.town).toEqual({ ...value, tenant: "town" });
});
