import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { isoOf } from "@yardline/domain/time";
import { drive, runOf } from "@yardline/matching/testing";
import { handClock } from "@yardline/testkit/hand-clock";
import { smallTown, smallTownTimetable, zipOf } from "@yardline/timetable/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCommand } from "../main.ts";

const NOW = Date.parse("2026-06-02T00:00:00Z");
const HEADER = "timestamp,vehicle_id,longitude,latitude,trip_id,start_date\n";
let folder = "";
let rows: readonly string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "yardline-arrivals-"));
  await writeFile(join(folder, "gtfs.zip"), await zipOf(smallTown()));
  const timetable = await smallTownTimetable();
  const of = (trip_id: string) => runOf(timetable, trip_id, "20260601");
  const named = drive(of("round-08:00"), { every_s: 30, late_s: 60 }).map(
    ({ at_ms, longitude, latitude }) =>
      `${isoOf(at_ms)},"bus 8, blue",${longitude},${latitude},round-08:00,2026-06-01`,
  );
  const unnamed = drive(of("east-08:00"), { every_s: 10 }).map(
    ({ at_ms, longitude, latitude }) => `${at_ms / 1000},7,${longitude},${latitude},,`,
  );
  rows = [...named, ...unnamed];
});

afterAll(() => rm(folder, { recursive: true }));

async function arrivals(positions: string | Uint8Array, name = "positions.csv", out = "out.csv") {
  await writeFile(join(folder, name), positions);
  return command(name, out);
}

async function command(name: string, out: string, ...more: readonly string[]) {
  let said = "";
  const write = (text: string) => {
    said += text;
    return true;
  };
  const streams = {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: Object.assign(Object.create(process.stderr), { write }),
  };
  const paths = [
    "--gtfs",
    join(folder, "gtfs.zip"),
    "--positions",
    join(folder, name),
    "--out",
    join(folder, out),
    ...more,
  ];
  const world = {
    ...streams,
    env: {},
    clock: handClock(NOW),
    signal: new AbortController().signal,
    root: folder,
  };
  const code = await runCommand(["arrivals", ...paths], world);
  const written = existsSync(join(folder, out)) ? await readFile(join(folder, out), "utf8") : "";
  return { code, said: said.replaceAll(folder, "…"), written };
}

test("writes a row for each remaining stop at each report, in time order", async () => {
  const { code, said, written } = await arrivals(HEADER + rows.join("\n"));
  const lines = written.trim().split("\n");
  expect(code).toBe(0);
  expect(said).toBe(`${lines.length - 1} predictions at ${rows.length} reports.\n`);
  expect(lines[0]).toBe("vehicle_id,made_at,start_date,trip_id,stop_id,stop_sequence,predicted_at,low,high");
  expect(lines.filter((line) => line.startsWith('"bus 8')).slice(0, 2)).toEqual([
    '"bus 8, blue",1780290060,20260601,round-08:00,circle-0,10,1780290085,1780290060,1780290300',
    '"bus 8, blue",1780290060,20260601,round-08:00,circle-1,20,1780290238,1780290175,1780290455',
  ]);
  const made = lines.slice(1).map((line) => Number(/,(\d{10}),/.exec(line)?.[1]));
  expect(made).toEqual(made.toSorted((a, b) => a - b));
  expect(lines.some((line) => line.startsWith("7,") && line.includes(",east-08:00,"))).toBe(true);
});

test("cutting the input after some time leaves the rows before it byte for byte", async () => {
  const { written } = await arrivals(HEADER + rows.join("\n"));
  const until_s = 1_780_290_200;
  const early = rows.filter((row) => {
    const [time = ""] = row.split(",");
    return (time.includes("T") ? Date.parse(time) / 1000 : Number(time)) <= until_s;
  });
  const part = await arrivals(HEADER + early.toReversed().join("\n"), "part.csv", "part-out.csv");
  expect(early.length).toBeGreaterThan(10);
  expect(part.written.length).toBeGreaterThan(500);
  expect(written.startsWith(part.written)).toBe(true);
});

