import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { isoOf } from "@yardline/domain/time";
import { writeIdentity } from "@yardline/relay/key-files";
import { makePki } from "@yardline/relay/testing/pki";
import { startTestRegion } from "@yardline/relay/testing/region";
import { freePort, killRtsp, rtspMissing, startRtsp } from "@yardline/sources/video/testing-rtsp";
import { eventually } from "@yardline/testkit/eventually";
import { expect, onTestFinished, test } from "vitest";
import { stringify } from "yaml";
import { treeOf } from "./process-tree.ts";
import { filesBelow, listPlaces, type Place, placesOf } from "./secrets.ts";
import { TownProcess } from "./town-process.ts";

const ROOT = join(import.meta.dirname, "../..");
const CANARY = "cAnary-9b41e6-Zq";
const PATIENCE_MS = 60_000;
const run = promisify(execFile);
const base64Of = (text: string): string => Buffer.from(text).toString("base64");

async function yardline(args: readonly string[], given = ""): Promise<string> {
  const child = spawn(process.execPath, [join(ROOT, "services/cli/main.ts"), ...args], { cwd: ROOT });
  child.stdin.end(given);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += String(chunk)));
  const [code] = await once(child, "close");
  expect({ code, said }).toMatchObject({ code: 0 });
  return said;
}

