import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Sight } from "@yardline/edge/look";
import { type Detectors, openDetectors } from "@yardline/edge/open-detector";
import { PRESENCE_EVERYWHERE } from "@yardline/rules/scene/scene-plan";
import { readCameraFile } from "@yardline/town/camera-file";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { raisedOn } from "./raised-on.ts";
import { compare, type Scripted, tableOf } from "./scripted.ts";
import { TrueBoxes } from "./true-boxes.ts";

const ROOT = join(import.meta.dirname, "../..");
const CLIPS = join(ROOT, "../shared/data/video/clips");
const textOf = (file: string) => readFile(join(import.meta.dirname, file), "utf8");
const sceneOf = async (file: string) => readCameraFile(await textOf(file), file).scene;

const RUN_MS = 180_000;
let detectors: Detectors;
let sight: Sight;

/** Held to what is scripted, and printed: the numbers are what somebody who judges the rules wants to see. */
function expectScript(
  scripted: readonly Scripted[],
  raised: Parameters<typeof compare>[1],
  late_max_s: number,
) {
  const { compared, forNothing } = compare(scripted, raised, late_max_s);
  process.stdout.write(`${tableOf(compared)}\n`);
  expect({ missed: compared.filter(({ raised_s }) => raised_s === undefined), forNothing }).toEqual({
    missed: [],
    forNothing: [],
  });
}

describe.skipIf(!existsSync(CLIPS))("recordings whose truth is known (needs ../shared/data)", () => {
  beforeAll(async () => {
    detectors = await openDetectors([{}], {
      ...{ root: ROOT, report: () => undefined, workers: 1, policy: "wait" },
    });
    sight = detectors.sightOf({});
  }, RUN_MS);
  afterAll(() => detectors.close());

  // Somebody's feet are in the corner from 18.4 s to 40 s; a car stands from 27 s on, a bag lies from 41 s on.
  test(
    "in the drawn courtyard each happening is raised once, at most 3 s late, and nothing else",
    async () => {
      const boxes = await readFile(join(CLIPS, "synthetic-courtyard.gt.json"), "utf8");
      const known = new TrueBoxes(boxes, { width_px: 1280, height_px: 720 });
      const clip = join(CLIPS, "synthetic-courtyard.mp4");
      const raised = await raisedOn(clip, await sceneOf("courtyard.yaml"), { detector: known }, (frame) =>
        known.show(frame),
      );
      const due = [
        { rule: "loitering", due_s: 28.4 },
        { rule: "vehicle-stopped", due_s: 37 },
        { rule: "left-object", due_s: 51 },
      ];
      expectScript(due, raised, 3);
    },
    RUN_MS,
  );

  // Whom it cannot name it cannot tell from a thing, so all three are told as something that stands there.
  test(
    "in the same courtyard what the default detector has no name for is raised by where it stands",
    async () => {
      const clip = join(CLIPS, "synthetic-courtyard.mp4");
      const raised = await raisedOn(clip, await sceneOf("courtyard-unnamed.yaml"), sight);
      const due = [30, 37, 51].map((due_s) => ({ rule: "left-object", due_s }));
      expectScript(due, raised, 3);
      expect(raised.map(({ zone }) => zone)).toEqual(["corner", "road", "yard"]);
    },
    RUN_MS,
  );

  test(
    "on the motorway each vehicle that a person counted crosses the line once",
    async () => {
      const rows = (await textOf("highway-count.csv")).trim().split("\n").slice(1);
      const due = rows.map((row) => ({ rule: "line-crossing", due_s: Number(row.split(",")[0]) }));
      const raised = await raisedOn(join(CLIPS, "highway.mp4"), await sceneOf("highway.yaml"), sight);
      process.stdout.write(`counted by hand ${due.length}, by the line ${raised.length}\n`);
      expect(Math.abs(raised.length - due.length)).toBeLessThanOrEqual(0.05 * due.length);
      // A front is told as over the line once it is clearly over; a count may be right by two mistakes.
      const { compared, forNothing } = compare(due, raised, 1.5);
      process.stdout.write(`${tableOf(compared)}\n`);
      const wrong = compared.filter(({ raised_s }) => raised_s === undefined).length + forNothing.length;
      expect(wrong).toBeLessThanOrEqual(2);
    },
    RUN_MS,
  );

  // When the first of them is to be seen, their hair at the lower edge.
  test(
    "where people walk through one by one each passage is raised once",
    async () => {
      const clip = join(CLIPS, "intel-one-by-one-person.mp4");
      const raised = await raisedOn(clip, PRESENCE_EVERYWHERE, sight);
      const due = [6, 22.8, 50.2, 74.6, 92.2, 123.4].map((due_s) => ({ rule: "presence", due_s }));
      expectScript(due, raised, 3);
    },
    RUN_MS,
  );

  test.each(["quiet-courtyard.mp4", "intel-bottle.mp4"])(
    "nothing is raised on %s",
    async (name) => {
      expect(await raisedOn(join(CLIPS, name), PRESENCE_EVERYWHERE, sight)).toEqual([]);
    },
    RUN_MS,
  );
});
