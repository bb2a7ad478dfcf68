import type { Logger } from "pino";
import { Counter, Gauge } from "prom-client";

const connections = new Gauge({
  name: "yardline_tracker_connections",
  help: "Devices connected now.",
  labelNames: ["protocol"] as const,
});

const closed = new Counter({
  name: "yardline_tracker_connections_closed_total",
  help: "Connections of devices that ended, by who ended them and why.",
  labelNames: ["protocol", "reason"] as const,
});

const unreadable = new Counter({
  name: "yardline_tracker_messages_unreadable_total",
  help: "Messages of devices of which a part could not be read.",
  labelNames: ["protocol", "code"] as const,
});

const held = new Counter({
  name: "yardline_tracker_fixes_held_total",
  help: "Fixes that were acknowledged but not believed, so that they went no further.",
  labelNames: ["protocol", "reason"] as const,
});

const contested = new Counter({
  name: "yardline_tracker_devices_contested_total",
  help: "Times that two devices of one name were found to push each other out.",
  labelNames: ["protocol"] as const,
});

const clocks = new Counter({
  name: "yardline_tracker_clocks_found_total",
  help: "Times that a device's clock was found to be off by whole hours, or right again.",
  labelNames: ["protocol", "off"] as const,
});

const published = new Counter({
  name: "yardline_tracker_positions_published_total",
  help: "Positions that the bus has acknowledged.",
  labelNames: ["protocol"] as const,
});

const unknown = new Counter({
  name: "yardline_tracker_devices_refused_total",
  help: "Attempts of devices that no vehicle carries, by whether they are on the list of unknown devices.",
  labelNames: ["protocol", "listed"] as const,
});

const passwords = new Counter({
  name: "yardline_tracker_passwords_refused_total",
  help: "Logins of known devices with a wrong password, or with none where one is wanted.",
  labelNames: ["protocol"] as const,
});

const dropped = new Counter({
  name: "yardline_tracker_datagrams_dropped_total",
  help: "Datagrams that were not answered, by why; a device that has more to say sends again.",
  labelNames: ["protocol", "reason"] as const,
});

const onward = new Counter({
  name: "yardline_tracker_positions_onward_total",
  help: "Positions passed on to other people's receivers, by what became of them.",
  labelNames: ["hub", "outcome"] as const,
});

const onwardWaited = new Counter({
  name: "yardline_tracker_onward_waits_total",
  help: "Times that positions had to wait because a receiver was away.",
  labelNames: ["hub"] as const,
});

const slowed = new Counter({
  name: "yardline_tracker_slowed_total",
  help: "Times that a device had to wait because it sent more than its share.",
  labelNames: ["protocol"] as const,
});

const unpublished = new Counter({
  name: "yardline_camera_positions_unpublished_total",
  help: "Places out of cameras' streams that the bus did not take.",
  labelNames: ["camera"] as const,
});

/** Where a connection comes from, in every log line about it. Device ids are in logs, never in labels. */
export type TrackerLink = {
  readonly protocol: string;
  readonly address: string;
  readonly device_id?: string;
};

/** `another-device`: one that had named itself named another; `unrecognised`: no protocol of the shared port; `unavailable`: bus or records failed us; `replaced`: the same device connected again. */
export type CloseReason =
  | "ended"
  | "broken"
  | "idle"
  | "too-many"
  | "too-long"
  | "replaced"
  | "refused"
  | "wrong-password"
  | "another-device"
  | "unrecognised"
  | "not-logged-in"
  | "unavailable"
  | "stopped";

/** Why a fix was not believed. */
export type HeldReason = "no-fix" | "nowhere" | "no-time" | "future" | "late";

export function gatewayListening(
  log: Logger,
  listening: { protocol: string; host: string; port: number },
): void {
  log.info(listening, "Trackers may connect.");
}

export function trackerConnected(log: Logger, link: TrackerLink): void {
  connections.inc({ protocol: link.protocol });
  log.debug(link, "A tracker connected.");
}

/** @param why for a person, where the reason alone does not tell it. */
export function trackerDisconnected(log: Logger, link: TrackerLink, reason: CloseReason, why?: string): void {
  connections.dec({ protocol: link.protocol });
  closed.inc({ protocol: link.protocol, reason });
  const quiet = reason === "ended" || reason === "replaced" || reason === "stopped";
  log[quiet ? "debug" : "warn"]({ ...link, reason, ...(why !== undefined && { why }) }, "A tracker is gone.");
}

