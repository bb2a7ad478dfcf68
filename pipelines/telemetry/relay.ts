import type { AppError } from "@yardline/domain/errors";
import type { EpochMs } from "@yardline/domain/time";
import type { Logger } from "pino";
import { Counter, Gauge, Histogram } from "prom-client";

// On the edge: its relay, its settings, its media door.

const relayed = new Counter({
  name: "yardline_relay_records_total",
  help: "Records that the region has taken.",
  labelNames: ["topic"] as const,
});

const receipt = new Histogram({
  name: "yardline_relay_receipt_seconds",
  help: "From sending a batch to the region's receipt for it.",
  labelNames: ["topic"] as const,
  buckets: [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30],
});

const lag = new Gauge({
  name: "yardline_relay_lag_records",
  help: "Records on the edge's bus that the region has not taken yet.",
  labelNames: ["topic"] as const,
});

const contact = new Gauge({
  name: "yardline_relay_contact_timestamp_seconds",
  help: "When the region last took a batch; 0 before the first.",
});

const waits = new Counter({
  name: "yardline_relay_waits_total",
  help: "Times that the relay had to wait for its region or its bus, by error code.",
  labelNames: ["topic", "code"] as const,
});

const aside = new Counter({
  name: "yardline_relay_records_set_aside_total",
  help: "Records that cannot go to the region, by error code.",
  labelNames: ["topic", "code"] as const,
});

const settingsVersion = new Gauge({
  name: "yardline_edge_settings_version_timestamp_seconds",
  help: "The version of the region's settings that the edge runs on, which is when they were written; 0 while it has none.",
});

const settingsRefused = new Counter({
  name: "yardline_edge_settings_refused_total",
  help: "Settings of the region that the edge did not take, by error code.",
  labelNames: ["code"] as const,
});

const settingsMissed = new Counter({
  name: "yardline_edge_settings_unasked_total",
  help: "Times that the region could not be asked for settings, by error code.",
  labelNames: ["code"] as const,
});

const mediaServed = new Counter({
  name: "yardline_media_door_bytes_total",
  help: "Bytes of recordings that the edge gave to the region.",
});

export function batchRelayed(topic: string, records: number, took_ms: number, now_ms: EpochMs): void {
  relayed.inc({ topic }, records);
  receipt.observe({ topic }, took_ms / 1000);
  contact.set(now_ms / 1000);
}

export function relayLags(topic: string, records: number): void {
  lag.set({ topic }, records);
}

/** Nothing is lost: the same batch goes out after the wait. */
export function relayWaits(log: Logger, topic: string, { code, message }: AppError, wait_ms: number): void {
  waits.inc({ topic, code });
  log.warn({ topic, code, wait_ms, reason: message }, "The relay waits and tries again.");
}

export function recordSetAside(
  log: Logger,
  refused: {
    readonly topic: string;
    readonly position: string;
    readonly source: string;
    readonly code: string;
    readonly reason: string;
  },
): void {
  aside.inc({ topic: refused.topic, code: refused.code });
  log.warn(refused, "A record was set aside: the region does not take it.");
}

export function settingsTaken(log: Logger, version: number, from: "region" | "disk"): void {
  settingsVersion.set(version / 1000);
  log.info({ version, from }, "The edge runs on these settings.");
}

export function settingsWereRefused(log: Logger, { code, message }: AppError): void {
  settingsRefused.inc({ code });
  log.error({ code, reason: message }, "New settings were refused; the edge runs on those it has.");
}

export function settingsNotAsked(log: Logger, { code, message }: AppError): void {
  settingsMissed.inc({ code });
  log.warn({ code, reason: message }, "The region could not be asked for settings.");
}

export function mediaGiven(bytes: number): void {
  mediaServed.inc(bytes);
}

// On both: doors that only certificates open.

const handshakes = new Counter({
  name: "yardline_door_handshakes_refused_total",
  help: "Connections that ended before a request, by the reason's code.",
  labelNames: ["door", "code"] as const,
});

const refusals = new Counter({
  name: "yardline_door_requests_refused_total",
  help: "Requests that were refused, by the problem's type.",
  labelNames: ["door", "problem"] as const,
});

export function doorOpened(
  log: Logger,
  door: string,
  at: { readonly host: string; readonly port: number },
): void {
  log.info({ door, ...at }, "The door is open for certificates of our authority.");
}

export function handshakeRefused(
  log: Logger,
  door: string,
  { code, address }: { readonly code: string; readonly address: string },
): void {
  handshakes.inc({ door, code });
  log.warn({ door, code, address }, "A connection was turned away.");
}

export function askerRefused(
  log: Logger,
  door: string,
  refusal: {
    readonly who: string;
    readonly status: number;
    readonly problem: string;
    readonly reason: string;
  },
): void {
  refusals.inc({ door, problem: refusal.problem });
  log.warn({ door, ...refusal }, "A request was refused.");
}

// In the region: the receiver, and the api that fetches recordings from edges.

const taken = new Counter({
  name: "yardline_receiver_records_total",
  help: "Records of edges that are on the region's bus.",
  labelNames: ["topic"] as const,
});

const refused = new Counter({
  name: "yardline_receiver_records_refused_total",
  help: "Records that an edge may not say, or that are none, by error code.",
  labelNames: ["topic", "code"] as const,
});

const reports = new Counter({
  name: "yardline_receiver_reports_total",
  help: "Reports of edges, by whether their settings are in order.",
  labelNames: ["settings"] as const,
});

const fetched = new Counter({
  name: "yardline_edge_media_bytes_total",
  help: "Bytes of recordings fetched from edges.",
});

const unfetched = new Counter({
  name: "yardline_edge_media_failures_total",
  help: "Recordings that could not be fetched from an edge, by error code.",
  labelNames: ["code"] as const,
});

export function batchTaken(topic: string, records: number): void {
  taken.inc({ topic }, records);
}

export function recordRefused(
  log: Logger,
  record: { readonly topic: string; readonly edge: string; readonly code: string; readonly reason: string },
): void {
  refused.inc({ topic: record.topic, code: record.code });
  log.warn(record, "A record of an edge was refused.");
}

export function edgeReported(
  log: Logger,
  edge: string,
  problem: { readonly code: string; readonly reason: string } | undefined,
): void {
  reports.inc({ settings: problem ? "refused" : "taken" });
  if (problem) log.error({ edge, ...problem }, "An edge refuses its settings.");
}

export function mediaFetched(bytes: number): void {
  fetched.inc(bytes);
}

export function mediaNotFetched(log: Logger, edge: string, { code, message }: AppError): void {
  unfetched.inc({ code });
  log.warn({ edge, code, reason: message }, "A recording could not be fetched from its edge.");
}
