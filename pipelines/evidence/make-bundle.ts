import { hash } from "node:crypto";
import type { MaskForm } from "@yardline/domain/camera";
import { AppError } from "@yardline/domain/errors";
import { type Clock, type EpochMs, isoOf } from "@yardline/domain/time";
import type { YardlineEvent } from "@yardline/events/event";
import { joinSegments, splitSegment } from "@yardline/media/clip";
import { coverageOf, spansOf } from "@yardline/media/coverage";
import type { Gap, MediaStore, Segment } from "@yardline/media/media-store";
import { README } from "./bundle-readme.ts";
import type { ExportRow } from "./export-row.ts";
import { redactClip } from "./redact-clip.ts";
import {
  type ClockState,
  type CustodyEntry,
  type EvidenceFacts,
  NOT_PROVEN,
  type PeriodFact,
  type RecordingFact,
  type RedactionFact,
} from "./statement.ts";
import type { TownKey } from "./town-key.ts";
import { type BundleWriter, beginBundle } from "./write-bundle.ts";

const HOUR_MS = 3_600_000;
/** One playable clip holds at most so much; it is joined in memory. */
const CLIP_BYTES_MAX = 128_000_000;
/** What ended less than this ago may still be coming. */
const SETTLE_MS = 15_000;

export type CameraFacts = {
  readonly name: string;
  readonly purpose: string;
  readonly legal_basis: string;
  readonly controller: string;
  readonly retention_h: number;
  /** With its polygons, where this process knows them. */
  readonly mask: MaskForm | Pick<MaskForm, "form">;
  readonly drift_ms?: number;
};

/** Where a bundle's parts come from. */
export type EvidenceSources = {
  readonly media: Pick<MediaStore, "listSegments" | "read">;
  gaps(camera: string, from_ms: EpochMs, to_ms: EpochMs): Promise<readonly Gap[]>;
  findEvent(occurrence: string): Promise<YardlineEvent | undefined>;
  findCamera(id: string): CameraFacts | undefined;
  readClock(): Promise<readonly ClockState[]>;
  /** What the audit log says of these recordings, oldest first. */
  custody(row: ExportRow): Promise<readonly CustodyEntry[]>;
  readonly town: { readonly name: string; readonly tenant: string };
  readonly software: string;
  readonly clock: Clock;
};

export type MadeBundle = Pick<ExportRow, "bytes" | "sha256" | "fingerprint" | "complete">;

/**
 * Writes the bundle of an export: everything that is there of what was asked for, and says what is not.
 * @param progress told the share that is done, in [0, 1].
 * @throws AppError `EVIDENCE_EMPTY` when nothing is recorded; of `beginBundle`, of the stores; the reason of `signal`.
 */
export async function makeBundle(
  row: ExportRow,
  path: string,
  key: TownKey,
  sources: EvidenceSources,
  progress: (share: number) => void,
  signal: AbortSignal,
): Promise<MadeBundle> {
  const writer = await beginBundle(path, key);
  try {
    await writer.add("README.txt", Buffer.from(README));
    const periods: PeriodFact[] = [];
    const recordings: RecordingFact[] = [];
    const redactions: RedactionFact[] = [];
    for (const [at, period] of row.periods.entries()) {
      const report = (share: number) => progress((at + share) / row.periods.length);
      const put = await putPeriod(row, period, at, { writer, sources, report, signal });
      periods.push(put.period);
      recordings.push(...put.recordings);
      redactions.push(...put.redactions);
    }
    if (recordings.length === 0) {
      throw new AppError(
        "EVIDENCE_EMPTY",
        "Nothing of this time is recorded any more, so there is nothing to give.",
      );
    }
    const events = await putEvents(row, writer, sources);
    const facts = await factsOf(row, sources, { periods, recordings, redactions, events });
    const sha256 = await writer.finish(facts);
    const complete = periods.every((each) => each.complete);
    return { bytes: writer.bytes(), sha256, fingerprint: key.fingerprint, complete };
  } catch (thrown) {
    await writer.abandon();
    throw thrown;
  }
}

type Putting = {
  readonly writer: BundleWriter;
  readonly sources: EvidenceSources;
  readonly report: (share: number) => void;
  readonly signal: AbortSignal;
};

async function putPeriod(
  row: ExportRow,
  { camera, from_ms, to_ms }: ExportRow["periods"][number],
  nth: number,
  { writer, sources, report, signal }: Putting,
) {
  const segments = await sources.media.listSegments(camera, from_ms, to_ms);
  const clips = new ClipParts(row, camera, nth, { writer, sources, report, signal });
  const recordings: RecordingFact[] = [];
  const there: Segment[] = [];
  for (const [at, segment] of segments.entries()) {
    signal.throwIfAborted();
    const data = await sources.media.read(segment.id);
    report(at / segments.length);
    if (!data) continue;
    there.push(segment);
    const number = String(recordings.length + 1).padStart(5, "0");
    const file = `recordings/${nth + 1}-${camera}/${number}.mp4`;
    if (row.form === "original") await writer.add(file, data);
    recordings.push(recordingFact(segment, data, row.form === "original" ? file : undefined));
    await clips.take(segment, data);
  }
  await clips.end();
  const period = await periodFact(sources, { camera, from_ms, to_ms }, there);
  return { period, recordings, redactions: clips.redactions };
}

