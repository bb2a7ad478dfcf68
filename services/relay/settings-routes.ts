import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Refusal } from "@yardline/api/problem";
import type { Clock } from "@yardline/domain/time";
import type { Records } from "@yardline/records/records";
import { edgeReported } from "@yardline/telemetry/relay";
import { openShares } from "@yardline/trackers/share";
import type { FastifyRequest } from "fastify";
import type { Logger } from "pino";
import type { EdgeDirectory, EdgeEntry } from "./edge-directory.ts";
import { EdgeReport, keepReport } from "./edge-report.ts";
import { findEdgeSettings, signSettings } from "./edge-settings.ts";
import { edgeId } from "./identity.ts";
import { getRegisteredEdge } from "./registered-edge.ts";
import type { SigningKey } from "./signed.ts";

/** An edge asks and reports once a minute each; more is let through for its restarts. */
const SHARE = { messages_per_s: 0.2, messages_at_once: 30 };

const REPORT_BYTES_MAX = 16 * 1024;

type Options = {
  readonly records: Pick<Records, "find" | "list" | "write">;
  readonly directory: EdgeDirectory;
  readonly settings_key: SigningKey;
  readonly clock: Clock;
  readonly log: Logger;
};

/** Gives each edge its own signed settings, and takes its report. */
export const settingsRoutes: FastifyPluginAsyncTypebox<Options> = async (app, options) => {
  const { records, directory, settings_key, clock, log } = options;
  const shares = openShares(SHARE, clock);

  async function getAsker(request: FastifyRequest): Promise<EdgeEntry> {
    const edge = await getRegisteredEdge(request, directory);
    const owed_ms = shares.charge(edgeId(edge), 0);
    if (owed_ms > 0) {
      const message = "This edge asks more often than it needs to; ask later.";
      throw new Refusal(429, "EDGE_TOO_FAST", message, Math.ceil(owed_ms / 1000));
    }
    shares.charge(edgeId(edge), 1);
    return edge;
  }

  app.get("/v1/settings", async (request, reply) => {
    const edge = await getAsker(request);
    const settings = await findEdgeSettings(records, edge);
    if (!settings) {
      throw new Refusal(404, "SETTINGS_NONE", `There are no settings for edge ${edgeId(edge)} yet.`);
    }
    const etag = `"${settings.version}"`;
    reply.headers({ etag, "cache-control": "no-store" });
    if (request.headers["if-none-match"] === etag) return reply.code(304).send();
    return reply.type("application/jose").send(signSettings(settings, edge, settings_key));
  });

  app.put(
    "/v1/report",
    { bodyLimit: REPORT_BYTES_MAX, schema: { body: EdgeReport } },
    async (request, reply) => {
      const edge = await getAsker(request);
      await keepReport(records, clock, edge, request.body);
      edgeReported(log, edgeId(edge), request.body.settings_refused);
      return reply.code(204).send();
    },
  );
};
