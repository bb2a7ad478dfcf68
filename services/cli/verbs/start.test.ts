import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "@yardline/testkit/eventually";
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

test("a camera's address file that is missing is named, and nothing is started", {
  timeout: 60_000,
}, async () => {
  const folder = await scratch();
  const decisions = [
    "--purpose",
    "protection-of-property",
    "--legal-basis",
    "public-task",
    "--controller",
    "Council",
  ];
  const camera = [
    "--camera",
    `yard=@${folder}/none.url`,
    "--retention-h",
    "72",
    "--mask",
    "none-needed:Only our own yard.",
  ];
  const town = start(...camera, ...decisions, "--data", join(folder, "data"), "--port", "0");
  expect(await town.ended).toBe(1);
  expect(town.said()).toMatch(/camera "yard": its url_file .*none\.url cannot be read/);
});
