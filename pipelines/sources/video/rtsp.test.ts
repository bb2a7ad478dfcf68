import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { eventually } from "@yardline/testkit/eventually";
import { afterAll, beforeAll, describe, expect, type TestContext, test } from "vitest";
import { listChildren, makeVideo, probeBytes, type Watched, watchInTest } from "./testing.ts";
import { freePort, killRtsp, rtspMissing, startRtsp } from "./testing-rtsp.ts";

const LOST_MS_MAX = 12_000;
const BACK_MS_MAX = 10_000;

let folder = "";
let clip = "";
const servers: ChildProcess[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "yardline-rtsp-"));
  clip = join(folder, "clip.mp4");
  await makeVideo(clip, { size: "640x360", seconds: 8, rate_fps: 25 }, [
    "-c:v",
    "libx264",
    "-g",
    "25",
    "-bf",
    "0",
  ]);
});
afterAll(async () => {
  for (const server of servers) killRtsp(server);
  await rm(folder, { recursive: true });
});

async function startServer(port: number): Promise<ChildProcess> {
  const server = await startRtsp(port, clip);
  servers.push(server);
  return server;
}

/** Watched until the test is over, also where it fails: one failure is not two then. */
function watch(address: string, onTestFinished: TestContext["onTestFinished"]): Watched {
  const watched = watchInTest(address);
  onTestFinished(async () => {
    watched.stop();
    await watched.ended;
  });
  return watched;
}

/** A relay before a server that lets it send its datagrams nowhere, as a firewall does. */
async function withoutDatagrams(
  port: number,
  onTestFinished: TestContext["onTestFinished"],
): Promise<number> {
  const relay = createServer((from) => {
    const to = connect(port, "127.0.0.1");
    from.on("data", (asked: Buffer) => {
      to.write(asked.toString("latin1").replace(/client_port=\d+-\d+/, "client_port=9-10"), "latin1");
    });
    to.pipe(from);
    for (const [one, other] of [[from, to] as const, [to, from] as const]) {
      one.on("error", () => undefined);
      one.on("close", () => other.destroy());
    }
  }).listen(0, "127.0.0.1");
  await once(relay, "listening");
  onTestFinished(() => void relay.close());
  return (relay.address() as AddressInfo).port;
}

const kindsOf = ({ changes }: Watched) => changes.map(({ kind }) => kind);

