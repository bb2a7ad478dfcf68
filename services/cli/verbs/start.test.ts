import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "@yardline/testkit/eventually";
import { smallTown, zipOf } from "@yardline/timetable/testing";
import { expect, onTestFinished, test } from "vitest";

const root = join(import.meta.dirname, "../../..");

async function scratch(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "yardline-start-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Types `./yardline start …` and listens to what it says. */
function start(...args: string[]) {
  const child: ChildProcess = spawn(process.execPath, ["services/cli/main.ts", "start", ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (said += String(chunk)));
  const ended = once(child, "close").then(([code]) => Number(code));
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  return {
    ended,
    said: () => said,
    stop: () => child.kill("SIGTERM"),
    async address() {
      const [, found = ""] = await eventually(() => {
        const match = /running: (http:\S+)/.exec(said);
        if (!match) throw new Error(`not running yet: ${said}`);
        return match;
      }, 100_000);
      return found;
    },
  };
}

type Found = { events: { type: string; data: Record<string, unknown>; links: Record<string, string> }[] };

test("without settings the invented town runs: buses call, people walk, clips play, SIGTERM ends it", {
  timeout: 180_000,
}, async () => {
  const town = start("--data", await scratch(), "--port", "0");
  const address = await town.address();
  const search = async (query: string) =>
    (await (await fetch(`${address}/v1/events?${query}`)).json()) as Found;
  const [person] = await eventually(async () => {
    const { events } = await search("type=yard.presence&label=person");
    expect(events.length).toBeGreaterThan(0);
    return events;
  }, 30_000);
  expect(person?.data["recorded"]).toBe(true);
  const snapshot = await eventually(async () => {
    const answer = await fetch(`${address}${person?.links["snapshot"]}`);
    expect(answer.status).toBe(200);
    return answer;
  });
  expect(snapshot.headers.get("content-type")).toBe("image/jpeg");
  await eventually(async () => {
    const { features } = (await (await fetch(`${address}/v1/vehicles`)).json()) as { features: unknown[] };
    expect(features.length).toBeGreaterThan(0);
  }, 30_000);
  await eventually(async () => {
    const clip = await fetch(`${address}${person?.links["clip"]}`, { headers: { range: "bytes=4-7" } });
    expect([clip.status, await clip.text()]).toEqual([206, "ftyp"]);
  }, 60_000);
  // The settings that it runs on are ones that a town may have: they were judged again since.
  const { parts } = (await (await fetch(`${address}/healthz`)).json()) as { parts: { name: string }[] };
  expect(parts).toContainEqual({ name: "settings", running: true, required: false });
  const began = performance.now();
  town.stop();
  expect(await town.ended).toBe(0);
  expect(performance.now() - began).toBeLessThan(10_000);
});

test("a second town on the same data is refused and leaves the first one alone", {
  timeout: 120_000,
}, async () => {
  const data = await scratch();
  const first = start("--data", data, "--port", "0");
  const address = await first.address();
  const second = start("--data", data, "--port", "0");
  expect(await second.ended).toBe(1);
  expect(second.said()).toMatch(/Another Yardline is using/);
  expect((await fetch(`${address}/healthz`)).status).toBe(200);
});

test("a taken port is one clear line, and everything that had started ends", {
  timeout: 60_000,
}, async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const place = server.address();
  const port = typeof place === "object" ? place?.port : 0;
  const town = start("--data", await scratch(), "--port", `${port}`);
  expect(await town.ended).toBe(1);
  expect(town.said()).toMatch(new RegExp(`yardline start: Port ${port} on 127.0.0.1 is taken`));
});

test("settings with mistakes start nothing and list all of them", async () => {
  const folder = await scratch();
  const config = join(folder, "town.yaml");
  await writeFile(config, "town: { name: A, tenant: B C }\nport: 0\ncameras: [{ id: yard }]\n");
  const town = start("--config", config, "--data", join(folder, "data"));
  expect(await town.ended).toBe(1);
  expect(town.said()).toMatch(
    /town.yaml has \d+ problems; nothing was started\.\n {2}line 1: .*\n {2}line 2: /,
  );
});

test.for<{ name: string; change: (zip: Uint8Array) => Uint8Array | Promise<Uint8Array>; says: RegExp }>([
  {
    name: "cut short",
    change: (zip) => zip.subarray(0, zip.length / 2),
    says: /town\.zip is not a whole zip file \(.*\); fetch the GTFS zip again\.$/,
  },
  {
    name: "without stop_times",
    change: () =>
      zipOf(Object.fromEntries(Object.entries(smallTown()).filter(([file]) => file !== "stop_times.txt"))),
    says: /no stop_times\.txt; GTFS requires it, so export the feed again\.$/,
  },
  {
    name: "without a column",
    change: () => zipOf({ ...smallTown(), "stops.txt": "id,stop_name\n" }),
    says: /stops\.txt line 1: column stop_id is missing; GTFS requires it, so export the feed again\.$/,
  },
])("a timetable $name is one clear line, and nothing is started", async ({ change, says }) => {
  const folder = await scratch();
  const gtfs = join(folder, "town.zip");
  await writeFile(gtfs, await change(await zipOf(smallTown())));
  const town = start("--gtfs", gtfs, "--data", join(folder, "data"), "--port", "0");
  expect(await town.ended).toBe(1);
  const [line = "", ...rest] = town.said().trim().split("\n");
  expect(rest).toEqual([]);
  expect(line).toMatch(/^yardline start: /);
  expect(line).toMatch(says);
});

test("a timetable with a BOM, quoted newlines, times past 24:00 and a stop without trips is a town that runs", async () => {
  const folder = await scratch();
  const gtfs = join(folder, "town.zip");
  const stops = smallTown()["stops.txt"]?.replace("Stop nobody", '"Stop\nnobody"');
  await writeFile(gtfs, await zipOf({ ...smallTown(), "stops.txt": `\uFEFF${stops}` }));
  const town = start("--gtfs", gtfs, "--data", join(folder, "data"), "--port", "0");
  const address = await town.address();
  expect(await (await fetch(`${address}/v1/stops`)).text()).toContain("Stop\\nnobody");
  const board = await fetch(`${address}/v1/stops/nobody/arrivals`);
  expect([board.status, await board.json()]).toMatchObject([200, { arrivals: [] }]);
  town.stop();
  expect(await town.ended).toBe(0);
});

test.for([
  {
    name: "an address file that is missing",
    from: "@none.url",
    says: /camera "yard": its url_file .*none\.url cannot be read/,
  },
  {
    name: "a recording of zero bytes",
    from: "empty.mp4",
    says: /camera "yard": its recording .*empty\.mp4 has zero bytes/,
  },
  {
    name: "a recording that is missing",
    from: "none.mp4",
    says: /camera "yard": its recording .*none\.mp4 is not there/,
  },
])("a camera with $name is named, and nothing is started", async ({ from, says }) => {
  const folder = await scratch();
  await writeFile(join(folder, "empty.mp4"), "");
  const decisions = {
    camera: `yard=${from.replace(/[^@].*/, (path) => join(folder, path))}`,
    purpose: "protection-of-property",
    "legal-basis": "public-task",
    controller: "Council",
    mask: "none-needed:Only our own yard.",
    sign: "posted:2026-11-30:At the gate",
    data: join(folder, "data"),
    port: "0",
  };
  const town = start(...Object.entries(decisions).flatMap(([flag, value]) => [`--${flag}`, value]));
  expect(await town.ended).toBe(1);
  expect(town.said()).toMatch(says);
});
