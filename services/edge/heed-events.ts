import { type EpochMs, isoOf } from "@yardline/domain/time";
import type { Severity } from "@yardline/events/event";
import { occurrenceOf } from "@yardline/events/identity";
import type { MediaKeeper, Period } from "@yardline/media/media-store";
import type { Producer } from "@yardline/records/open-occurrences";
import type { Said } from "@yardline/records/revise";
import { periodUnprotected } from "@yardline/telemetry/recording";
import type { Logger } from "pino";
import type { RecordingPlan } from "./recording-plan.ts";

/** A producer that keeps the recording of what it states. */
export type HeedingProducer = Producer & {
  /** Whether statements of a camera wait: recording that seems to be of no event may then be of one that could not be said. */
  isBehind(camera: string): boolean;
};

const HOUR_MS = 3_600_000;
/** 0 is for what no event refers to. */
const WEIGHT: Readonly<Record<Severity, number>> = { info: 1, notice: 2, alarm: 3 };

/**
 * Every statement about a camera first protects the recording that it refers to, whatever rule it comes from, so that retention
 * finds it wanted. A list that cannot be written costs the protection, told, and not the statement.
 */
export function heedEvents(
  producer: Producer,
  keeper: Pick<MediaKeeper, "protect">,
  planOf: (camera: string) => RecordingPlan | undefined,
  log: Logger,
): HeedingProducer {
  const behind = new Set<string>();

  async function protect(said: Said): Promise<void> {
    const period = periodOf(said, planOf);
    if (!period) return;
    const { eventType, source, data, severity } = said;
    try {
      const occurrence = occurrenceOf(source, eventType.type, eventType.identity(data));
      await keeper.protect(occurrence, period, WEIGHT[severity], untilOf(eventType, period));
    } catch (thrown) {
      periodUnprotected(log, period.camera, thrown);
    }
  }

  return {
    async state(said) {
      await Promise.all(said.map(protect));
      for (const { source } of said) behind.add(source);
      await producer.state(said);
      for (const { source } of said) behind.delete(source);
    },
    listOpen: () => producer.listOpen(),
    isBehind: (camera) => behind.has(`camera/${camera}`),
  };
}

/** Until when pictures of such an event may be kept; kinds without pictures of their own leave that to the camera. */
function untilOf({ media, retention }: Said["eventType"], { to_ms }: Period): EpochMs | undefined {
  return media ? to_ms + retention.media_h * HOUR_MS : undefined;
}

/** What a statement refers to: its clip, and what the camera's plan adds around what it tells of. */
function periodOf({ data }: Said, planOf: (camera: string) => RecordingPlan | undefined): Period | undefined {
  const { camera, clip, since, until } = data;
  const plan = typeof camera === "string" ? planOf(camera) : undefined;
  if (typeof camera !== "string" || !plan) return undefined;
  const [since_ms, until_ms] = [timeOf(since), timeOf(until) ?? timeOf(since)];
  const [clip_from, clip_to] = typeof clip === "object" && clip ? Object.values(clip).map(timeOf) : [];
  const starts = [clip_from, since_ms !== undefined ? since_ms - plan.pre_roll_ms : undefined];
  const ends = [clip_to, until_ms !== undefined ? until_ms + plan.post_roll_ms : undefined];
  const [from_ms, to_ms] = [Math.min(...starts.filter(isTime)), Math.max(...ends.filter(isTime))];
  return from_ms < to_ms && Number.isFinite(from_ms) && Number.isFinite(to_ms)
    ? { camera, from_ms: Math.max(0, from_ms), to_ms }
    : undefined;
}

function timeOf(text: unknown): EpochMs | undefined {
  const at_ms = typeof text === "string" ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at_ms) || isoOf(at_ms) !== text ? undefined : at_ms;
}

function isTime(at_ms: EpochMs | undefined): at_ms is EpochMs {
  return at_ms !== undefined;
}
