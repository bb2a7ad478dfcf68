import type { Change, Records, Row } from "@yardline/records/records";
import { handClock } from "@yardline/testkit/hand-clock";
import { expect, test } from "vitest";
import { sealPassword } from "./device-password.ts";
import {
  adoptDevice,
  forgetDevice,
  listDevices,
  openDeviceDirectory,
  UNKNOWN_DEVICES_MAX,
} from "./devices.ts";

/** Records in memory: what this room needs of them. */
function recordsInMemory() {
  const rows = new Map<string, Row>();
  let writes = 0;
  const records: Pick<Records, "find" | "list" | "write"> = {
    find: async (kind, id) => rows.get(`${kind}/${id}`),
    list: async (kind) => [...rows.values()].filter((row) => row.kind === kind),
    write: async (changes: readonly Change[]) => {
      writes++;
      for (const { kind, id, value } of changes) {
        const key = `${kind}/${id}`;
        if (value === undefined) rows.delete(key);
        else rows.set(key, { kind, id, value, revision: (rows.get(key)?.revision ?? 0) + 1 });
      }
    },
  };
  const valuesOf = async (kind: string) => (await records.list(kind)).map(({ value }) => value);
  return { records, valuesOf, writes: () => writes };
}

test("an unknown device is listed until it is adopted, then it has a vehicle", async () => {
  const { records, valuesOf } = recordsInMemory();
  const clock = handClock(Date.parse("2026-03-01T12:00:00Z"));
  const devices = openDeviceDirectory(records, clock);
  expect(await devices.findDevice("wialon-ips", "8600")).toBeUndefined();
  expect(await devices.noteUnknown("wialon-ips", "8600")).toBe(true);
  clock.advance(90_000);
  await devices.noteUnknown("wialon-ips", "8600");
  expect(await valuesOf("unknown-device")).toEqual([
    {
      protocol: "wialon-ips",
      device_id: "8600",
      first_seen_at: "2026-03-01T12:00:00.000Z",
      last_seen_at: "2026-03-01T12:01:30.000Z",
    },
  ]);
  await adoptDevice(records, { protocol: "wialon-ips", device_id: "8600", vehicle_id: "17" });
  expect(await devices.findDevice("wialon-ips", "8600")).toEqual({ vehicle_id: "17" });
  expect(await devices.findDevice("egts", "8600")).toBeUndefined();
  expect(await valuesOf("unknown-device")).toEqual([]);
});

test("the list is bounded, also after a restart, and one that knocks often is not written each time", async () => {
  const { records, valuesOf, writes } = recordsInMemory();
  const clock = handClock();
  const devices = openDeviceDirectory(records, clock);
  for (let device = 0; device < UNKNOWN_DEVICES_MAX; device++) {
    expect(await devices.noteUnknown("wialon-ips", String(device))).toBe(true);
  }
  expect(await devices.noteUnknown("wialon-ips", "one too many")).toBe(false);
  expect(await openDeviceDirectory(records, clock).noteUnknown("wialon-ips", "another")).toBe(false);
  expect(await valuesOf("unknown-device")).toHaveLength(UNKNOWN_DEVICES_MAX);
  const before = writes();
  for (let attempt = 0; attempt < 100; attempt++) await devices.noteUnknown("wialon-ips", "7");
  expect(writes()).toBe(before);
});

test("an adopted device may knock as unknown again, once it was taken from its vehicle", async () => {
  const { records, valuesOf } = recordsInMemory();
  const devices = openDeviceDirectory(records, handClock());
  await devices.noteUnknown("wialon-ips", "8600");
  await adoptDevice(records, { protocol: "wialon-ips", device_id: "8600", vehicle_id: "17" });
  await records.write([{ kind: "device", id: "wialon-ips:8600", value: undefined }]);
  await devices.noteUnknown("wialon-ips", "8600");
  expect(await valuesOf("unknown-device")).toMatchObject([{ device_id: "8600" }]);
});

test("the settings come before Records, and may let anybody in", async () => {
  const { records } = recordsInMemory();
  await adoptDevice(records, { protocol: "wialon-ips", device_id: "8600", vehicle_id: "17" });
  const settings = { devices: [{ device_id: "8600", vehicle_id: "18" }] };
  const strict = openDeviceDirectory(records, handClock(), settings);
  expect(await strict.findDevice("wialon-ips", "8600")).toEqual({ vehicle_id: "18" });
  expect(await strict.findDevice("wialon-ips", "666")).toBeUndefined();
  const open = openDeviceDirectory(records, handClock(), { ...settings, unknown: "accept" });
  expect(await open.findDevice("wialon-ips", "8600")).toEqual({ vehicle_id: "18" });
  expect(await open.findDevice("wialon-ips", "666")).toEqual({ vehicle_id: "666" });
});

test("a device without a vehicle cannot be adopted", async () => {
  const { records } = recordsInMemory();
  await expect(
    adoptDevice(records, { protocol: "wialon-ips", device_id: "8600", vehicle_id: "" }),
  ).rejects.toMatchObject({ code: "DEVICE_INVALID" });
});

test("who is known and who knocks is listed, the last heard first; a password opens, and a forgotten device is unknown", async () => {
  const { records } = recordsInMemory();
  const clock = handClock(Date.parse("2026-03-01T12:00:00Z"));
  const devices = openDeviceDirectory(records, clock);
  const password = sealPassword("open", new Uint8Array(16));
  const known = { protocol: "wialon-ips", device_id: "1", vehicle_id: "17", password };
  await adoptDevice(records, known);
  await devices.noteUnknown("egts", "2");
  clock.advance(1000);
  await devices.noteUnknown("egts", "3");
  const { adopted, unknown } = await listDevices(records);
  expect([adopted, unknown.map(({ device_id }) => device_id)]).toEqual([[known], ["3", "2"]]);
  const device = await devices.findDevice("wialon-ips", "1");
  expect([device?.vehicle_id, device?.isPassword?.("open"), device?.isPassword?.("no")]).toEqual([
    "17",
    true,
    false,
  ]);
  await forgetDevice(records, known);
  expect(await devices.findDevice("wialon-ips", "1")).toBeUndefined();
});

test("a device that is called by its plate is known in either alphabet", async () => {
  const { records } = recordsInMemory();
  const devices = openDeviceDirectory(records, handClock(), {
    devices: [{ device_id: "АА 1234 ВВ", vehicle_id: "18" }],
  });
  await devices.noteUnknown("wialon-ips", "BC0042EO");
  await adoptDevice(records, { protocol: "wialon-ips", device_id: "ВС 0042 ЕО", vehicle_id: "17" });
  const found = ["AA1234BB", "BC0042EO", "вс-0042-ео", "BC0043EO"].map(
    async (device_id) => (await devices.findDevice("wialon-ips", device_id))?.vehicle_id,
  );
  expect(await Promise.all(found)).toEqual(["18", "17", "17", undefined]);
  expect((await listDevices(records)).unknown).toEqual([]);
});
