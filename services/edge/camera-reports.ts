import { setTimeout as delay } from "node:timers/promises";
import { AppError } from "@yardline/domain/errors";
import { type Clock, isoOf } from "@yardline/domain/time";
import type { Severity } from "@yardline/events/event";
import { likeOf, type ReportedKind, yardReported } from "@yardline/events/yard-reported";
import type { CameraRecord } from "@yardline/privacy/camera-record";
import type { Producer } from "@yardline/records/open-occurrences";
import { compareMasks } from "@yardline/sources/onvif/claimed-masks";
import { type OnvifDevice, openOnvif } from "@yardline/sources/onvif/device";
import { listMasks } from "@yardline/sources/onvif/media";
import { findingOf, pullNotices } from "@yardline/sources/onvif/notices";
import type { CameraAddress } from "@yardline/sources/video/camera-address";
import { masksDisagree, reportHeard, reportsLost } from "@yardline/telemetry/reports";
import { statementUnsaid } from "@yardline/telemetry/watching";
import type { Logger } from "pino";
import { clipOf } from "./happening-data.ts";
import { Outbox } from "./outbox.ts";
import { CONTINUOUS, type RecordingPlan } from "./recording-plan.ts";
import { type Report, ReportWatch } from "./report-watch.ts";
import type { Whereabouts } from "./whereabouts.ts";

const TICK_MS = 1_000;
/** The first wait after a failure, doubled with each one that follows soon, up to the second. */
const RETRY_MS_MIN = 2_000;
const RETRY_MS_MAX = 300_000;
/** A camera that is heard again sooner goes on with its alarms; after that they are over. */
const PATIENCE_MS = 30_000;

/** Where a camera's own analytics are asked, and which of them count. */
export type ReportSource = {
  readonly address: CameraAddress;
  readonly kinds: readonly ReportedKind[];
};

type Reporting = {
  readonly id: string;
  readonly whereabouts: Pick<Whereabouts, "at">;
  readonly record: Pick<CameraRecord, "mask">;
  readonly recording?: RecordingPlan;
};

type Parts = {
  readonly producer: Pick<Producer, "state">;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Logger;
};

/**
 * States what a camera's own analytics report (ONVIF pull points), until `signal` aborts. Nothing of it holds up or touches the camera's
 * pictures: a device that fails, floods or lies costs its reports alone.
 */
export async function heedReports(
  camera: Reporting,
  { address, kinds }: ReportSource,
  parts: Parts,
  signal: AbortSignal,
): Promise<void> {
  const { id } = camera;
  const { clock, log, random } = parts;
  const watch = new ReportWatch();
  const stop = new AbortController();
  const onGivenUp = (reason: "full" | "refused" | "stopped", error?: unknown) =>
    statementUnsaid(log, id, reason, error);
  const outbox = new Outbox({ signal: stop.signal, onGivenUp });
  const tell = (reports: readonly Report[]) => {
    for (const report of reports) outbox.put(() => parts.producer.state([saidOf(camera, report)]));
  };
  let heard_ms = clock.monotonic_ms();
  const ticking = setInterval(() => {
    tell(watch.tick(clock.now_ms()));
    if (clock.monotonic_ms() - heard_ms > PATIENCE_MS) tell(watch.end(clock.now_ms()));
  }, TICK_MS);

  async function listen(): Promise<void> {
    const device = await openOnvif(address, { clock, signal });
    await checkMasks(device, camera, log);
    const alive = () => {
      heard_ms = clock.monotonic_ms();
    };
    for await (const notice of pullNotices(device, signal, alive)) {
      const finding = findingOf(notice);
      if (!finding || !kinds.includes(finding.kind)) continue;
      reportHeard(id, finding.kind);
      tell(watch.take(finding, clock.now_ms()));
    }
  }

  for (let failures = 0; !signal.aborted; failures++) {
    const began_ms = clock.monotonic_ms();
    const error = await listen().catch((thrown: unknown) => thrown);
    if (signal.aborted) break;
    // What is no trouble of the device is a bug of ours, which must not be tried again and again in silence.
    if (error !== undefined && !(error instanceof AppError)) throw error;
    if (clock.monotonic_ms() - began_ms > RETRY_MS_MAX) failures = 0;
    reportsLost(log, id, error, { again: failures > 0 });
    const wait_ms = Math.min(RETRY_MS_MAX, RETRY_MS_MIN * 2 ** Math.min(failures, 10));
    await delay(wait_ms * (0.5 + random() / 2), undefined, { signal }).catch(() => undefined);
  }
  clearInterval(ticking);
  tell(watch.end(clock.now_ms()));
  stop.abort();
  await outbox.settled();
}

/** Tells whoever runs the camera that its own masks are not what its record says; the pictures are checked in any case. */
async function checkMasks(device: OnvifDevice, { id, record }: Reporting, log: Logger): Promise<void> {
  if (record.mask.form !== "in-camera" || !device.has("media2")) return;
  const masks = await listMasks(device).catch(() => undefined);
  const wrong = masks && compareMasks(record.mask.polygons, masks).filter(({ agrees }) => !agrees);
  if (wrong && wrong.length > 0)
    masksDisagree(
      log,
      id,
      wrong.map(({ at }) => at),
    );
}

const SEVERITIES: Readonly<Record<ReportedKind, Severity>> = {
  "line-crossing": "info",
  presence: "info",
  motion: "info",
  loitering: "notice",
  "left-object": "notice",
  "removed-object": "notice",
  tampering: "notice",
};

function saidOf({ id, whereabouts, recording = CONTINUOUS }: Reporting, report: Report) {
  const { state, kind, rule, label, since_ms, until_ms, camera_ms, reports, ended } = report;
  const like = likeOf(kind);
  const placed = whereabouts.at(since_ms);
  return {
    eventType: yardReported,
    source: `camera/${id}`,
    state,
    severity: SEVERITIES[kind],
    ...(placed && { place: placed.place }),
    data: {
      camera: id,
      kind,
      ...(like !== undefined && { like }),
      rule,
      ...(label && { label }),
      since: isoOf(since_ms),
      until: isoOf(until_ms),
      ...(camera_ms !== undefined && { camera_time: isoOf(camera_ms) }),
      reports,
      clip: clipOf({ since_ms, until_ms }, recording),
      ...(ended && { ended }),
    },
  };
}
