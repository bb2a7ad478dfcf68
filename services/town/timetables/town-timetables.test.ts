import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { handClock } from "@yardline/testkit/hand-clock";
import { smallTown, type Tables, zipOf } from "@yardline/timetable/testing";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { TimetableSettings } from "./feed-versions.ts";
import { TownTimetables } from "./town-timetables.ts";

const NOON_MS = Date.parse("2026-06-01T12:00:00+03:00");
const stop = new AbortController();

let folder = "";
const lines: {
  readonly msg: string;
  readonly why?: string;
  readonly code?: string;
  readonly from?: string;
}[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "yardline-timetables-"));
  lines.length = 0;
});
afterEach(() => rm(folder, { recursive: true }));

const log = pino({ level: "info" }, { write: (line: string) => lines.push(JSON.parse(line)) });

function changed(file: string, mend: (text: string) => string): Tables {
  return { ...smallTown(), [file]: mend(smallTown()[file] ?? "") };
}
const LATER = changed("stop_times.txt", (text) => text.replaceAll("08:00:00", "08:01:00"));
const RENAMED = changed("stops.txt", (text) => text.replace("Stop nobody", "Somebody"));
const BROKEN = changed("stop_times.txt", (text) => text.replace("06:01:15,06:01:15", "6 o'clock,06:01:15"));

let written = 0;
async function put(tables: Tables | string): Promise<void> {
  const path = join(folder, "town.zip");
  await writeFile(path, typeof tables === "string" ? tables : await zipOf(tables));
  written += 1;
  await utimes(path, NOON_MS / 1000 + written, NOON_MS / 1000 + written);
}

function open(given: Partial<TimetableSettings> = {}, now_ms = NOON_MS) {
  const settings = { feed: "town", sources: ["town.zip"], at_once: false, ...given };
  const base = join(folder, "town.yaml");
  return TownTimetables.open([settings], {
    base,
    folder,
    clock: handClock(now_ms),
    log,
    signal: stop.signal,
  });
}

/** Looks once at every source. @returns whether anything changed. */
async function look(timetables: TownTimetables): Promise<boolean> {
  const halt = new AbortController();
  let any = false;
  const looking = timetables.follow(
    async () => {
      any = true;
    },
    halt.signal,
    1e9,
  );
  halt.abort();
  await looking;
  return any;
}

/** The first departure of the eight o'clock bus on a day, by whoever holds for it. */
function departs(timetables: TownTimetables, date: string): readonly string[] {
  return timetables.now
    .filter(({ holdsOn }) => holdsOn(date))
    .map(({ trips }) => String((trips.get("east-08:00")?.departure_s[0] ?? 0) / 60));
}

const EIGHT = "480";
const LATE = "481";

test("a file that changes under way is followed from the next service day on, also after a restart", async () => {
  await put(smallTown());
  const timetables = await open();
  expect(await look(timetables)).toBe(false);
  await put(LATER);
  expect(await look(timetables)).toBe(true);
  expect(await look(timetables)).toBe(false);
  const days = ["20260531", "20260601", "20260602"];
  expect(days.map((date) => departs(timetables, date))).toEqual([[EIGHT], [EIGHT], [LATE]]);
  await rm(join(folder, "town.zip"));
  const again = await open();
  expect(days.map((date) => departs(again, date))).toEqual([[EIGHT], [EIGHT], [LATE]]);
  expect(await look(again)).toBe(false);
  expect(lines.map(({ msg }) => msg)).toContain(
    "The timetable could not be fetched; the last good one is used.",
  );
});

test("what leaves today's runs as they are is followed today; what is said at once is", async () => {
  await put(smallTown());
  const timetables = await open();
  await put(RENAMED);
  await look(timetables);
  expect(lines.at(-1)).toMatchObject({ from: "20260601" });
  const [held] = timetables.now.filter(({ holdsOn }) => holdsOn("20260601"));
  expect(held?.stops.get("nobody")?.stop_name).toBe("Somebody");
  const told = await open({ at_once: true });
  await put(LATER);
  await look(told);
  expect(departs(told, "20260601")).toEqual([LATE]);
});

test("settings that name another file say that it is meant now", async () => {
  await put(smallTown());
  await open();
  await writeFile(join(folder, "other.zip"), await zipOf(LATER));
  const timetables = await open({ sources: ["other.zip"] });
  await look(timetables);
  expect(departs(timetables, "20260601")).toEqual([LATE]);
});

