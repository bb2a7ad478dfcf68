import { memoryRecords } from "@yardline/records/memory";
import { handClock } from "@yardline/testkit/hand-clock";
import { expect, test } from "vitest";
import { cameraSettings, listKeptCameras, ownerOfCameras } from "./camera-settings.ts";
import { readTownConfig } from "./config.ts";

const CANARY = "k4n4r31k4";
const ADDRESS = `rtsp://root:${CANARY}@192.168.1.20/stream`;
const YARD = {
  name: "Yard",
  purpose: "protection-of-property",
  legal_basis: "public-task",
  controller: "Village council",
  retention_h: 72,
  mask: { form: "none-needed", reason: "Only the council's own yard is in view." },
  sign: { posted_on: "2026-11-20", place: "At the gate" },
};

const TOWN = '{"town":{"name":"Верба","tenant":"verba"}}';

function townOf(text = TOWN, base = "town.yaml") {
  const records = memoryRecords();
  const key = { id: "one", bytes: new Uint8Array(32) };
  const config = readTownConfig(text, base);
  const site = {
    config,
    now: () => config,
    base,
    clock: handClock(1_000),
    keys: async () => [key],
    stores: { records: async () => records },
  };
  return { site, records, view: cameraSettings(site, ownerOfCameras(site, false)) };
}
const code = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (thrown: { code?: string }) => thrown.code,
  );

test("a camera that a page sets up is kept with who did it; its address is sealed, and stands nowhere else", async () => {
  const { view, records } = townOf();
  const written = await view.write({
    id: "yard",
    settings: YARD,
    address: ADDRESS,
    seen: 0,
    by: "olena",
  });
  expect(written).toMatchObject({ id: "yard", revision: 1, by: "olena", settings: { name: "Yard" } });
  expect(await listKeptCameras(records)).toEqual([written]);
  const rows = [...(await records.list("camera-settings")), ...(await records.list("secret"))];
  expect(rows.map(({ id }) => id)).toEqual(["yard", expect.stringMatching(/^camera-yard-[0-9a-f]{8}$/)]);
  expect(JSON.stringify(rows)).not.toContain(CANARY);
  const moved = await view.write({
    ...{ id: "yard", settings: { ...YARD, name: "Gate" }, by: "ivan", seen: 1 },
    address: ADDRESS.replace("20", "21"),
  });
  expect(moved.revision).toBe(2);
  // The address before is gone with its use.
  expect(await records.list("secret")).toHaveLength(1);
  await view.remove({ id: "yard", seen: 2 });
  expect([await view.list(), await records.list("secret")]).toEqual([[], []]);
});

test("of two administrators who change one camera the second is told who was before, and nothing is overwritten", async () => {
  const { view, records } = townOf();
  const change = (name: string, seen: number, by: string, address?: string) =>
    view.write({ id: "yard", settings: { ...YARD, name }, seen, by, address });
  await change("Yard", 0, "olena", ADDRESS);
  expect(await code(change("Once more", 0, "ivan", ADDRESS))).toBe("SETTINGS_CHANGED");
  await change("Gate", 1, "olena");
  await expect(change("Fence", 1, "ivan")).rejects.toThrow("olena changed it meanwhile");
  const raced = await Promise.allSettled([change("A", 2, "olena", ADDRESS), change("B", 2, "ivan", ADDRESS)]);
  expect(raced.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  // The loser's address went with the loser.
  expect(await records.list("secret")).toHaveLength(1);
});

test("a page names no file of this machine, no address of this machine, and no camera that may not run", async () => {
  const { view } = townOf();
  const write = (settings: object, address = ADDRESS) =>
    code(view.write({ id: "yard", settings: { ...YARD, ...settings }, address, seen: 0, by: "olena" }));
  expect(await write({ file: "/etc/passwd" })).toBe("CAMERA_SETTINGS");
  expect(await write({ onvif: { url_file: "/etc/passwd" } })).toBe("CAMERA_SETTINGS");
  expect(await write({ detection: { model: "../../own.yaml" } })).toBe("CAMERA_SETTINGS");
  expect(await write({ retention_h: 5_000 })).toBe("CAMERA_SETTINGS");
  expect(await write({ purpose: "safety", mask: undefined })).toBe("CAMERA_SETTINGS");
  expect(await write({}, "/etc/passwd")).toBe("CAMERA_ADDRESS");
  expect(await write({}, "file:///etc/passwd")).toBe("CAMERA_ADDRESS");
  for (const inside of ["127.0.0.1", "localhost", "[::1]", "169.254.169.254", "[::ffff:127.0.0.1]", "0"])
    expect(await write({}, `rtsp://${inside}/stream`)).toBe("ADDRESS_FORBIDDEN");
  const without = view.write({
    ...{ id: "yard", settings: { ...YARD, url_file: "/etc/passwd" }, seen: 0, by: "olena" },
  });
  await expect(without).rejects.toThrow("give the camera's address");
  expect(await view.list()).toEqual([]);
});

test("where a file names cameras, or a region gives them, the pages only show them", async () => {
  const camera = { id: "yard", url_file: "yard.url", ...YARD };
  const { view, site } = townOf(JSON.stringify({ ...JSON.parse(TOWN), cameras: [camera] }));
  expect(view.owner).toEqual({ by: "file", name: "town.yaml" });
  expect(await view.find("yard")).toMatchObject({ id: "yard", settings: { name: "Yard" } });
  const change = view.write({ id: "yard", settings: YARD, address: ADDRESS, seen: 0, by: "olena" });
  expect(await code(change)).toBe("SETTINGS_OWNED");
  expect(ownerOfCameras({ ...site, base: "." }, false)).toEqual({ by: "command-line" });
  expect(ownerOfCameras(townOf().site, false)).toEqual({ by: "pages" });
  expect(ownerOfCameras(townOf().site, true)).toEqual({ by: "demonstration" });
});
