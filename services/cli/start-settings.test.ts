import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { settingsOf } from "./start-settings.ts";

const decisions = {
  purpose: "protection-of-property",
  "legal-basis": "public-task",
  controller: "Village council",
  sign: "posted:2026-11-30:At both gates",
  mask: "none-needed:Only the council's own yard is in view.",
};

test("no flag at all asks for the demo town", async () => {
  expect(await settingsOf({}, undefined)).toBeUndefined();
});

test("a new town has a name that nobody gave, so that pages may name it", async () => {
  expect(await settingsOf({ new: true }, undefined)).toEqual({ town: { name: "Yardline", tenant: "town" } });
});

test("cameras, timetable and trackers from flags", async () => {
  const flags = {
    ...decisions,
    camera: ["yard=@/etc/yardline/yard.url", "gate=gate.mp4"],
    gtfs: "town.zip",
    tracker: ["wialon-ips:5039"],
    device: ["350000000000001=12"],
  };
  const config = await settingsOf(flags, undefined);
  expect({
    cameras: config?.cameras?.map(({ id, url_file, file }) => ({ id, url_file, file })),
    gtfs: config?.gtfs,
    trackers: config?.trackers,
    devices: config?.devices,
  }).toEqual({
    cameras: [
      { id: "yard", url_file: "/etc/yardline/yard.url", file: undefined },
      { id: "gate", url_file: undefined, file: "gate.mp4" },
    ],
    gtfs: { feed: "gtfs", from: "town.zip" },
    trackers: [{ protocol: "wialon-ips", port: 5039, host: "0.0.0.0" }],
    devices: [{ device_id: "350000000000001", vehicle_id: "12" }],
  });
});

test("what no flag decides is asked at the terminal", async () => {
  const asked: string[] = [];
  const { purpose, ...rest } = decisions;
  const ask = async (question: string) => {
    asked.push(question);
    return purpose;
  };
  const config = await settingsOf({ ...rest, camera: ["yard=yard.mp4"] }, ask);
  expect({ asked: asked.length, purpose: config?.cameras?.[0]?.purpose }).toEqual({ asked: 1, purpose });
});

test.for([
  {
    name: "an undecided camera",
    flags: { camera: ["yard=@x"] },
    says: /--purpose, --legal-basis, --controller, --mask, --sign;/,
  },
  {
    name: "a password on the command line",
    flags: { ...decisions, camera: ["yard=rtsp://admin:secret@10.0.0.5/1"] },
    says: /write the address into a file/,
  },
  { name: "a tracker without a port", flags: { tracker: ["wialon-ips"] }, says: /wialon-ips:5039/ },
  {
    name: "safety as a purpose",
    flags: { ...decisions, purpose: "safety", camera: ["y=y.mp4"] },
    says: /must be one of .*safety alone is no purpose/,
  },
  {
    name: "a mask without a reason",
    flags: { ...decisions, mask: "none-needed", camera: ["y=y.mp4"] },
    says: /none-needed:REASON/,
  },
  {
    name: "a sign that hangs nowhere",
    flags: { ...decisions, sign: "soon", camera: ["y=@y.url"] },
    says: /posted:2026-11-30/,
  },
  { name: "settings from two owners", flags: { config: "town.yaml", gtfs: "a.zip" }, says: /--config owns/ },
  { name: "settings that are not there", flags: { config: "/nowhere/town.yaml" }, says: /Cannot read/ },
])("$name is refused", async ({ flags, says }) => {
  await expect(settingsOf(flags, undefined)).rejects.toThrowError(says);
});

test("the refusal of a password does not repeat it", async () => {
  const refused = settingsOf({ ...decisions, camera: ["yard=rtsp://admin:secret@10.0.0.5/1"] }, undefined);
  await expect(refused).rejects.not.toThrowError(/secret/);
});

test("mask polygons come from a file", async () => {
  const file = join(await mkdtemp(join(tmpdir(), "yardline-")), "mask.json");
  await writeFile(file, "[[[0,0],[0.3,0],[0.3,0.4]]]");
  const config = await settingsOf({ ...decisions, mask: `burnt-in:${file}`, camera: ["y=y.mp4"] }, undefined);
  expect(config?.cameras?.[0]?.mask).toEqual({
    form: "burnt-in",
    polygons: [
      [
        [0, 0],
        [0.3, 0],
        [0.3, 0.4],
      ],
    ],
  });
});