describe.skipIf(rtspMissing)(
  "with the real RTSP server (needs ../shared/data and python3-gi with GstRtspServer)",
  () => {
    test.concurrent("a server that is killed: lost, back, and the gap stays a gap", async ({
      onTestFinished,
    }) => {
      const port = await freePort();
      const server = await startServer(port);
      const watched = watch(`rtsp://127.0.0.1:${port}/yard`, onTestFinished);
      await eventually(() => expect(watched.frames.length).toBeGreaterThan(10), 15_000);
      killRtsp(server);
      const killed_ms = performance.now();
      await eventually(() => expect(kindsOf(watched)).toContain("lost"), LOST_MS_MAX);
      const lost_after_ms = performance.now() - killed_ms;
      await startServer(port);
      const returned_ms = performance.now();
      await eventually(() => expect(kindsOf(watched)).toContain("returned"), BACK_MS_MAX);
      const back_after_ms = performance.now() - returned_ms;
      const frames = watched.frames.length;
      await eventually(() => expect(watched.frames.length).toBeGreaterThan(frames + 5));
      watched.stop();
      await watched.ended;
      process.stdout.write(
        `lost after ${lost_after_ms.toFixed()} ms, back after ${back_after_ms.toFixed()} ms\n`,
      );
      const [first, last] = [watched.segments[0], watched.segments.at(-1)];
      expect(first?.connection).not.toBe(last?.connection);
      const back = watched.changes.find((change) => change.kind === "returned");
      expect(
        Math.abs(
          (back?.since_ms ?? 0) -
            (watched.segments.findLast((each) => each.connection === first?.connection)?.to_ms ?? 0),
        ),
      ).toBeLessThan(1_000);
      for (const { data } of watched.segments) {
        const { kinds, begins_with_key } = await probeBytes(data);
        expect([kinds, begins_with_key]).toEqual([["video"], true]);
      }
    });

    test.concurrent("a server that stalls is shown as lost, and its deaf child is ended", async ({
      onTestFinished,
    }) => {
      const port = await freePort();
      const server = await startServer(port);
      const watched = watch(`rtsp://127.0.0.1:${port}/yard`, onTestFinished);
      await eventually(() => expect(watched.frames.length).toBeGreaterThan(5), 15_000);
      process.kill(-(server.pid ?? 0), "SIGSTOP");
      await eventually(() => expect(kindsOf(watched)).toContain("lost"), LOST_MS_MAX);
      expect(watched.changes.at(-1)).toMatchObject({ kind: "lost", why: "silent", attempts: 0 });
      watched.stop();
      await watched.ended;
    });

    test.concurrent("pictures by datagram are recorded as those by stream are", async ({
      onTestFinished,
    }) => {
      const port = await freePort();
      await startServer(port);
      const watched = watch(`rtsp+udp://127.0.0.1:${port}/yard`, onTestFinished);
      await eventually(() => expect(watched.frames.length).toBeGreaterThan(8), 25_000);
      watched.stop();
      await watched.ended;
      const [segment] = watched.segments;
      const { codec, size, begins_with_key } = await probeBytes(segment?.data ?? new Uint8Array());
      expect([codec, size, begins_with_key]).toEqual(["h264", "640x360", true]);
    });

    test.concurrent("datagrams that never come: lost as silent, then asked for within the connection", async ({
      onTestFinished,
    }) => {
      const port = await freePort();
      await startServer(port);
      const firewalled = await withoutDatagrams(port, onTestFinished);
      const watched = watch(`rtsp+udp://127.0.0.1:${firewalled}/yard`, onTestFinished);
      await eventually(() => expect(kindsOf(watched)).toEqual(["lost", "returned"]), 25_000);
      expect(watched.changes[0]).toMatchObject({ why: "silent" });
      expect(watched.notes).toContainEqual({ kind: "transport-changed", to: "stream" });
    });

    test.concurrent("a password is in no process list, environment, note, error or stored byte", async ({
      onTestFinished,
    }) => {
      const canary = "cAnary-7f3a91";
      const port = await freePort();
      await startServer(port);
      const watched = watch(`rtsp://operator:${canary}@127.0.0.1:${port}/yard`, onTestFinished);
      const argvs: string[] = [];
      let mentions = 0;
      const look = setInterval(() => {
        for (const child of watched.children()) {
          argvs.push(child.argv);
          if (child.mentions(canary) || child.mentions("operator")) mentions++;
        }
      }, 100);
      await eventually(() => expect(watched.frames.length).toBeGreaterThan(5), 15_000);
      const nowhere = watch(`rtsp://operator:${canary}@127.0.0.1:${port}/nothing-here`, onTestFinished);
      await eventually(() => expect(kindsOf(nowhere)).toContain("lost"), 15_000);
      for (const each of [watched, nowhere]) each.stop();
      const errors = await Promise.all([watched.ended, nowhere.ended]);
      clearInterval(look);
      expect(argvs.length).toBeGreaterThan(10);
      expect(mentions).toBe(0);
      expect(nowhere.changes[0]).toMatchObject({ kind: "lost", why: "refused" });
      const told = inspect([errors, watched.notes, watched.changes, nowhere.notes, nowhere.changes], {
        depth: 9,
        maxArrayLength: null,
        maxStringLength: null,
      });
      expect(told).not.toContain(canary);
      expect(told).not.toContain("operator");
      for (const { data } of watched.segments) expect(Buffer.from(data).includes(canary)).toBe(false);
    });

    test("no child is left", async () => {
      await eventually(() => expect(listChildren()).toEqual([]));
    });
  },
);
