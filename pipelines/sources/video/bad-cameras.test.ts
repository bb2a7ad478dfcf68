import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "@yardline/testkit/eventually";
import { afterAll, beforeAll, expect, test } from "vitest";
import { playLive, probeBytes, serveHttp, type Watched, watchInTest } from "./testing.ts";

const PATIENCE_MS = 45_000;
/** ffmpeg looks at five seconds of such a stream before it hands on anything: they come at once, as from a server with a buffer. */
const AT_ONCE_S = 6;
const SECONDS = 14;
let folder = "";
let good: Watched;
const ends: (() => unknown)[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "yardline-bad-cameras-"));
  good = await camera(() => [[clip([]), SECONDS]]);
});
afterAll(async () => {
  await Promise.all(ends.map((end) => end()));
  await rm(folder, { recursive: true });
});

/** A stream by the real encoder, H.264 with a key frame each second unless `options` say otherwise. */
function clip(options: readonly string[], { seconds = SECONDS, rate_fps = 10 } = {}): Uint8Array {
  const codec = options.includes("-c:v") ? [] : ["-c:v", "libx264", "-preset", "ultrafast", "-bf", "0"];
  const args = [
    "-v",
    "error",
    "-f",
    "lavfi",
    "-i",
    `testsrc2=size=320x180:rate=${rate_fps}:duration=${seconds}`,
  ];
  const usual = ["-pix_fmt", "yuv420p", "-g", String(rate_fps), "-sc_threshold", "0"];
  return execFileSync("ffmpeg", [...args, ...usual, ...codec, ...options, "-f", "mpegts", "pipe:1"], {
    maxBuffer: 64 * 1024 * 1024,
  });
}

type Part = readonly [clip: Uint8Array, seconds: number];

/** A live camera that plays these parts in its n-th connection, and then ends it or, with `stays`, falls silent. */
async function camera(
  partsOf: (connection: number) => readonly Part[],
  { stays = false } = {},
): Promise<Watched> {
  let connections = 0;
  const server = await serveHttp(async (_request, response) => {
    response.writeHead(200, { "content-type": "video/mp2t" });
    for (const [data, seconds] of partsOf(connections++)) {
      const at_once = seconds > AT_ONCE_S ? Math.floor((data.length * AT_ONCE_S) / seconds) : 0;
      response.write(data.subarray(0, at_once));
      await playLive(response, data.subarray(at_once), at_once > 0 ? seconds - AT_ONCE_S : seconds);
    }
    if (!stays) response.end();
  });
  const watched = watchInTest(`${server.url}/live.ts`);
  ends.push(async () => {
    watched.stop();
    server.close();
    await watched.ended;
  });
  return watched;
}

/** The first half, in whole packets of a transport stream. */
const half = (data: Uint8Array) => data.subarray(0, Math.floor(data.length / 2 / 188) * 188);

const kindsOf = ({ changes }: Watched) => changes.map(({ kind }) => kind);
const gapsOf = ({ changes }: Watched) =>
  new Set(changes.flatMap((change) => (change.kind === "lost" ? [change.since_ms] : []))).size;
const timesOf = ({ frames }: Watched) => frames.map(({ at_ms }) => at_ms);

async function enough(watched: Watched, frames = 15): Promise<void> {
  await eventually(() => expect(watched.frames.length).toBeGreaterThan(frames), PATIENCE_MS);
  // Within one connection; what a server had in its buffer may be older than the end of the one before.
  if (gapsOf(watched) > 0) return;
  const times = timesOf(watched);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
}

async function recorded(watched: Watched) {
  await eventually(() => expect(watched.segments.length).toBeGreaterThan(0), PATIENCE_MS);
  const [first] = watched.segments;
  return probeBytes(first?.data ?? new Uint8Array());
}

test.concurrent("a camera that flaps each second is one gap, whatever comes in between", async () => {
  const second = clip([], { seconds: 1 });
  const watched = await camera(() => [[second, 0.5]]);
  await eventually(
    () => expect(watched.notes.filter(({ kind }) => kind === "connection-ended").length).toBeGreaterThan(4),
    PATIENCE_MS,
  );
  expect([gapsOf(watched), kindsOf(watched).includes("returned")]).toEqual([1, false]);
  expect(watched.segments.length).toBeGreaterThan(2);
});

