import { dirname } from "node:path";
import { DetectionSettings, settledIn } from "@yardline/edge/detection-settings";
import { planScene, type ScenePlan } from "@yardline/rules/scene/scene-plan";
import { isTimezone, problemsOfScene } from "@yardline/rules/scene/scene-problems";
import { CalendarSettings, SceneSettings } from "@yardline/rules/scene/scene-settings";
import { type Static, Type } from "typebox";
import { noTimezone } from "./config.ts";
import { type LineOf, type Problem, readSettings } from "./read-settings.ts";

/** What one camera is watched for, without a town around it: a recording is tried with it. */
const CameraFile = Type.Object(
  { detection: Type.Optional(DetectionSettings), ...CalendarSettings, ...SceneSettings.properties },
  { additionalProperties: false },
);

/** What a camera is watched for, and how its pictures are looked at. */
type CameraPlan = { readonly scene: ScenePlan; readonly detection: DetectionSettings };

/**
 * Reads a `camera.yaml`. Without a `timezone` its hours are UTC, so that the same file gives the same events on every machine.
 * @param name the file's path: a manifest of a model is meant from its folder.
 * @throws AppError `TOWN_CONFIG` whose message lists every problem at once, each with its line.
 */
export function readCameraFile(text: string, name: string): CameraPlan {
  const { detection, ...file } = readSettings(text, { name, lines: true, schema: CameraFile, meaning });
  return {
    scene: planScene(file, { timezone: file.timezone ?? "UTC", holidays: file.holidays ?? [] }),
    detection: settledIn(dirname(name), detection ?? {}),
  };
}

function meaning(file: Static<typeof CameraFile>, lineOf: LineOf): Problem[] {
  const problems = problemsOfScene(file).map(({ path, message }) => ({ line: lineOf(path), message }));
  const { timezone } = file;
  return timezone === undefined || isTimezone(timezone)
    ? problems
    : [...problems, { line: lineOf(["timezone"]), message: noTimezone(timezone) }];
}
