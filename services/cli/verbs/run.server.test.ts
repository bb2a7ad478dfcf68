import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { systemClock } from "@yardline/domain/time";
import { eventually } from "@yardline/testkit/eventually";
import { signInFirst } from "@yardline/testkit/first-account";
import { realServer } from "@yardline/testkit/real-server";
import { startDemoBuses } from "@yardline/town/demo/buses";
import { buildDemoTown } from "@yardline/town/demo/demo-town";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";

/** One service a process, all of them on real servers, speaking to each other through those alone. */
const root = join(import.meta.dirname, "../../..");
const SERVICES = ["indexer", "transit", "trackers", "edge", "notifier", "api"] as const;
const name = `run${randomBytes(4).toString("hex")}`;
const children = new Map<
  string,
  { readonly child: ChildProcess; said: string; readonly ended: Promise<number> }
>();
const told: { type: string }[] = [];
const stop = new AbortController();
const receiver = createServer(async (request, response) => {
  told.push(JSON.parse(await text(request)));
  response.writeHead(204).end();
});
let folder = "";
let api = "";
let cookie = "";

function run(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, ["services/cli/main.ts", ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "close").then(([code]) => Number(code));
  const started = { child, said: "", ended };
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk) => (started.said += String(chunk)));
  return started;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "yardline-run-"));
  receiver.listen(0, "127.0.0.1");
  const [kafka, elastic, postgres] = await Promise.all(
    (["kafka", "elasticsearch", "postgres"] as const).map(realServer),
  );
  const env = {
    YARDLINE_BUS: `${kafka}/${name}`,
    YARDLINE_INDEX: `${elastic}/?prefix=${name}`,
    YARDLINE_RECORDS: postgres,
  };
  const demo = buildDemoTown();
  const port = await freePort();
  await writeFile(join(folder, "gtfs.zip"), await demo.buildGtfs());
  await writeFile(join(folder, "secret"), `whsec_${randomBytes(32).toString("base64")}`);
  const video = join(folder, "yard.mp4");
  const picture = ["-f", "lavfi", "-i", "testsrc=size=320x240:rate=5:duration=60", "-pix_fmt", "yuv420p"];
  execFileSync("ffmpeg", ["-v", "error", ...picture, "-c:v", "libx264", "-g", "5", video]);
  const config = {
    town: { name: demo.name, tenant: demo.tenant },
    gtfs: { feed: "demo", from: "gtfs.zip" },
    trackers: [{ protocol: "wialon-ips", port }],
    unknown_devices: "accept",
    webhooks: [
      {
        id: "duty",
        url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`,
        secret_file: "secret",
        query: "type:transit.stop-visit",
      },
    ],
    cameras: [
      {
        id: "yard",
        name: "Yard",
        file: "yard.mp4",
        purpose: "demonstration-with-recorded-material",
        legal_basis: "public-task",
        controller: "Test",
        retention_h: 1,
        mask: { form: "none-needed", reason: "A test picture." },
        sign: { not_needed: "A test picture." },
      },
    ],
  };
  await writeFile(join(folder, "town.yaml"), JSON.stringify(config));
  expect(await run(["topics", "apply"], env).ended).toBe(0);
  for (const service of SERVICES) {
    const data = ["--data", join(folder, service), "--config", join(folder, "town.yaml")];
    children.set(service, run(["run", service, ...data], env));
  }
  const found = await eventually(() => {
    const said = [...children].map(([service, { said }]) =>
      new RegExp(`${service} runs: (http:\\S+)`).exec(said),
    );
    if (said.some((each) => !each))
      throw new Error([...children.values()].map(({ said }) => said).join("\n"));
    return said;
  }, 90_000);
  api = found.at(-1)?.[1] ?? "";
  cookie = await signInFirst(children.get("api")?.said ?? "", api, demo.tenant);
  startDemoBuses(
    { town: demo, port, count: 20, clock: systemClock, log: pino({ level: "silent" }) },
    stop.signal,
  );
}, 150_000);

afterAll(async () => {
  stop.abort();
  for (const { child } of children.values()) child.kill("SIGKILL");
  await Promise.all([...children.values()].map(({ ended }) => ended));
  receiver.close();
  receiver.closeAllConnections();
  await rm(folder, { recursive: true });
});

const get = async (path: string) => {
  const answer = await fetch(`${api}${path}`, { headers: { cookie } });
  expect(answer.status).toBe(200);
  return JSON.parse(await answer.text());
};

// At night two buses of the invented town are on their way, and the next stop is minutes off.
test("a bus that calls at a stop is found by search, and told to a webhook", {
  timeout: 220_000,
}, async () => {
  const { events } = await eventually(async () => {
    const page = await get("/v1/events?type=transit.stop-visit&limit=5");
    expect(page.events).not.toEqual([]);
    return page;
  }, 180_000);
  expect(events[0]).toMatchObject({ type: "transit.stop-visit", source: "feed/demo" });
  await eventually(() => expect(told).not.toEqual([]), 30_000);
  expect(new Set(told.map(({ type }) => type))).toEqual(new Set(["transit.stop-visit"]));
});

test("the doors know the vehicles and cameras that other processes watch", async () => {
  await eventually(async () => {
    expect((await get("/v1/vehicles")).features.length).toBeGreaterThan(0);
    expect((await get("/v1/cameras")).cameras).toMatchObject([
      { id: "yard", state: "watching", recorded: true },
    ]);
  }, 30_000);
});

test("each tells how it is and what it counts", async () => {
  for (const [service, { said }] of children) {
    const address = new RegExp(`${service} runs: (http:\\S+)`).exec(said)?.[1];
    const health = await fetch(`${address}/healthz`);
    expect([service, health.status, await health.json()]).toMatchObject([service, 200, { healthy: true }]);
    expect(await (await fetch(`${address}/metrics`, { headers: { cookie } })).text()).toContain(
      "# TYPE yardline_",
    );
  }
});

test("told to stop, each ends within ten seconds with its work done", { timeout: 30_000 }, async () => {
  const began = performance.now();
  for (const { child } of children.values()) child.kill("SIGTERM");
  const codes = await Promise.all([...children.values()].map(({ ended }) => ended));
  expect(codes, [...children.values()].map(({ said }) => said.slice(-2000)).join("\n")).toEqual(
    SERVICES.map(() => 0),
  );
  expect(performance.now() - began).toBeLessThan(10_000);
});
