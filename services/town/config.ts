import { DetectionSettings } from "@yardline/edge/detection-settings";
import { REPORTED_KINDS } from "@yardline/events/yard-reported";
import { CameraRecord, problemsOf } from "@yardline/privacy/camera-record";
import { isTimezone, problemsOfScene } from "@yardline/rules/scene/scene-problems";
import { CalendarSettings, SceneSettings } from "@yardline/rules/scene/scene-settings";
import { type Static, Type } from "typebox";
import { OnwardSettings, receiverProblems } from "./onward-settings.ts";
import { type LineOf, type Problem, readSettings } from "./read-settings.ts";

const Id = Type.String({
  pattern: "^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$",
  description: "Lower-case Latin letters, digits and hyphens.",
});
const Port = Type.Integer({ minimum: 1, maximum: 65_535 });
const strict = { additionalProperties: false };

const KeyFolder = Type.String({
  minLength: 1,
  description: "A folder that ./yardline certificates made; read by its owner alone.",
});

const RollSeconds = Type.Integer({
  minimum: 0,
  maximum: 120,
  description: "How much before or after an event is kept with it.",
});

const CameraConfig = Type.Object(
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
    ...SceneSettings.properties,
  },
  strict,
);
export type CameraConfig = Static<typeof CameraConfig>;

export const TownConfig = Type.Object(
  {
    town: Type.Object(
      { name: Type.String({ minLength: 1, maxLength: 100 }), tenant: Id, ...CalendarSettings },
      strict,
    ),
    port: Type.Optional(Port),
    cameras: Type.Optional(Type.Array(CameraConfig, { maxItems: 64 })),
    detection: Type.Optional(DetectionSettings),
    recordings: Type.Optional(
      Type.Object(
        {
          keep_free_mb: Type.Optional(
            Type.Integer({
              minimum: 1,
              description: "So much of the disk stays free: old recordings go first.",
            }),
          ),
          at_most_mb: Type.Optional(
            Type.Integer({ minimum: 1, description: "All recordings and snapshots together." }),
          ),
        },
        strict,
      ),
    ),
    gtfs: Type.Optional(
      Type.Object(
        { feed: Id, from: Type.String({ minLength: 1, description: "A zip file's path or https address." }) },
        strict,
      ),
    ),
    trackers: Type.Optional(
      Type.Array(Type.Object({ protocol: Id, port: Port, host: Type.Optional(Type.String()) }, strict), {
        maxItems: 32,
      }),
    ),
    onward: Type.Optional(OnwardSettings),
    devices: Type.Optional(
      Type.Array(
        Type.Object(
          {
            device_id: Type.String({
              minLength: 1,
              maxLength: 64,
              description: "What the tracker logs in with (IMEI).",
            }),
            vehicle_id: Type.String({ minLength: 1, maxLength: 64, description: "The bus's fleet number." }),
          },
          strict,
        ),
        { maxItems: 10_000 },
      ),
    ),
    region: Type.Optional(
      Type.Object(
        {
          url: Type.String({ pattern: "^https://", maxLength: 300, description: "The region's receiver." }),
          identity: KeyFolder,
          keys: Type.Array(Type.String({ minLength: 1 }), {
            minItems: 1,
            maxItems: 8,
            description:
              "Files of the region's public keys: of its settings, and of who asks for recordings.",
          }),
          media: Type.Optional(
            Type.Object(
              { port: Port, host: Type.Optional(Type.String()) },
              {
                ...strict,
                description: "Where the region fetches recordings; without it they are seen here alone.",
              },
            ),
          ),
        },
        { ...strict, description: "For an edge box: the region that it belongs to." },
      ),
    ),
    receiver: Type.Optional(
      Type.Object(
        { port: Port, host: Type.Optional(Type.String()), identity: KeyFolder },
        { ...strict, description: "For a region: where its edges connect." },
      ),
    ),
    edges: Type.Optional(
      Type.Object(
        { identity: KeyFolder },
        { ...strict, description: "For a region's api: recordings are fetched from the edges." },
      ),
    ),
    webhooks: Type.Optional(
      Type.Array(
        Type.Object(
          {
            id: Id,
            url: Type.String({ minLength: 1, maxLength: 500, description: "https; who is told." }),
            secret_file: Type.String({
              description: "A file that holds the shared secret, read by its owner alone.",
            }),
            query: Type.Optional(
              Type.String({
                maxLength: 500,
                description: "What it is told of, as in the search box; all without.",
              }),
            ),
          },
          strict,
        ),
        { maxItems: 32 },
      ),
    ),
    unknown_devices: Type.Optional(
      Type.Enum(["quarantine", "accept"], {
        description: "`accept` takes the device id for the fleet number.",
      }),
    ),
  },
  strict,
);
export type TownConfig = Static<typeof TownConfig>;

