import { issuerProblem, SignInSettings } from "@yardline/api/oidc/settings";
import { PublicSettings, publicProblem } from "@yardline/api/tls/settings";
import { DetectionSettings } from "@yardline/edge/detection-settings";
import { isTimezone } from "@yardline/rules/scene/scene-problems";
import { CalendarSettings } from "@yardline/rules/scene/scene-settings";
import { type Static, Type } from "typebox";
import { AuditSettings } from "./audit-settings.ts";
import { CameraConfig, cameraProblems, Id } from "./camera-config.ts";
import { FeedSettings, feedProblems } from "./feed-settings.ts";
import { GtfsChoice } from "./gtfs-settings.ts";
import { NEIGHBOURS, neighbourProblems } from "./neighbour-settings.ts";
import { OnwardSettings, receiverProblems } from "./onward-settings.ts";
import { areaProblems, PrivacySettings, PublicCountSettings } from "./privacy-settings.ts";
import { PUSH } from "./push-settings.ts";
import {
  judgeSettings,
  type LineOf,
  type PlacedProblem,
  type Problem,
  readSettings,
} from "./read-settings.ts";
import { TENANTS, tenantProblems } from "./tenant-settings.ts";
import type { TimetableSettings } from "./timetables/feed-versions.ts";
import { WHOSE, whoseProblems } from "./whose-settings.ts";

const Port = Type.Integer({ minimum: 1, maximum: 65_535 });
const strict = { additionalProperties: false };

const KeyFolder = Type.String({
  minLength: 1,
  description: "A folder that ./yardline certificates made; read by its owner alone.",
});

export const TownConfig = Type.Object(
  {
    town: Type.Object(
      { name: Type.String({ minLength: 1, maxLength: 100 }), tenant: Id, ...CalendarSettings, ...WHOSE },
      strict,
    ),
    port: Type.Optional(Port),
    public: Type.Optional(PublicSettings),
    push: Type.Optional(PUSH),
    sign_in: Type.Optional(SignInSettings),
    privacy: Type.Optional(PrivacySettings),
    public_counts: Type.Optional(PublicCountSettings),
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
    gtfs: Type.Optional(GtfsChoice),
    evidence: Type.Optional(
      Type.Object(
        {
          two_person: Type.Optional(
            Type.Boolean({ description: "Somebody else than who asks must approve before anything leaves." }),
          ),
          keep_h: Type.Optional(
            Type.Integer({
              minimum: 1,
              maximum: 720,
              description: "How long a bundle lies ready; 72 unless it says so.",
            }),
          ),
        },
        strict,
      ),
    ),
    trackers: Type.Optional(
      Type.Array(
        Type.Object(
          {
            protocol: Id,
            port: Port,
            host: Type.Optional(Type.String()),
            token_file: Type.Optional(
              Type.String({
                minLength: 1,
                description: "osmand: a file with a word that every request must give.",
              }),
            ),
          },
          strict,
        ),
        { maxItems: 32 },
      ),
    ),
    feeds: Type.Optional(FeedSettings),
    neighbours: Type.Optional(NEIGHBOURS),
    tenants: Type.Optional(TENANTS),
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
    audit: Type.Optional(AuditSettings),
    public_vehicle_ids: Type.Optional(
      Type.Enum(["fleet", "rotating"], {
        description: "What the public calls vehicles: fleet numbers, or ids that are others each day.",
      }),
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

/** The same of settings that are no text: what is wrong with them, and where. */
export function judgeTownConfig(value: unknown): readonly PlacedProblem[] {
  return judgeSettings(value, { schema: TownConfig, meaning: meaningProblems });
}

/** What is well-formed and yet cannot be meant. */
function meaningProblems(config: TownConfig, lineOf: LineOf): Problem[] {
  const problems = [
    ...cameraProblems(config.cameras ?? [], lineOf),
    ...whoseProblems(config.town, config.cameras ?? [], lineOf),
    ...neighbourProblems(config.neighbours ?? [], lineOf),
    ...tenantProblems(config.town, config.tenants ?? [], lineOf),
  ];
  const { timezone } = config.town;
  if (timezone !== undefined && !isTimezone(timezone)) {
    problems.push({ line: lineOf(["town", "timezone"]), message: noTimezone(timezone) });
  }
  problems.push(...doorProblems(config, lineOf));
  const hooks = config.webhooks ?? [];
  for (const [at, { id }] of hooks.entries()) {
    if (hooks.findIndex((other) => other.id === id) === at) continue;
    problems.push({ line: lineOf(["webhooks", at, "id"]), message: `webhook "${id}" is there twice` });
  }
  const feeds = timetableFeeds(config).map(({ feed }) => feed);
  if (new Set(feeds).size < feeds.length) {
    problems.push({
      line: lineOf(["gtfs"]),
      message: "two timetables are of the same feed; name them apart",
    });
  }
  problems.push(
    ...receiverProblems(config.onward ?? [], lineOf),
    ...feedProblems(config.feeds ?? [], lineOf),
  );
  return [...problems, ...areaProblems(config, lineOf), ...portProblems(config, lineOf)];
}

function doorProblems({ public: served, sign_in }: TownConfig, lineOf: LineOf): Problem[] {
  const inPublic = served && publicProblem(served);
  const issuer = sign_in && issuerProblem(sign_in.issuer);
  return [
    ...(inPublic === undefined ? [] : [{ line: lineOf(["public"]), message: inPublic }]),
    ...(issuer === undefined
      ? []
      : [{ line: lineOf(["sign_in", "issuer"]), message: `the issuer ${issuer}` }]),
  ];
}

/** The timetables that the settings name, in one shape. */
export function timetableFeeds({ gtfs = [] }: TownConfig): readonly TimetableSettings[] {
  return (Array.isArray(gtfs) ? gtfs : [gtfs]).map(({ feed, from, newer }) => ({
    feed,
    sources: Array.isArray(from) ? from : [from],
    at_once: newer === "at-once",
  }));
}

function portProblems({ port: page, trackers = [] }: TownConfig, lineOf: LineOf): Problem[] {
  const problems: Problem[] = [];
  const ports = new Map<number, string>([[page ?? DEFAULT_PORT, "the page"]]);
  for (const [at, { port, protocol, token_file }] of trackers.entries()) {
    if (token_file !== undefined && protocol !== "osmand") {
      const message = `token_file is for protocol osmand; ${protocol} has no word for it`;
      problems.push({ line: lineOf(["trackers", at, "token_file"]), message });
    }
    const taken = ports.get(port);
    if (taken)
      problems.push({ line: lineOf(["trackers", at, "port"]), message: `port ${port} is taken by ${taken}` });
    ports.set(port, protocol);
  }
  return problems;
}

/** The words for a zone that is none. */
export function noTimezone(name: string): string {
  return `there is no time zone "${name}"; write one like Europe/Kyiv`;
}

/** What a town is called until somebody names it. */
export const DEFAULT_NAME = "Yardline";
/** Where the page and the API are served unless the settings say otherwise. */
export const DEFAULT_PORT = 8080;
