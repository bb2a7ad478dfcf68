import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { CATALOGUE } from "@yardline/events/catalogue";
import { LANGUAGES } from "@yardline/events/event-type";
import { COMPLETIONS_MAX, completionsAt } from "@yardline/index/query/completion";
import { QUERY_LENGTH_MAX } from "@yardline/index/query/problems";
import { isWithin, type Reach, reachOf } from "@yardline/permission/decide";
import { type Static, Type } from "typebox";
import type { Parts } from "../parts.ts";
import { answers, refTo } from "../schemas.ts";

const Query = Type.Object(
  {
    q: Type.String({ maxLength: QUERY_LENGTH_MAX, description: "What has been typed." }),
    at: Type.Integer({
      minimum: 0,
      maximum: QUERY_LENGTH_MAX,
      description: "Where the cursor stands, in UTF-16 units.",
    }),
    language: Type.Optional(
      Type.Enum([...LANGUAGES], { description: "Of the page; what is typed goes before." }),
    ),
  },
  { additionalProperties: false },
);

const Unit = Type.Integer({ minimum: 0 });

export const QueryCompletions = Type.Object(
  {
    from: Unit,
    to: Unit,
    options: Type.Array(
      Type.Object({ text: Type.String(), kind: Type.Enum(["field", "value", "time", "operator"]) }),
      { maxItems: COMPLETIONS_MAX },
    ),
  },
  { $id: "QueryCompletions", description: "What may stand instead of the part [from, to) of `q`." },
);

type Options = Pick<Parts, "town" | "cameras" | "transit" | "index" | "clock">;

/** Zones are looked up in the events of so many days, at most so often. */
const ZONES_DAYS = 30;
const ZONES_KEPT_MS = 60_000;
const DAY_MS = 86_400_000;

export const eventsCompletionsRoute: FastifyPluginAsyncTypebox<Options> = async (app, parts) => {
  const listZones = zonesOf(parts);
  app.get(
    "/v1/events/completions",
    {
      config: { access: ["archive", "transit"], audits: { not: "Numbers and words name no picture." } },
      schema: {
        operationId: "completeQuery",
        summary: "What may be typed next in a query",
        tags: ["events"],
        querystring: Query,
        response: answers({ 200: refTo(QueryCompletions) }, [400, 503]),
      },
    },
    async ({ query: { q, at, language = "en" }, visitor }): Promise<Static<typeof QueryCompletions>> => {
      const reach = reachOf(visitor, "archive", parts.town.tenant);
      // Which zones are of which cameras is not known here, so whoever may see some cameras only is told of none.
      const zone = reach === "all" ? await listZones() : [];
      const known = { ...namesOf(parts, reach), zone };
      const { from, to, options } = completionsAt(q, at, { known, language });
      return { from, to, options: [...options] };
    },
  );
};

/** The names that this town knows of by itself; of cameras those that whoever asks may know of. */
function namesOf({ cameras, transit, clock }: Options, reach: Reach | undefined) {
  const lines = transit?.listLines() ?? [];
  const theirs = reach ? cameras.listCameras().filter((camera) => isWithin(reach, camera)) : [];
  const watched = theirs.map(({ id }) => id);
  return {
    type: CATALOGUE.map(({ type }) => type),
    camera: watched,
    source: watched.map((id) => `camera/${id}`),
    route: lines.map(({ route_short_name }) => route_short_name),
    stop: (transit?.listStops() ?? []).map(({ stop_name }) => stop_name),
    vehicle: (transit?.listVehicles(clock.now_ms()) ?? []).map(({ vehicle_id }) => vehicle_id),
  };
}

/** The zones in which anything happened lately. Where the index is away, none: completions are a help, not an answer. */
function zonesOf({ index, town, clock }: Options): () => Promise<readonly string[]> {
  let zones: Promise<readonly string[]> | undefined;
  let looked_ms = Number.NEGATIVE_INFINITY;
  const look = async (now_ms: number): Promise<readonly string[]> => {
    const where = { op: "is", field: "tenant", values: [town.tenant] } as const;
    const query = { from_ms: now_ms - ZONES_DAYS * DAY_MS, to_ms: now_ms + DAY_MS, where };
    const buckets = await index.histogram(query, { every: "day", timezone: "UTC", by: "zone" });
    return [...new Set(buckets.flatMap(({ value }) => value ?? []))];
  };
  return () => {
    const now_ms = clock.now_ms();
    if (!zones || now_ms - looked_ms >= ZONES_KEPT_MS) {
      looked_ms = now_ms;
      zones = look(now_ms).catch(() => []);
    }
    return zones;
  };
}