/**
 * Reads a `town.yaml`. JSON is YAML, so settings built from flags take the same way.
 * @param lines whether the text has lines that a person could go to.
 * @throws AppError `TOWN_CONFIG` whose message lists every problem at once, each with its line.
 */
export function readTownConfig(text: string, name: string, { lines = true } = {}): TownConfig {
  return readSettings(text, { name, lines, schema: TownConfig, meaning: meaningProblems });
}

/** What is well-formed and yet cannot be meant. */
function meaningProblems(config: TownConfig, lineOf: LineOf): Problem[] {
  const problems = cameraProblems(config.cameras ?? [], lineOf);
  const { timezone } = config.town;
  if (timezone !== undefined && !isTimezone(timezone)) {
    problems.push({ line: lineOf(["town", "timezone"]), message: noTimezone(timezone) });
  }
  const hooks = config.webhooks ?? [];
  for (const [at, { id }] of hooks.entries()) {
    if (hooks.findIndex((other) => other.id === id) === at) continue;
    problems.push({ line: lineOf(["webhooks", at, "id"]), message: `webhook "${id}" is there twice` });
  }
  problems.push(...receiverProblems(config.onward ?? [], lineOf));
  const ports = new Map<number, string>([[config.port ?? DEFAULT_PORT, "the page"]]);
  for (const [at, { port, protocol }] of (config.trackers ?? []).entries()) {
    const taken = ports.get(port);
    if (taken)
      problems.push({ line: lineOf(["trackers", at, "port"]), message: `port ${port} is taken by ${taken}` });
    ports.set(port, protocol);
  }
  return problems;
}

function cameraProblems(cameras: readonly CameraConfig[], lineOf: LineOf): Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  for (const [at, camera] of cameras.entries()) {
    const say = (key: string, message: string) =>
      problems.push({ line: lineOf(["cameras", at, key]), message: `camera "${camera.id}": ${message}` });
    if (seen.has(camera.id)) say("id", "another camera has this id");
    seen.add(camera.id);
    for (const [key, message] of addressProblems(camera)) say(key, message);
    for (const problem of problemsOf(camera)) say("retention_h", problem);
    if ((camera.plain_retention_h ?? 0) > camera.retention_h) {
      say("plain_retention_h", "nothing is kept longer than retention_h says");
    }
    for (const { path, message } of problemsOfScene(camera)) {
      problems.push({ line: lineOf(["cameras", at, ...path]), message: `camera "${camera.id}": ${message}` });
    }
  }
  return problems;
}

/** What is wrong with where a camera's pictures come from. */
function addressProblems({ url_file, sub_url_file, file, mask, onvif }: CameraConfig) {
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
  return says.flatMap(([holds, ...problem]) => (holds ? [problem] : []));
}

/** The words for a zone that is none. */
export function noTimezone(name: string): string {
  return `there is no time zone "${name}"; write one like Europe/Kyiv`;
}

/** Where the page and the API are served unless the settings say otherwise. */
export const DEFAULT_PORT = 8080;