/** The system could not hand over a connection: too many open files, most likely. */
export function gatewayTroubled(log: Logger, protocol: string, why: string): void {
  closed.inc({ protocol, reason: "broken" satisfies CloseReason });
  log.error({ protocol, why }, "A connection could not be taken.");
}

/** Turned away before anything was read. */
export function trackerTurnedAway(log: Logger, protocol: string): void {
  closed.inc({ protocol, reason: "too-many" satisfies CloseReason });
  log.warn({ protocol }, "A tracker was turned away: too many are connected.");
}

export function messageUnreadable(
  log: Logger,
  link: TrackerLink,
  problem: { code: string; text: string },
): void {
  unreadable.inc({ protocol: link.protocol, code: problem.code });
  log.info({ ...link, ...problem }, "A message could not be read.");
}

export function fixesHeld(log: Logger, link: TrackerLink, reason: HeldReason, fixes: number): void {
  held.inc({ protocol: link.protocol, reason }, fixes);
  log.info({ ...link, reason, fixes }, "Fixes were acknowledged but not believed.");
}

/** The newest is heard; which of them carries the name by right, people must find out. */
export function deviceContested(log: Logger, link: TrackerLink): void {
  contested.inc({ protocol: link.protocol });
  log.warn(link, "Two devices of one name push each other out: one of them is set up wrongly, or lies.");
}

/** @param ahead_ms negative: behind; 0: right again. Its times are corrected from now on. */
export function clockFound(log: Logger, link: TrackerLink, ahead_ms: number): void {
  clocks.inc({ protocol: link.protocol, off: ahead_ms > 0 ? "ahead" : ahead_ms < 0 ? "behind" : "no" });
  log.warn(
    { ...link, ahead_h: ahead_ms / 3_600_000 },
    "A device's clock is off by whole hours; 0: right again.",
  );
}

export function positionsPublished(log: Logger, link: TrackerLink, positions: number): void {
  published.inc({ protocol: link.protocol }, positions);
  log.trace({ ...link, positions }, "Positions are on the bus.");
}

/** The bus did not take what a camera told of its vehicle; it cannot be asked again. */
export function rideUnpublished(log: Logger, camera: string, positions: number, code: string): void {
  unpublished.inc({ camera }, positions);
  log.warn({ camera, positions, code }, "Places out of a camera's stream were lost.");
}

export function deviceRefused(log: Logger, link: TrackerLink, listed: boolean): void {
  unknown.inc({ protocol: link.protocol, listed: listed ? "yes" : "no" });
  log.warn(
    { ...link, listed },
    "A device that no vehicle carries was refused; adopt it if it is one of yours.",
  );
}

/** The password itself is in no log. */
export function passwordRefused(log: Logger, link: TrackerLink): void {
  passwords.inc({ protocol: link.protocol });
  log.warn(link, "A device gave a wrong password and was refused.");
}

export function datagramDropped(
  log: Logger,
  protocol: string,
  reason: "unrecognised" | "busy" | "over-share",
): void {
  dropped.inc({ protocol, reason });
  log.debug({ protocol, reason }, "A datagram was dropped.");
}

export function deviceSlowed(log: Logger, link: TrackerLink, wait_ms: number): void {
  slowed.inc({ protocol: link.protocol });
  log.info({ ...link, wait_ms }, "A device sends more than its share and has to wait.");
}

export function driverWrote(log: Logger, link: TrackerLink, text: string): void {
  log.info({ ...link, text }, "A driver wrote.");
}

/** What a receiver of other people's took of a batch. */
export function onwardSent(
  log: Logger,
  hub: string,
  delivery: { readonly sent: number; readonly refused: number; readonly unnamed: number },
): void {
  for (const [outcome, positions] of Object.entries(delivery)) onward.inc({ hub, outcome }, positions);
  log.trace({ hub, ...delivery }, "Positions were passed on.");
}

export function onwardWaits(
  log: Logger,
  { hub, code, wait_ms }: { readonly hub: string; readonly code: string; readonly wait_ms: number },
): void {
  onwardWaited.inc({ hub });
  log.warn({ hub, code, wait_ms }, "Positions wait on the bus until they can be passed on.");
}
