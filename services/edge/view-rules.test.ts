import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Detector } from "@yardline/detection/detector";
import type { Label } from "@yardline/domain/detection";
import { planScene } from "@yardline/rules/scene/scene-plan";
import { readRecording } from "@yardline/sources/video/read-recording";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Watching } from "./watching.ts";

const CLIPS = join(import.meta.dirname, "../../../shared/data/video/clips");
const run = promisify(execFile);

const blind: Detector = { detect: async () => [], close: async () => undefined };

/** Cameras watch themselves without being told. */
const SCENE = planScene(
  { rules: [{ rule: "left-object" }, { rule: "removed-object" }] },
  { timezone: "UTC", holidays: [] },
);

/** Watches a recording at 5 fps under every rule about views. @returns `{rule} {state} {at} since {since}` of what opened or closed. */
async function watch(path: string, detectorAt: (now_ms: () => number) => Detector = () => blind) {
  let now_ms = 0;
  const detector = detectorAt(() => now_ms);
  const watching = new Watching({ detector, idOf: String, scene: SCENE, keepPictures: false });
  const said: string[] = [];
  for await (const frame of readRecording(path, { camera: "yard", start_ms: 0, rate_fps: 5 })) {
    now_ms = frame.at_ms;
    for (const { rule, finding } of (await watching.take(frame)).raised) {
      const { at_ms, state, data } = finding;
      if (state !== "updated") said.push(`${rule} ${state} ${at_ms / 1000} since ${data.since_ms / 1000}`);
    }
  }
  return said;
}

type Truth = { readonly objs: readonly { readonly label: string; readonly box: readonly number[] }[] };

/** The drawn truth as a detector that knows persons and cars, and no bags. */
function truthOf(path: string): (now_ms: () => number) => Detector {
  const truth: readonly Truth[] = JSON.parse(readFileSync(path, "utf8"));
  const labels: readonly Label[] = ["person", "car"];
  return (now_ms) => ({
    detect: async () =>
      (truth[Math.round(now_ms() / 40)]?.objs ?? []).flatMap(
        ({ label, box: [left = 0, top = 0, right = 0, bottom = 0] }) =>
          labels
            .filter((known) => known === label)
            .map((known) => ({
              label: known,
              score: 0.9,
              box: { left: left / 1280, top: top / 720, right: right / 1280, bottom: bottom / 720 },
            })),
      ),
    close: async () => undefined,
  });
}

describe.skipIf(!existsSync(CLIPS))("on recordings (needs ../shared/data)", () => {
  test("the dropped bag is a left object, dated within a second of the drop, and nothing else is raised", async () => {
    const said = await watch(
      join(CLIPS, "synthetic-courtyard.mp4"),
      truthOf(join(CLIPS, "synthetic-courtyard.gt.json")),
    );
    // Put down at 41.0 s.
    expect(said).toEqual(["left-object opened 52 since 41.6"]);
  });

  test.for(["quiet-courtyard.mp4", "intel-bottle.mp4", "intel-car-detection.mp4", "highway.mp4"])(
    "nothing on %s",
    async (clip) => {
      expect(await watch(join(CLIPS, clip))).toEqual([]);
    },
  );
});

describe.skipIf(!existsSync(CLIPS))("a camera that is tampered with (needs ../shared/data)", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "yardline-view-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** A real motorway camera for 26 s, from the eighth second on through a filter of the real ffmpeg. */
  async function watchThrough(name: string, filter: string) {
    const path = join(folder, `${name}.mp4`);
    const input = ["-nostdin", "-v", "error", "-t", "26", "-i", join(CLIPS, "highway.mp4")];
    await run("ffmpeg", [
      ...input,
      "-vf",
      filter,
      "-c:v",
      "libx264",
      "-preset",
      "ultrafast",
      "-bf",
      "0",
      path,
    ]);
    return watch(path);
  }

  test.for([
    [
      "covered by a hand that comes from the left",
      "camera-covered",
      "drawbox=w='iw*min(1,max(0.01,(t-8)/2))':h=ih:color=gray:t=fill:enable='gte(t,8)'",
    ],
    ["covered with a black cap", "camera-covered", "drawbox=w=iw:h=ih:color=black:t=fill:enable='gte(t,8)'"],
    ["turned by a tenth", "camera-moved", "crop=256:192:'if(lt(t,8),0,26)':'if(lt(t,8),0,20)'"],
    ["out of focus", "camera-defocused", "boxblur=3:2:enable='gte(t,8)'"],
    ["dark as night falls", "camera-dark", "eq=brightness='-min(1,max(0,(t-8)/12))':eval=frame"],
  ])("%s: %s", async ([name = "", rule = "", filter = ""]) => {
    const said = await watchThrough(name.replaceAll(" ", "-"), filter);
    expect(said.map((line) => line.split(" ").slice(0, 2).join(" "))).toEqual([`${rule} opened`]);
  });

  test.for([
    ["light that goes on", "eq=brightness='if(lt(t,8),-0.25,0)':contrast='if(lt(t,8),0.6,1)':eval=frame"],
    ["light that goes off", "eq=brightness='if(lt(t,8),0,-0.25)':contrast='if(lt(t,8),1,0.6)':eval=frame"],
    [
      "a lorry before the lens for three seconds",
      "drawbox=w=iw:h=ih:color=gray:t=fill:enable='between(t,8,11)'",
    ],
  ])("%s is no tampering", async ([name = "", filter = ""]) => {
    expect(await watchThrough(name.replaceAll(" ", "-"), filter)).toEqual([]);
  });
});
