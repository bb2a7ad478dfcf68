import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MaskForm, Polygon } from "@yardline/domain/camera";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Watched, watchInTest } from "./testing.ts";

const AREA: Polygon = [
  [0.1, 0.1],
  [0.5, 0.1],
  [0.5, 0.6],
  [0.1, 0.6],
];
const COVERED = "drawbox=x=iw*0.1:y=ih*0.1:w=iw*0.4:h=ih*0.5:color=gray:t=fill";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "yardline-live-"));
});
afterAll(() => rm(folder, { recursive: true }));

function film(filter: string): string {
  const path = join(folder, `${Math.random()}.mp4`);
  const encode = ["-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast", "-g", "10", "-bf", "0"];
  const source = "testsrc2=size=320x180:rate=10:duration=5";
  execFileSync("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", source, "-vf", filter, ...encode, path]);
  return path;
}

/** Everything that somebody is given who looks on from the beginning to the end. */
async function seenLive({ live, ended }: Watched): Promise<readonly Uint8Array[]> {
  const seen: Uint8Array[] = [];
  const take = () => {
    for (let piece = listener.take(); piece; piece = listener.take()) {
      if (piece.kind === "picture") seen.push(piece.packet.data);
    }
  };
  const listener = live.listen(take, () => undefined);
  await ended;
  return seen;
}

// What is recorded of a masked camera is masked, which other tests show: nothing else is ever shown live.
test.concurrent.for([
  { what: "no mask", mask: { form: "none-needed", reason: "a drawn picture" }, filter: "null", pictures: 50 },
  { what: "a mask of ours", mask: { form: "burnt-in", polygons: [AREA] }, filter: "null", pictures: 35 },
  {
    what: "the camera's own mask",
    mask: { form: "in-camera", polygons: [AREA] },
    filter: COVERED,
    pictures: 35,
  },
] as const satisfies readonly { mask: MaskForm; what: string; filter: string; pictures: number }[])(
  "of a camera with $what, live is what is recorded, byte for byte",
  async ({ mask, filter, pictures }) => {
    const watched = watchInTest(film(filter), { mask });
    const seen = await seenLive(watched);
    expect(seen.length).toBeGreaterThanOrEqual(pictures);
    const recorded = Buffer.concat(watched.segments.map(({ data }) => data));
    expect(seen.filter((picture) => !recorded.includes(picture))).toEqual([]);
  },
);

test.concurrent("of a camera that has lost its own mask nothing is shown, and nothing of it is left", async () => {
  const watched = watchInTest(film("null"), { mask: { form: "in-camera", polygons: [AREA] } });
  expect(await seenLive(watched)).toEqual([]);
  expect(
    watched.live
      .listen(
        () => undefined,
        () => undefined,
      )
      .take(),
  ).toBeUndefined();
});