test("a broken file is refused once with file, line and rule, and the version in use stays", async () => {
  await put(smallTown());
  const timetables = await open();
  await put(BROKEN);
  expect(await look(timetables)).toBe(false);
  expect(await look(timetables)).toBe(false);
  await put("no zip");
  await look(timetables);
  await put(changed("calendar.txt", (text) => text.replace("20261231", "20260531")));
  await look(timetables);
  expect(lines.map(({ code, why }) => [code, why])).toEqual([
    ["invalid_time", expect.stringMatching(/^stop_times\.txt line 3: .*\(invalid_time\)$/)],
    ["TIMETABLE_NOT_A_ZIP", expect.stringMatching(/^town\.zip is not a whole zip file/)],
    ["TIMETABLE_NO_SERVICE", expect.stringContaining("no trip runs in the 7 days from 20260601 on")],
  ]);
  expect(departs(timetables, "20260602")).toEqual([EIGHT]);
});

test("errors that the version in use has too are borne", async () => {
  await put(BROKEN);
  const timetables = await open();
  const both = { ...BROKEN, "stops.txt": RENAMED["stops.txt"] ?? "" };
  await put(both);
  expect(await look(timetables)).toBe(true);
});

test("versions that lie beside each other each hold for their days; those long gone are dropped", async () => {
  const until = (tables: Tables, from: string, to: string): Tables => ({
    ...tables,
    "calendar.txt": (tables["calendar.txt"] ?? "").replace("20260101,20261231", `${from},${to}`),
  });
  await writeFile(join(folder, "spring.zip"), await zipOf(until(smallTown(), "20260101", "20260610")));
  await writeFile(join(folder, "summer.zip"), await zipOf(until(LATER, "20260611", "20261231")));
  const sources = ["spring.zip", "summer.zip"];
  const timetables = await open({ sources });
  expect(await look(timetables)).toBe(false);
  expect(["20260610", "20260611"].map((date) => departs(timetables, date))).toEqual([[EIGHT], [LATE]]);
  const later = await open({ sources }, NOON_MS + 40 * 86_400_000);
  expect(later.now).toHaveLength(1);
});

test("an address is asked with its validators, and its last good copy serves while it is away", async () => {
  const seen: (string | undefined)[] = [];
  const zip = await zipOf(smallTown());
  let status = 200;
  const server = createServer((request, response) => {
    seen.push(request.headers["if-none-match"]);
    response.statusCode = request.headers["if-none-match"] === '"1"' && status === 200 ? 304 : status;
    response.setHeader("etag", '"1"').end(response.statusCode === 200 ? zip : "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  const sources = [`http://127.0.0.1:${port}/town.zip`];
  try {
    const timetables = await open({ sources });
    expect(await look(timetables)).toBe(false);
    expect(seen).toEqual([undefined, '"1"']);
    status = 503;
    const again = await open({ sources });
    expect(await look(again)).toBe(false);
    expect(departs(again, "20260601")).toEqual([EIGHT]);
    await expect(open({ feed: "another", sources })).rejects.toMatchObject({ code: "GTFS_FETCH" });
  } finally {
    server.close();
  }
  expect(
    (await readdir(join(folder, "timetables", "town"))).filter((name) => name.endsWith(".zip")),
  ).toHaveLength(1);
});

test("whoever looks after it sees what is in use, what was refused with all that was found, and since when a source is away", async () => {
  await put(smallTown());
  const timetables = await open();
  await put(BROKEN);
  await look(timetables);
  const [standing] = timetables.standing();
  expect(standing?.versions).toMatchObject([{ source: "town.zip", is_in_use: true, taken_ms: NOON_MS }]);
  expect(standing?.sources[0]?.trouble).toMatchObject({ kind: "refused", at_ms: NOON_MS });
  expect(standing?.sources[0]?.trouble?.found.some(({ severity }) => severity === "ERROR")).toBe(true);
  const sha256 = standing?.versions[0]?.sha256 ?? "";
  expect(await timetables.check("town", sha256)).toMatchObject({ on: "20260601" });
  expect(await timetables.check("another", sha256)).toBeUndefined();
  await rm(join(folder, "town.zip"));
  await look(timetables);
  expect(timetables.standing()[0]?.sources[0]?.trouble).toMatchObject({ kind: "away", at_ms: NOON_MS });
});

test("a kept copy that is damaged is fetched anew", async () => {
  await put(smallTown());
  await open();
  const kept = join(folder, "timetables", "town");
  for (const name of await readdir(kept)) if (name.endsWith(".zip")) await writeFile(join(kept, name), "x");
  const timetables = await open();
  expect(departs(timetables, "20260601")).toEqual([EIGHT]);
  expect(lines.map(({ msg }) => msg)).toEqual(["A kept timetable cannot be read."]);
});
