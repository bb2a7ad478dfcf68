import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gtfsRealtime } from "@yardline/sources/feeds/gtfs-realtime";
import { eventually } from "@yardline/testkit/eventually";
import { handClock } from "@yardline/testkit/hand-clock";
import { expect, onTestFinished, test } from "vitest";
import { run, testWorld } from "../testing.ts";
import { replay } from "./replay.ts";

const NOW = Date.parse("2026-11-30T09:00:00Z");
const CSV = `vehicle_id,timestamp,latitude,longitude,trip_id,speed,bearing
7,2015-06-07T12:00:00Z,49.5,24.25,east-08:00,5,90
8,2015-06-07T12:00:00Z,49.6,24.25,,,
7,2015-06-07T12:01:00Z,49.51,24.25,east-08:00,,
8,2015-06-07T12:20:00Z,49.61,24.25,,,
`;

async function file(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "replay-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "day.csv"), text);
  return join(folder, "day.csv");
}

test("a recording is served as a feed of now, at its speed, and ends", async () => {
  const abort = new AbortController();
  const clock = handClock(NOW);
  const { world, said } = testWorld(abort.signal);
  const flags = { positions: await file(CSV), speed: "2", port: "0" };
  const playing = replay.run({ flags, positionals: [] }, { ...world, clock });
  const url = await eventually(() => {
    const found = /http:\S+\.pb/.exec(said.err)?.[0];
    if (!found) throw new Error(said.err);
    return found;
  });
  const look = async () => {
    const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
    const { made_at_ms, fixes } = gtfsRealtime.open({})({ bytes, received_at_ms: clock.now_ms() });
    return { made_at_ms, fixes };
  };
  const seven = { vehicle: "7", trip_id: "east-08:00", longitude: 24.25, buffered: true };
  const eight = {
    vehicle: "8",
    latitude: expect.closeTo(49.6, 4),
    longitude: 24.25,
    at_ms: NOW,
    buffered: true,
  };
  expect(await look()).toEqual({
    made_at_ms: NOW,
    fixes: [{ ...seven, latitude: 49.5, at_ms: NOW, speed_mps: 5, course_deg: 90 }, eight],
  });
  clock.advance(30_000);
  expect((await look()).fixes).toEqual([
    { ...seven, latitude: expect.closeTo(49.51, 4), at_ms: NOW + 30_000 },
    eight,
  ]);
  clock.advance(300_000);
  expect((await look()).fixes).toEqual([]);
  clock.advance(300_000);
  expect(await playing).toBe(0);
  expect(said.err).toContain("4 positions are played");
  expect(said.err).toContain("the recording is over");
});

test("nothing to play, and flags that cannot be meant, are told", async () => {
  const positions = await file(CSV);
  const told = async (...more: string[]) => {
    const { code, err } = await run("replay", "--positions", positions, "--port", "0", ...more);
    return [code, err.replace(/\n.*/s, "")];
  };
  expect(await told("--from", "2016-01-01T00:00:00Z")).toEqual([
    1,
    expect.stringContaining("There is nothing to play"),
  ]);
  expect(await told("--speed", "0")).toEqual([
    2,
    expect.stringContaining("--speed must be a number from 0.01 to 1000"),
  ]);
  expect(await told("--from", "seven")).toEqual([2, expect.stringContaining("--from must be an instant")]);
});
