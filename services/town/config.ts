import { AppError } from "@yardline/domain/errors";
import { CameraRecord, problemsOf } from "@yardline/privacy/camera-record";
import { type Static, Type } from "typebox";
import { Value } from "typebox/value";
import { parseDocument } from "yaml";
import { lineFinder, type Problem, schemaProblems } from "./config-problems.ts";

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

const CameraConfig = Type.Object(
  {
    id: Id,
    name: Type.String({ minLength: 1, maxLength: 100 }),
    url_file: Type.Optional(
      Type.String({
        description: "A file that holds the camera's address, password included; read by its owner alone.",
      }),
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
    ...CameraRecord.properties,
  },
  strict,
);
export type CameraConfig = Static<typeof CameraConfig>;

export const TownConfig = Type.Object(
  {
    town: Type.Object({ name: Type.String({ minLength: 1, maxLength: 100 }), tenant: Id }, strict),
    port: Type.Optional(Port),
    cameras: Type.Optional(Type.Array(CameraConfig, { maxItems: 64 })),
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
  const refusal = (problems: readonly Problem[]) => refusalOf(name, problems, lines);
  const document = parseDocument(text, { prettyErrors: false, schema: "core", uniqueKeys: true });
  const lineOf = lineFinder(text, document);
  const syntax = document.errors.map(
    ({ message, pos }): Problem => ({ line: lineOf.offset(pos[0]), message }),
  );
  if (syntax.length > 0) throw refusal(syntax);
  const value: unknown = document.toJS({ maxAliasCount: 20 });
  const problems = schemaProblems(TownConfig, value).map(
    ({ path, message }): Problem => ({ line: lineOf.path(path), message }),
  );
  if (Value.Check(TownConfig, value)) {
    if (problems.length === 0) problems.push(...meaningProblems(value, lineOf.path));
    if (problems.length === 0) return value;
  }
  throw refusal(problems);
}

function refusalOf(name: string, problems: readonly Problem[], lines: boolean): AppError {
  const rows = problems
    .toSorted((a, b) => a.line - b.line)
    .map(({ line, message }) => (lines ? `  line ${line}: ${message}` : `  ${message}`));
  const count = problems.length === 1 ? "one problem" : `${problems.length} problems`;
  return new AppError("TOWN_CONFIG", `${name} has ${count}; nothing was started.\n${rows.join("\n")}`);
}

type LineOf = (path: readonly (string | number)[]) => number;

/** What is well-formed and yet cannot be meant. */
function meaningProblems(config: TownConfig, lineOf: LineOf): Problem[] {
  const problems = cameraProblems(config.cameras ?? [], lineOf);
  const hooks = config.webhooks ?? [];
  for (const [at, { id }] of hooks.entries()) {
    if (hooks.findIndex((other) => other.id === id) === at) continue;
    problems.push({ line: lineOf(["webhooks", at, "id"]), message: `webhook "${id}" is there twice` });
  }
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
    if ((camera.url_file === undefined) === (camera.file === undefined)) {
      say("url_file", "give exactly one of url_file (a live camera) and file (a recording)");
    }
    if (camera.url_file?.includes("://")) {
      say(
        "url_file",
        "this is an address, and may hold a password: write it to a file and name the file here",
      );
    }
    for (const problem of problemsOf(camera)) say("retention_h", problem);
  }
  return problems;
}

/** Where the page and the API are served unless the settings say otherwise. */
export const DEFAULT_PORT = 8080;
