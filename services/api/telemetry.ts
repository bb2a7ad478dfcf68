import { messageOf } from "@yardline/domain/errors";
import type { Logger } from "pino";
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Failure } from "./oidc/outside-sign-in.ts";

/** What is made of recordings when it is asked for. */
export type MediaKind = "clip" | "framing" | "filmstrip" | "proxy";

/** What can happen at the doors; each is counted and logged in one place. */
export type Telemetry = {
  /** `route` is the pattern, never the path: paths hold what people look for. */
  requestAnswered(route: string, status: number, seconds: number): void;
  requestFailed(route: string, request_id: string, cause: unknown): void;
  /** Somebody asks more often than their kind may. */
  requestRefusedAsTooMany(kind: "address" | "account" | "token"): void;
  /** Every connection that is allowed was taken. */
  connectionDropped(): void;
  listenersAre(open: number): void;
  /** `behind`: the ring has forgotten what it needs next; `stalled`: it takes nothing; `full`: there was no place for it. */
  listenerEvicted(why: "behind" | "stalled" | "full"): void;
  /** Cameras that are looked at live now, once for each who looks. */
  livePicturesAre(open: number): void;
  /** Cameras that are encoded anew for whoever looks on live. */
  liveProxiesAre(made: number): void;
  /** Whoever looks on live came too late for so many pictures. */
  livePicturesLost(pictures: number): void;
  /** Too many of a kind are being made at once. */
  mediaRefused(kind: MediaKind | "review" | "live"): void;
  /** A filmstrip or proxy was made; `aborted`: whoever asked went away. */
  mediaMade(kind: MediaKind, outcome: "made" | "aborted" | "failed", seconds: number): void;
  /** It could not be kept, and is made anew the next time. */
  derivedUnkept(kind: MediaKind, cause: unknown): void;
  /** Somebody came back from the town's provider: `in`, or why not. The cause is logged by its code alone. */
  signedInOutside(outcome: "in" | Failure, cause?: unknown): void;
  recordUnreadable(position: string): void;
  tailFailed(cause: unknown): void;
  /** Holds these metrics alone, so that several towns can live in one process. */
  readonly registry: Registry;
};

export function startTelemetry(log: Logger): Telemetry {
  const registry = new Registry();
  const registers = [registry];
  const seconds = new Histogram({
    name: "yardline_api_request_seconds",
    help: "Time to answer, by route pattern and status.",
    labelNames: ["route", "status"],
    buckets: [0.005, 0.02, 0.1, 0.5, 2],
    registers,
  });
  const { too_many, dropped } = limitCounters(registry);
  const evicted = new Counter({
    name: "yardline_api_listeners_evicted_total",
    help: "Live event streams ended or refused by us.",
    labelNames: ["why"],
    registers,
  });
  const refused = new Counter({
    name: "yardline_api_media_refused_total",
    help: "Clips, framed pictures, filmstrips, proxies and reviews not made because too many were at once.",
    labelNames: ["kind"],
    registers,
  });
  const making = new Histogram({
    name: "yardline_api_media_made_seconds",
    help: "Time to make filmstrips and proxies out of recordings, by what came of it.",
    labelNames: ["kind", "outcome"],
    buckets: [0.25, 1, 4, 15, 60],
    registers,
  });
  const unreadable = new Counter({
    name: "yardline_api_records_unreadable_total",
    help: "Records of the bus that are no events.",
    registers,
  });
  const failures = new Counter({
    name: "yardline_api_tail_failures_total",
    help: "Times that reading the bus stopped with an error.",
    registers,
  });
  const outside = outsideCounter(registry);
  return {
    registry,
    requestAnswered(route, status, taken_s) {
      seconds.observe({ route, status }, taken_s);
      log.debug({ route, status, taken_s }, "Answered.");
    },
    requestFailed: (route, request_id, cause) =>
      log.error({ route, request_id, err: cause }, "A request failed."),
    connectionDropped() {
      dropped.inc();
      log.warn("Too many connections at once.");
    },
    requestRefusedAsTooMany: (kind) => too_many.inc({ kind }),
    listenerEvicted(why) {
      evicted.inc({ why });
      log.warn({ why }, "A live event stream was ended.");
    },
    ...liveMetrics(registry),
    mediaRefused(kind) {
      refused.inc({ kind });
      log.warn({ kind }, "Too many of a kind at once.");
    },
    mediaMade: (kind, outcome, taken_s) => making.observe({ kind, outcome }, taken_s),
    derivedUnkept: (kind, cause) =>
      log.warn({ kind, reason: messageOf(cause) }, "What was made of a recording could not be kept."),
    signedInOutside(outcome, cause) {
      outside.inc({ outcome });
      if (outcome !== "in") log.warn({ outcome, code: codeOf(cause) }, "Signing in at the provider failed.");
    },
    recordUnreadable(position) {
      unreadable.inc();
      log.warn({ position }, "A record of the bus is no event.");
    },
    tailFailed(cause) {
      failures.inc();
      log.error({ reason: messageOf(cause) }, "Reading the bus failed; it is tried again.");
    },
  };
}

/** What is turned away before it is answered. */
function limitCounters(registry: Registry) {
  const too_many = new Counter({
    name: "yardline_api_requests_limited_total",
    help: "Requests refused because whoever asks does so too often, by how they are told apart.",
    labelNames: ["kind"],
    registers: [registry],
  });
  const dropped = new Counter({
    name: "yardline_api_connections_dropped_total",
    help: "Connections closed unheard because too many were open.",
    registers: [registry],
  });
  return { too_many, dropped };
}

function outsideCounter(registry: Registry): Counter<"outcome"> {
  return new Counter({
    name: "yardline_api_outside_sign_ins_total",
    help: "Ways back from the town's OpenID provider, by what came of them.",
    labelNames: ["outcome"],
    registers: [registry],
  });
}

/** Stable words of the library or of ours; never its message, which may quote what a provider sent. */
function codeOf(cause: unknown): string | undefined {
  const code: unknown = cause instanceof Error && "code" in cause ? cause.code : undefined;
  return typeof code === "string" ? code : undefined;
}

function liveMetrics(
  registry: Registry,
): Pick<Telemetry, "listenersAre" | "livePicturesAre" | "livePicturesLost" | "liveProxiesAre"> {
  const registers = [registry];
  const listeners = new Gauge({
    name: "yardline_api_listeners",
    help: "Live streams open now, of events and of pictures.",
    registers,
  });
  const open = new Gauge({
    name: "yardline_api_live_pictures",
    help: "Cameras looked at live now, once for each who looks.",
    registers,
  });
  const lost = new Counter({
    name: "yardline_api_live_pictures_lost_total",
    help: "Pictures that whoever looked on live came too late for.",
    registers,
  });
  const proxies = new Gauge({
    name: "yardline_api_live_proxies",
    help: "Cameras encoded anew in H.264 for whoever looks on live.",
    registers,
  });
  return {
    liveProxiesAre: (made) => proxies.set(made),
    listenersAre: (now) => listeners.set(now),
    livePicturesAre: (now) => open.set(now),
    livePicturesLost: (pictures) => lost.inc(pictures),
  };
}