test.concurrent("broken NAL units are recorded as they came, looked at where they can be, and end nothing", async () => {
  const watched = await camera(() => [[clip(["-bsf:v", "noise=amount=2000"]), SECONDS]], { stays: true });
  await enough(watched, 8);
  expect((await recorded(watched)).codec).toBe("h264");
  expect(gapsOf(watched)).toBe(0);
});

test.concurrent("B-frames are recorded, and looked at in the order in which they are shown", async () => {
  const options = ["-c:v", "libx264", "-preset", "veryfast", "-bf", "3"];
  const watched = await camera(() => [[clip(options), SECONDS]], { stays: true });
  await enough(watched);
  expect((await recorded(watched)).codec).toBe("h264");
});

test.concurrent("a camera that gives one key frame and no other is recorded whole", async () => {
  const watched = await camera(() => [[clip(["-g", "999"]), SECONDS]]);
  await enough(watched);
  const { pictures, begins_with_key } = await recorded(watched);
  expect([pictures > 110, begins_with_key]).toEqual([true, true]);
});

test.concurrent("of 120 pictures a second five are looked at, and all are recorded", async () => {
  const watched = await camera(() => [[clip([], { rate_fps: 120 }), SECONDS]]);
  await enough(watched, 20);
  const times = timesOf(watched);
  expect(((times.at(-1) ?? 0) - (times[0] ?? 0)) / (times.length - 1)).toBeGreaterThan(150);
  // Twenty-four times as many as are looked at; how long the first segment is depends on the machine's other work.
  const { pictures } = await recorded(watched);
  const [first] = watched.segments;
  const looked = times.filter((at_ms) => first && first.from_ms <= at_ms && at_ms < first.to_ms);
  expect(pictures / looked.length).toBeGreaterThan(15);
});

test.concurrent.for([
  { way: "forward", offsets_s: [0, 3_600] },
  { way: "back", offsets_s: [3_600, 0] },
])(
  "a camera whose clock jumps $way by an hour goes on in a new connection, its times within a minute",
  async ({ offsets_s }) => {
    const [before, after] = offsets_s.map((offset_s) => clip(["-output_ts_offset", String(offset_s)]));
    if (!before || !after) throw new Error("two clips were to be drawn");
    const watched = await camera((connection) =>
      connection === 0
        ? [
            [half(before), SECONDS / 2 + 1],
            [after, SECONDS],
          ]
        : [[after, SECONDS]],
    );
    await eventually(() => expect(kindsOf(watched)).toContain("returned"), PATIENCE_MS);
    await enough(watched, 25);
    const times = timesOf(watched);
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeLessThan(60_000);
  },
);

test.concurrent("a camera that changes its codec goes on in a new connection, H.265 as it is", async () => {
  const h265 = clip(["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none"]);
  const h264 = clip([]);
  const watched = await camera((connection) =>
    connection === 0
      ? [
          [half(h264), SECONDS / 2 + 1],
          [h265, SECONDS],
        ]
      : [[h265, SECONDS]],
  );
  await eventually(async () => {
    const codecs = await Promise.all(
      watched.segments.map(async ({ data }) => (await probeBytes(data)).codec),
    );
    expect(new Set(codecs)).toEqual(new Set(["h264", "hevc"]));
  }, PATIENCE_MS);
});

test("all the while another camera of the same process was watched and recorded without a gap", async () => {
  await eventually(() => expect(kindsOf(good)).toContain("lost"), PATIENCE_MS);
  const [lost] = good.changes.filter((change) => change.kind === "lost");
  const length_ms =
    (lost?.since_ms ?? 0) - (good.changes[0]?.kind === "connected" ? good.changes[0].at_ms : 0);
  expect(length_ms).toBeGreaterThan((SECONDS - AT_ONCE_S - 3) * 1000);
  const own = good.segments.filter(({ connection }) => connection === good.segments[0]?.connection);
  for (const [at, { from_ms }] of own.entries()) if (at > 0) expect(from_ms).toBe(own[at - 1]?.to_ms);
});
