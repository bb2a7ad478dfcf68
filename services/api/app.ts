import type { Socket } from "node:net";
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from "fastify";
import { guardAccess } from "./access.ts";
import { guardAudits } from "./audit-guard.ts";
import { keepAuditing } from "./audited.ts";
import { startEventHub } from "./event-hub.ts";
import { guardDoors, hardenReply } from "./guard.ts";
import { identifier } from "./identify.ts";
import { startIncidentHub } from "./incident-hub.ts";
import { LIMITS, type Limits } from "./limits.ts";
import { describeApi } from "./openapi.ts";
import { servePage } from "./page.ts";
import type { Parts } from "./parts.ts";
import { answerTo, PROBLEM_TYPE, Problem, problemOf } from "./problem.ts";
import { chargeAskers } from "./rate-limit.ts";
import { guardRepeats } from "./repeat-guard.ts";
import { Health, healthRoute } from "./routes/health.ts";
import { metricsRoute } from "./routes/metrics.ts";
import { registerRoutes } from "./routes.ts";
import { sharedSerializers } from "./serializers.ts";
import { loginQueue } from "./sign-in.ts";
import { startStreams } from "./streams.ts";
import { startTelemetry, type Telemetry } from "./telemetry.ts";

/**
 * The doors of the town: everything that HTTP serves, built out of its parts and not yet listening (`listen.ts` does that).
 * Closing it ends the live streams and stops following the bus; the parts themselves stay open.
 */
export async function buildApp(parts: Parts): Promise<FastifyInstance> {
  const bounds = { ...LIMITS, ...parts.limits };
  const telemetry = startTelemetry(parts.log);
  const app = bareApp(parts, bounds, telemetry);
  guardDoors(app, bounds, parts.public_name);
  const identify = identifier(parts);
  guardAccess(app, identify, parts, chargeAskers(bounds, telemetry, parts.clock.now_ms));
  keepAuditing(app, parts);
  guardAudits(app);
  guardRepeats(app, parts);
  countAnswers(app, telemetry);
  const hub = startEventHub(parts.bus, parts.clock, telemetry, bounds);
  const streams = startStreams(telemetry, bounds);
  app.addHook("preClose", async () => {
    await hub.close();
    await streams.dismiss();
  });
  await describeApi(app);
  await registerRoutes(app, {
    ...parts,
    bounds,
    telemetry,
    hub,
    incidents: startIncidentHub(parts.records, telemetry, bounds),
    streams,
    identify,
    logins: loginQueue(bounds),
  });
  await servePage(app, parts.pageDir);
  return app;
}

/**
 * The doors of a service that people never open: how it is, for whoever starts it again, and what it counts. Not yet listening.
 */
export async function buildOpsApp(
  parts: Pick<Parts, "health" | "registry" | "log">,
): Promise<FastifyInstance> {
  const telemetry = startTelemetry(parts.log);
  const app = bareApp(parts, LIMITS, telemetry);
  guardDoors(app, LIMITS);
  countAnswers(app, telemetry);
  for (const component of [Problem, Health]) app.addSchema(component);
  await app.register(healthRoute, parts);
  await app.register(metricsRoute, { ...parts, telemetry });
  return app;
}

function bareApp({ log }: Pick<Parts, "log">, bounds: Limits, telemetry: Telemetry): FastifyInstance {
  const refuse = (thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const { problem, retry_after_s } = answerTo(thrown, request.id);
    if (problem.status >= 500 && retry_after_s === undefined) {
      telemetry.requestFailed(routeOf(request), request.id, thrown);
    }
    if (retry_after_s !== undefined) reply.header("retry-after", retry_after_s);
    reply.code(problem.status).removeHeader("etag").header("cache-control", "no-store");
    return reply.type(PROBLEM_TYPE).send(problem);
  };
  const loggerInstance: FastifyBaseLogger = log;
  const app = Fastify({
    loggerInstance,
    // Paths hold what people look for; `countAnswers` logs the route's pattern instead.
    logController: new LogController({ disableRequestLogging: true }),
    requestTimeout: bounds.request_ms_max,
    // Node looks for overdue requests only every 30 s by itself.
    http: { connectionsCheckingInterval: bounds.request_ms_max },
    bodyLimit: bounds.body_bytes_max,
    routerOptions: { maxParamLength: bounds.url_chars_max },
    schemaController: { compilersFactory: { buildSerializer: sharedSerializers } },
    ajv: { customOptions: { removeAdditional: false, allErrors: false } },
    clientErrorHandler: refuseBrokenRequest,
    // Failures before any hook ran: an address that is not even one.
    frameworkErrors: (error, request, reply) => {
      hardenReply(reply);
      refuse(error, request, reply);
    },
  });
  app.server.maxConnections = bounds.connections_max;
  app.server.on("drop", () => telemetry.connectionDropped());
  app.setErrorHandler(refuse);
  return app;
}

function countAnswers(app: FastifyInstance, telemetry: Telemetry): void {
  app.addHook("onResponse", async (request, reply) => {
    telemetry.requestAnswered(routeOf(request), reply.statusCode, reply.elapsedTime / 1_000);
  });
}

function routeOf({ routeOptions }: FastifyRequest): string {
  return routeOptions.url ?? "none";
}

/** What was sent is not HTTP, or its head is too large or too slow: answered on the bare socket. */
function refuseBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (!socket.writable || error.code === "ECONNRESET") {
    socket.destroy();
    return;
  }
  const status = STATUS_OF_BROKEN[error.code ?? ""] ?? 400;
  const body = JSON.stringify(problemOf(status, "BROKEN_REQUEST", "This is not a request that can be read."));
  socket.end(
    `HTTP/1.1 ${status} -\r\ncontent-type: ${PROBLEM_TYPE}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}

const STATUS_OF_BROKEN: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};