test("a memory is written, is the same again for the same days, and changes what is said the next day", async () => {
  await writeFile(join(folder, "day.csv"), HEADER + rows.join("\n"));
  const memory = join(folder, "memory.json");
  const first = await command("day.csv", "first.csv", "--memory", memory);
  const kept = await readFile(memory, "utf8");
  expect(first.code).toBe(0);
  expect(first.written).toBe((await command("day.csv", "none.csv")).written);
  await command("day.csv", "again.csv", "--memory", join(folder, "memory-2.json"));
  expect(await readFile(join(folder, "memory-2.json"), "utf8")).toBe(kept);
  const second = await command("day.csv", "second.csv", "--memory", memory);
  expect(second.written).not.toBe(first.written);
  await writeFile(memory, kept);
  expect((await command("day.csv", "third.csv", "--memory", memory)).written).toBe(second.written);
});

test.for([
  ["a damaged memory", '{"format":"yardline-arrivals-memory","ver'],
  ["another file", "vehicle_id,timestamp\n"],
])("%s: one clear error, and neither it nor the predictions are written", async ([, text = ""]) => {
  await writeFile(join(folder, "day.csv"), HEADER + rows.join("\n"));
  const memory = join(folder, "broken.json");
  await writeFile(memory, text);
  const { code, said, written } = await command("day.csv", "unwritten.csv", "--memory", memory);
  expect([code, written]).toEqual([1, ""]);
  expect(said.trim().split("\n")).toHaveLength(1);
  expect(said).toContain("broken.json is no memory of arrivals, or a damaged one; remove it to learn anew.");
  expect(await readFile(memory, "utf8")).toBe(text);
});

test("gzip is unpacked; a time without a zone is the timetable's", async () => {
  const local = rows.map((row) => row.replace(/^2026-06-01T05:(\S+?)Z/, "2026-06-01 08:$1"));
  expect(local).not.toEqual(rows);
  const packed = await arrivals(gzipSync(HEADER + local.join("\n")), "positions.csv.gz");
  expect(packed.written).toBe((await arrivals(HEADER + rows.join("\n"))).written);
});

test("bad rows are left out and told in one line", async () => {
  const bad = [
    "soon,9,31,49,,",
    `${NOW},,31,49,,`,
    `${NOW},9,0,0,,`,
    "4070908800,9,31,49,,",
    `${NOW},9,,49,,`,
    "soon,9,31,49,,",
  ];
  const { code, said, written } = await arrivals(HEADER + [...bad, ...rows].join("\n"));
  expect(code).toBe(0);
  expect(said.trim().split("\n")).toEqual([
    `${written.trim().split("\n").length - 1} predictions at ${rows.length} reports; rows left out: timestamp is not a time (2: line 2, 7); no vehicle_id (1: line 3); latitude, longitude are 0: a receiver without a fix (1: line 4); timestamp is in the future (1: line 5); latitude, longitude are no place on earth (1: line 6).`,
  ]);
});

test.for([
  ["a missing column", "vehicle_id,timestamp,latitude\n1,2,3\n", "line 1: column longitude is missing"],
  ["an empty file", "", "column vehicle_id, timestamp, latitude, longitude is missing"],
  ["a file of something else", `\u001b[2J${"\u0007x,".repeat(5_000)}`, "it has \uFFFD[2J\uFFFDx, \uFFFDx"],
  ["a gzip that is none", Buffer.from("vehicle_id"), "cannot be read"],
] as const)("%s: one clear error and no file", async ([, positions, message]) => {
  await rm(join(folder, "out.csv"), { force: true });
  const name = typeof positions === "string" ? "broken.csv" : "broken.csv.gz";
  const { code, said, written } = await arrivals(positions, name);
  expect([code, written]).toEqual([1, ""]);
  expect(said.trim().split("\n")).toHaveLength(1);
  expect(said).toContain(message);
});

test("a missing file, or a folder that is not there: one clear error", async () => {
  expect((await command("nothing.csv", "out.csv")).said).toMatch(/nothing\.csv cannot be read/);
  expect((await arrivals(HEADER + rows.join("\n"), "positions.csv", "no/such/out.csv")).said).toMatch(
    /out\.csv cannot be written/,
  );
  expect((await readdir(folder)).filter((name) => name.endsWith(".part"))).toEqual([]);
});