function recordingFact(segment: Segment, data: Uint8Array, file: string | undefined): RecordingFact {
  const { id, camera, connection, from_ms, to_ms, sha256, hashed_at_ms } = segment;
  return {
    ...(file !== undefined && { file }),
    ...{ id, camera, connection, from: isoOf(from_ms), to: isoOf(to_ms), bytes: data.length },
    ...(sha256 !== undefined && { sha256 }),
    ...(hashed_at_ms !== undefined && { hashed_at: isoOf(hashed_at_ms) }),
  };
}

/** Playable clips of one period: recordings with the same head that follow each other, as long as they fit. */
class ClipParts {
  readonly redactions: RedactionFact[] = [];
  readonly #row: ExportRow;
  readonly #camera: string;
  readonly #nth: number;
  readonly #putting: Putting;
  #parts: { segment: Segment; data: Uint8Array; head: string }[] = [];
  #made = 0;

  constructor(row: ExportRow, camera: string, nth: number, putting: Putting) {
    this.#row = row;
    this.#camera = camera;
    this.#nth = nth;
    this.#putting = putting;
  }

  async take(segment: Segment, data: Uint8Array): Promise<void> {
    const head = hash("sha256", splitSegment(data).head);
    const bytes = this.#parts.reduce((sum, part) => sum + part.data.length, data.length);
    if (bytes > CLIP_BYTES_MAX || (this.#parts[0]?.head ?? head) !== head) await this.end();
    this.#parts.push({ segment, data, head });
  }

  async end(): Promise<void> {
    const parts = this.#parts;
    this.#parts = [];
    if (parts.length === 0) return;
    this.#made += 1;
    const { writer, signal } = this.#putting;
    const name = `${this.#nth + 1}-${this.#camera}-${this.#made}.mp4`;
    const mp4 = joinSegments(parts.map(({ data }) => data));
    const spans = spansOf(parts.map(({ segment }) => ({ ...segment, connection: "" })));
    if (this.#row.form === "original") await writer.add(`clips/${name}`, mp4);
    const redaction = this.#row.redaction ?? (this.#row.form === "redacted" ? SOLID : undefined);
    if (!redaction) return;
    const opened = redaction.opened.filter(({ camera }) => camera === this.#camera);
    const redacted = await redactClip({ mp4, stretches: spans }, redaction.cover, opened, signal);
    const file = `redacted/${name}`;
    await writer.add(file, redacted.mp4);
    this.redactions.push({
      ...{ file, camera: this.#camera, form: redaction.cover, opened, fps: redacted.fps },
      stretches: spans.map((span) => ({ from: isoOf(span.from_ms), to: isoOf(span.to_ms) })),
    });
  }
}

/** What is covered where nobody said otherwise: everything. */
const SOLID = { cover: "solid", opened: [] } as const;

async function periodFact(
  sources: EvidenceSources,
  { camera, from_ms, to_ms }: ExportRow["periods"][number],
  segments: readonly Segment[],
): Promise<PeriodFact> {
  const known = sources.findCamera(camera);
  const now_ms = sources.clock.now_ms();
  const { holes } = coverageOf(from_ms, to_ms, {
    segments,
    gaps: await sources.gaps(camera, from_ms, to_ms),
    expired_before_ms: now_ms - (known?.retention_h ?? 0) * HOUR_MS,
    pending_after_ms: now_ms - SETTLE_MS,
  });
  const mask = known?.mask ?? { form: "none-needed" as const };
  return {
    ...{ camera, name: known?.name ?? camera, controller: known?.controller ?? "" },
    ...{ purpose: known?.purpose ?? "", legal_basis: known?.legal_basis ?? "" },
    ...{ from: isoOf(from_ms), to: isoOf(to_ms) },
    mask: { form: mask.form, version: hash("sha256", JSON.stringify(mask)).slice(0, 16) },
    complete: holes.length === 0,
    gaps: holes.map((hole) => ({ from: isoOf(hole.from_ms), to: isoOf(hole.to_ms), reason: hole.why })),
    ...(known?.drift_ms !== undefined && { camera_drift_ms: known.drift_ms }),
  };
}

async function putEvents(row: ExportRow, writer: BundleWriter, sources: EvidenceSources): Promise<string[]> {
  const put: string[] = [];
  for (const occurrence of row.events) {
    const event = await sources.findEvent(occurrence);
    if (!event) continue;
    await writer.add(`events/${occurrence}.json`, Buffer.from(JSON.stringify(event)));
    put.push(occurrence);
  }
  return put;
}

async function factsOf(
  row: ExportRow,
  sources: EvidenceSources,
  found: Pick<EvidenceFacts, "periods" | "recordings" | "redactions" | "events">,
): Promise<EvidenceFacts> {
  const { id, form, purpose, incident, legal_basis, asked_by, decided_by } = row;
  return {
    ...{ id, town: sources.town.name, tenant: sources.town.tenant, software: sources.software, form },
    ...{ made_at: isoOf(sources.clock.now_ms()), asked_by, purpose, legal_basis },
    ...(decided_by !== undefined && { approved_by: decided_by }),
    ...(incident !== undefined && { incident }),
    ...found,
    clock: await sources.readClock(),
    custody: await sources.custody(row),
    not_proven: NOT_PROVEN,
  };
}