/** A feed's server that takes its token, then refuses it, then answers nonsense. */
async function startFeed(): Promise<{ readonly url: string; readonly asked: () => readonly unknown[] }> {
  const asked: unknown[] = [];
  const server = createServer(({ headers }, answer) => {
    asked.push(headers["x-key"]);
    if (asked.length % 3 === 2) answer.writeHead(401).end(`no such key ${headers["x-key"]}`);
    else answer.end(asked.length % 3 === 0 ? "<html>" : "[]");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/fleet.json`, asked: () => asked };
}

/** Whoever is told of events: everything that a webhook says is a place to search. */
async function startHook(): Promise<{ readonly url: string; readonly told: readonly Place[] }> {
  const told: Place[] = [];
  const server = createServer((request, answer) => {
    let text = JSON.stringify(request.rawHeaders);
    request.on("data", (chunk) => (text += String(chunk)));
    request.on("end", () => {
      told.push({ where: `webhook ${told.length}`, text });
      answer.writeHead(204).end();
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`, told };
}

/** A region that takes what the town relays, and the settings by which the town belongs to it. */
async function startRegion(folder: string) {
  const pki = await makePki();
  const region = await startTestRegion(pki, { sources: ["camera/yard", "camera/gone", "feed/fleet"] });
  await writeIdentity(join(folder, "north"), pki.north);
  const keys = join(folder, "settings-key.pub.pem");
  for (const key of region.signing.keys.values()) {
    await writeFile(keys, key.export({ type: "spki", format: "pem" }));
  }
  return { region, membership: { url: region.url.href, identity: "north", keys: [keys] } };
}

/** What of the yard is recorded, as a bundle that leaves the town. */
async function exported(town: TownProcess, from_ms: number): Promise<void> {
  const periods = [{ camera: "yard", from: isoOf(from_ms), to: isoOf(Date.now()) }];
  const legal_basis = { ground: "police-request", reference: "case 13" };
  const body = JSON.stringify({ form: "original", periods, purpose: "theft of a bicycle", legal_basis });
  const asked = await town.fetch("/v1/evidence", { method: "POST", body });
  const { id } = (await asked.json()) as { id: string };
  await eventually(async () => {
    expect(await town.get(`/v1/evidence/${id}`)).toMatchObject({ state: "ready" });
  }, PATIENCE_MS);
}

test.skipIf(rtspMissing)(
  "what cameras, feeds, webhooks, mail and people have for a password is nowhere: not in answers, logs, stores, processes or a backup, nor with a webhook, a region or in evidence, also after crashes (needs the RTSP server)",
  { timeout: 480_000 },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "yardline-secrets-"));
    const keys = await mkdtemp(join(tmpdir(), "yardline-secret-key-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const data = join(folder, "data");
    process.env["YARDLINE_SECRET_KEY_FILE"] = join(keys, "key");
    onTestFinished(() => void delete process.env["YARDLINE_SECRET_KEY_FILE"]);
    const port = await freePort();
    const clip = join(folder, "clip.mp4");
    const bars = ["-f", "lavfi", "-i", "testsrc2=size=320x180:rate=10:duration=5", "-pix_fmt", "yuv420p"];
    await run("ffmpeg", ["-v", "error", ...bars, "-c:v", "libx264", "-bf", "0", "-g", "10", clip]);
    const camera = await startRtsp(port, clip);
    onTestFinished(() => killRtsp(camera));
    const [feed, hook] = [await startFeed(), await startHook()];
    const { region, membership } = await startRegion(folder);
    const began_ms = Date.now();

    await yardline(["secret", "key", join(keys, "key")]);
    const address = `rtsp://viewer:${CANARY}@127.0.0.1:${port}/yard`;
    await yardline(["secret", "put", "yard", "--data", data], address);
    await writeFile(join(folder, "feed.header"), `X-Key: ${CANARY}\n`, { mode: 0o600 });
    await writeFile(join(folder, "gone.url"), `rtsp://viewer:${CANARY}@127.0.0.1:9/gone`, { mode: 0o600 });
    await writeFile(join(folder, "duty.secret"), `whsec_${base64Of(CANARY.repeat(2))}`, { mode: 0o600 });
    await writeFile(join(folder, "mail.secret"), CANARY, { mode: 0o600 });
    await writeFile(
      join(folder, "town.yaml"),
      stringify({ ...settings(feed.url, hook.url), region: membership }),
    );
    const town = new TownProcess(ROOT, {
      config: { path: join(folder, "town.yaml"), tenant: "town" },
      folder: data,
      port: await freePort(),
      log: join(folder, "town.log"),
    });
    onTestFinished(() => town.kill());
    await town.start();
    await town.cookieOf("dispatcher", CANARY);
    const recorded = async () => {
      const metrics = await (await town.fetch("/metrics")).text();
      expect(metrics).toMatch(/^yardline_video_recorded_bytes_total\{camera="yard"\} [1-9]/m);
    };
    await eventually(recorded, PATIENCE_MS);

    // A decoder or recorder that crashes, with all the noise that it makes; then the town itself, with no time to clean up.
    const child = treeOf(town.pid).find(({ argv }) => argv[0]?.endsWith("ffmpeg"));
    if (child) process.kill(child.pid, "SIGABRT");
    await eventually(() => expect(feed.asked().length).toBeGreaterThan(3), PATIENCE_MS);
    await town.kill();
    await town.start();
    await eventually(recorded, PATIENCE_MS);
    await exported(town, began_ms);
    await yardline(["backup", "--data", data, "--out", join(folder, "backup.tar.zst")]);

    expect(feed.asked()).toContain(CANARY);
    const theirs = await filesBelow(region.folder);
    const places = [...(await listPlaces(town, folder)), ...hook.told, ...theirs];
    const found = placesOf(CANARY, places);
    process.stdout.write(`canary: ${places.length} places searched, found in ${found.length}\n`);
    expect({ found, enough: places.length > 200 }).toEqual({ found: [], enough: true });
    // What does stand there is found, so the search is one: in answers, logs and within the backup.
    expect(placesOf("dispatcher", places)).toEqual(
      expect.arrayContaining(["/v1/people", join(folder, "backup.tar.zst")]),
    );
    const written = placesOf("yard", places);
    for (const stands of [/^webhook /, /evidence\/bundles\/.*\.zip$/, /\/bus\/.*events/]) {
      expect([stands, written.some((where) => stands.test(where))]).toEqual([stands, true]);
    }
    expect(placesOf("yard", theirs)).not.toEqual([]);
    expect(written).toEqual(expect.arrayContaining(["/v1/cameras", "/metrics", join(folder, "town.log")]));
  },
);

function settings(feed: string, hook: string) {
  const camera = {
    purpose: "protection-of-property",
    legal_basis: "public-task",
    controller: "Council",
    retention_h: 72,
    sign: { posted_on: "2026-11-01", place: "At the gate." },
    mask: { form: "none-needed", reason: "A drawn yard." },
  };
  const mapping = {
    vehicles: "$",
    id: "n",
    latitude: "y",
    longitude: "x",
    time: "t",
    time_format: "epoch-s",
  };
  const server = { to: ["officer@town.example"], from: "yardline@town.example", host: "127.0.0.1", port: 9 };
  return {
    town: { name: "Town", tenant: "town" },
    webhooks: [{ id: "duty", url: hook, secret_file: "duty.secret" }],
    audit: { checkpoints: [{ mail: { ...server, user: "town", password_file: "mail.secret" } }] },
    cameras: [
      { id: "yard", name: "Yard", url_file: "secret:yard", ...camera },
      { id: "gone", name: "Gone", url_file: "gone.url", ...camera },
    ],
    feeds: [
      {
        name: "fleet",
        format: "json",
        url: feed,
        header_file: "feed.header",
        every_s: 1,
        stale_after_s: 30,
        mapping,
      },
    ],
  };
}
