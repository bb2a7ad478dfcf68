import { DetectionSettings } from "@yardline/edge/detection-settings";
import { REPORTED_KINDS } from "@yardline/events/yard-reported";
import { CameraRecord, problemsOf, RETENTION_PLAIN_H } from "@yardline/privacy/camera-record";
import { problemsOfScene } from "@yardline/rules/scene/scene-problems";
import { SceneSettings } from "@yardline/rules/scene/scene-settings";
import { receiverOf } from "@yardline/sources/positions/receiver";
import { type Static, Type } from "typebox";
import type { LineOf, Problem } from "./read-settings.ts";

/** What things are called in addresses, file names and events. */
export const Id = Type.String({
  pattern: "^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$",
  description: "Lower-case Latin letters, digits and hyphens.",
});
const strict = { additionalProperties: false };

const RollSeconds = Type.Integer({
  minimum: 0,
  maximum: 120,
  description: "How much before or after an event is kept with it.",
});

/** One camera of the settings: where its pictures come from, its record, how it is recorded and what it is watched for. */
export const CameraConfig = Type.Object(
  {
    id: Id,
    name: Type.String({ minLength: 1, maxLength: 100 }),
    url_file: Type.Optional(
      Type.String({
        description: "A file that holds the camera's address, password included; read by its owner alone.",
      }),
    ),
    sub_url_file: Type.Optional(
      Type.String({
        description:
          "The same for a smaller stream of the same picture: it is looked at, and the one of url_file recorded.",
      }),
    ),
    onvif: Type.Optional(
      Type.Object(
        {
          url_file: Type.String({
            description: "A file that holds the device's address, as in http://user:password@192.168.1.20.",
          }),
          reports: Type.Optional(
            Type.Array(Type.Enum(REPORTED_KINDS), {
              minItems: 1,
              description: "Which of its own findings become events; all of them, unless it says so.",
            }),
          ),
        },
        { ...strict, description: "The camera's own analytics are heeded." },
      ),
    ),
    file: Type.Optional(Type.String({ description: "A recording that is played as if it were a camera." })),
    cost_ms: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 4_000,
        description:
          "CPU milliseconds a second that it costs on this box, as ./yardline camera probe measured it.",
      }),
    ),
    place: Type.Optional(
      Type.Object(
        {
          latitude: Type.Number({ minimum: -90, maximum: 90 }),
          longitude: Type.Number({ minimum: -180, maximum: 180 }),
        },
        strict,
      ),
    ),
    district: Type.Optional({ ...Id, description: "One of the town's districts, by its id." }),
    partner: Type.Optional({ ...Id, description: "One of the town's partners, by its id: it is theirs." }),
    vehicle_id: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 64,
        description:
          "The fleet number of the bus that it rides on: its own stream tells where it is (GPMF, KLV, NMEA).",
      }),
    ),
    nmea: Type.Optional(
      Type.String({
        maxLength: 300,
        description:
          "A receiver in that bus that tells instead, as in tcp://10.0.0.1:10110; it takes no password.",
      }),
    ),
    recording: Type.Optional(
      Type.Enum(["continuous", "by-event"], {
        description: "`by-event`: only what an event refers to is kept. Everything, unless it says so.",
      }),
    ),
    pre_roll_s: Type.Optional(RollSeconds),
    post_roll_s: Type.Optional(RollSeconds),
    plain_retention_h: Type.Optional(
      Type.Integer({ minimum: 1, description: "How long recording lives that no event refers to." }),
    ),
    detection: Type.Optional(DetectionSettings),
    ...CameraRecord.properties,
    retention_h: Type.Optional(CameraRecord.properties.retention_h),
    ...SceneSettings.properties,
  },
  strict,
);
export type CameraConfig = Static<typeof CameraConfig>;

/** A camera's record out of its settings. */
export function recordOf({ retention_h = RETENTION_PLAIN_H, ...camera }: CameraConfig): CameraRecord {
  const { purpose, legal_basis, controller, retention_reason, mask, sign } = camera;
  return {
    ...{ purpose, legal_basis, controller, retention_h, mask, sign },
    ...(retention_reason !== undefined && { retention_reason }),
  };
}

/** What of the cameras is well-formed and yet cannot be meant. */
export function cameraProblems(cameras: readonly CameraConfig[], lineOf: LineOf): Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  for (const [at, camera] of cameras.entries()) {
    const say = (key: string, message: string) =>
      problems.push({ line: lineOf(["cameras", at, key]), message: `camera "${camera.id}": ${message}` });
    if (seen.has(camera.id)) say("id", "another camera has this id");
    seen.add(camera.id);
    for (const [key, message] of addressProblems(camera)) say(key, message);
    for (const { field, message } of problemsOf(camera, camera.file === undefined)) say(field, message);
    if ((camera.plain_retention_h ?? 0) > recordOf(camera).retention_h) {
      say("plain_retention_h", "nothing is kept longer than retention_h says");
    }
    for (const { path, message } of problemsOfScene(camera)) {
      problems.push({ line: lineOf(["cameras", at, ...path]), message: `camera "${camera.id}": ${message}` });
    }
  }
  return problems;
}

/** What is wrong with where a camera's pictures come from. */
function addressProblems({ url_file, sub_url_file, file, mask, onvif, ...rides }: CameraConfig) {
  const { vehicle_id, nmea, place } = rides;
  const typed = "this is an address, and may hold a password: write it to a file and name the file here";
  const says: readonly (readonly [boolean, key: string, message: string])[] = [
    [
      (url_file === undefined) === (file === undefined),
      "url_file",
      "give exactly one of url_file (a live camera) and file (a recording)",
    ],
    [url_file?.includes("://") ?? false, "url_file", typed],
    [sub_url_file?.includes("://") ?? false, "sub_url_file", typed],
    [onvif?.url_file.includes("://") ?? false, "onvif", typed],
    [
      sub_url_file !== undefined && url_file === undefined,
      "sub_url_file",
      "a second stream stands beside url_file; a recording has one",
    ],
    [
      sub_url_file !== undefined && mask.form === "burnt-in",
      "sub_url_file",
      "what we mask is decoded and encoded anew in the stream that is kept, so a second one saves nothing: name one",
    ],
  ];
  const riding: readonly (readonly [boolean, key: string, message: string])[] = [
    [
      vehicle_id !== undefined && place !== undefined,
      "place",
      "a camera that rides on a bus has no place of its own",
    ],
    [nmea !== undefined && vehicle_id === undefined, "nmea", "name the bus, too, in vehicle_id"],
    [
      nmea !== undefined && receiverOf(nmea) === undefined,
      "nmea",
      "write a receiver's address like tcp://10.0.0.1:10110",
    ],
  ];
  return [...says, ...riding].flatMap(([holds, ...problem]) => (holds ? [problem] : []));
}
