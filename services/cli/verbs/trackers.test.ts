import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@yardline/domain/time";
import { openSqliteRecords } from "@yardline/records/sqlite";
import { openDeviceDirectory } from "@yardline/trackers/devices";
import { expect, onTestFinished, test } from "vitest";
import { run } from "../testing.ts";

async function town() {
  const folder = await mkdtemp(join(tmpdir(), "yardline-trackers-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const trackers = (...argv: string[]) => run("trackers", ...argv, "--data", folder);
  return { folder, trackers, open: () => openSqliteRecords({ path: join(folder, "records.sqlite") }) };
}

test("a tracker that knocked in vain is shown, given to a bus, and taken away again", async () => {
  const { folder, trackers, open } = await town();
  expect((await trackers("list")).out).toMatch(/^0 known, 0 unknown/);
  const records = await open();
  const devices = openDeviceDirectory(records, systemClock);
  await devices.noteUnknown("wialon-ips", "35000\u001b[2J1");
  await devices.noteUnknown("egts", "2");
  await records.close();
  await writeFile(join(folder, "password"), "open sesame\n");
  const adopted = await trackers("adopt", "egts", "2", "12", "--password-file", join(folder, "password"));
  expect(adopted).toMatchObject({ code: 0, out: "egts 2 is bus 12 from its next connection on.\n" });
  const { out } = await trackers("list");
  expect(out).toMatch(
    /^egts 2: bus 12, with a password\nwialon-ips 35000\uFFFD\[2J1: UNKNOWN, knocked first 20\S+Z, last 20\S+Z\n1 known, 1 unknown/,
  );
  const again = await open();
  const known = await openDeviceDirectory(again, systemClock).findDevice("egts", "2");
  await again.close();
  expect([known?.vehicle_id, known?.isPassword?.("open sesame")]).toEqual(["12", true]);
  expect(await trackers("forget", "egts", "2")).toMatchObject({ code: 0 });
  expect((await trackers("list")).out).toMatch(/0 known, 1 unknown/);
});

test.for([
  { argv: ["burn"], code: 2, says: "there is list, adopt and forget" },
  { argv: ["adopt", "egts", "2"], code: 2, says: "adopt PROTOCOL DEVICE BUS" },
  { argv: ["adopt", "pigeon", "2", "12"], code: 2, says: 'no protocol "pigeon"' },
  {
    argv: ["adopt", "egts", "2", "12", "--password-file", "/nowhere"],
    code: 1,
    says: "/nowhere cannot be read",
  },
  { argv: ["forget", "egts"], code: 2, says: "forget PROTOCOL DEVICE" },
])("$argv is refused", async ({ argv, code, says }) => {
  const { trackers } = await town();
  expect(await trackers(...argv)).toMatchObject({ code, err: expect.stringContaining(says) });
});
