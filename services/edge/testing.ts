import { randomUUID } from "node:crypto";
import type { Detector } from "@yardline/detection/detector";
import type { Detection } from "@yardline/domain/detection";
import type { Frame } from "@yardline/domain/picture";
import { pictureBytes } from "@yardline/domain/picture";
import { type EpochMs, systemClock } from "@yardline/domain/time";
import type { YardlineEvent } from "@yardline/events/event";
import type { Gap, MediaKeeper, MediaStore, Segment } from "@yardline/media/media-store";
import type { Producer } from "@yardline/records/open-occurrences";
import type { Pause } from "@yardline/records/pauses";
import type { Said } from "@yardline/records/revise";
import { PRESENCE_EVERYWHERE } from "@yardline/rules/scene/scene-plan";
import { CameraAddress } from "@yardline/sources/video/camera-address";
import { pino } from "pino";
import type { EdgeCamera } from "./edge.ts";
import type { Keeping } from "./retention.ts";

export const [YARD_WIDTH_PX, YARD_HEIGHT_PX] = [320, 180];
const GROUND = 90;
/** Nothing else in a drawn yard is as dark as a person, also after a codec. */
const PERSON = 20;
const DARK_MAX = 50;
const [PERSON_WIDTH_PX, PERSON_HEIGHT_PX] = [20, 60];

/** Where a drawn person's left edge and feet are, in pixels. */
export type Standing = readonly [left_px: number, feet_px: number];

/** A picture of a yard with these people in it, dark on grey. */
export function yardFrame(camera: string, at_ms: EpochMs, people: readonly Standing[]): Frame {
  const [width_px, height_px] = [YARD_WIDTH_PX, YARD_HEIGHT_PX];
  const data = new Uint8Array(pictureBytes(width_px, height_px, "yuv420p")).fill(128);
  data.fill(GROUND, 0, width_px * height_px);
  for (const [left, feet] of people) {
    for (let y = Math.max(0, feet - PERSON_HEIGHT_PX); y < Math.min(height_px, feet); y++) {
      const [from, to] = [Math.max(0, left), Math.min(width_px, left + PERSON_WIDTH_PX)];
      if (to > from) data.fill(PERSON, y * width_px + from, y * width_px + to);
    }
  }
  return { camera, at_ms, picture: { width_px, height_px, format: "yuv420p", data } };
}

/** Sees exactly the people of `yardFrame`, as real boxes of what is dark: it works on the pixels and knows nothing else. */
export class YardDetector implements Detector {
  looks = 0;
  /** Thrown at the next look. */
  failure: Error | undefined;

  async detect({ width_px, height_px, data }: Frame["picture"]): Promise<readonly Detection[]> {
    this.looks += 1;
    const failure = this.failure;
    this.failure = undefined;
    if (failure) throw failure;
    const isDark = (x: number) =>
      Array.from({ length: height_px }, (_, y) => data[y * width_px + x] ?? 255).findIndex(
        (level) => level < DARK_MAX,
      );
    const found: Detection[] = [];
    for (let x = 0; x < width_px; x++) {
      const top = isDark(x);
      if (top < 0) continue;
      const left = x;
      while (x < width_px && isDark(x) === top && x - left < PERSON_WIDTH_PX) x++;
      const bottom = Math.min(height_px, top + PERSON_HEIGHT_PX);
      found.push({
        label: "person",
        score: 0.9,
        box: { left: left / width_px, right: x / width_px, top: top / height_px, bottom: bottom / height_px },
      });
    }
    return found;
  }

  async close(): Promise<void> {}
}

/** Keeps what was said, in order; fails as often as told first. */
export class SaidProducer implements Producer {
  readonly said: Said[] = [];
  open: readonly YardlineEvent[] = [];
  failures: Error[] = [];

  async state(said: readonly Said[]): Promise<void> {
    const failure = this.failures.shift();
    if (failure) throw failure;
    this.said.push(...said);
  }

  listOpen(): readonly YardlineEvent[] {
    return this.open;
  }
}

/** Keeps recordings and snapshots in memory. */
export class MemoryMedia implements MediaStore {
  readonly segments: Segment[] = [];
  readonly snapshots = new Map<string, Uint8Array>();
  readonly expired: string[] = [];

  async putSegment(segment: Omit<Segment, "id" | "bytes">, data: Uint8Array): Promise<Segment> {
    const stored = { ...segment, id: `segment-${this.segments.length}`, bytes: data.length };
    this.segments.push(stored);
    return stored;
  }

  async listSegments(): Promise<readonly Segment[]> {
    return this.segments;
  }

  async putSnapshot(camera: string, at_ms: EpochMs, jpeg: Uint8Array): Promise<string> {
    const id = `${camera}-${at_ms}`;
    this.snapshots.set(id, jpeg);
    return id;
  }

  async read(id: string): Promise<Uint8Array | undefined> {
    return this.snapshots.get(id);
  }

  async expire(camera: string): Promise<number> {
    this.expired.push(camera);
    return 0;
  }

  async close(): Promise<void> {}
}

/** A keeper that only remembers what it was told, on a disk without end. */
export function memoryKeeping(): Keeping & { readonly gaps: Gap[]; readonly protected_by: string[] } {
  const gaps: Gap[] = [];
  const protected_by: string[] = [];
  const keeper: MediaKeeper = {
    grow: async () => undefined,
    protect: async (occurrence) => void protected_by.push(occurrence),
    listLeastWanted: async () => [],
    listPlain: async () => [],
    listOutlived: async () => [],
    remove: async () => undefined,
    noteGap: async (_camera, gap) => void gaps.push(gap),
    listGaps: async () => gaps,
    listCameras: async () => [],
    usedBytes: async () => 0,
  };
  const disk = { freeBytes: async () => 1e12, budget: { keep_free_bytes: 0 } };
  return { keeper, disk, listHeld: async () => [], gaps, protected_by };
}

/** A log that says nothing. */
export const quiet = pino({ level: "silent" });

/** A camera that plays a file of the test. */
export function cameraOf(id: string, path: string, detector: Detector = new YardDetector()): EdgeCamera {
  return {
    id,
    name: `Camera ${id}`,
    address: CameraAddress.parse(path),
    recorded: false,
    record: {
      purpose: "demonstration-with-recorded-material",
      legal_basis: "public-task",
      controller: "Test",
      retention_h: 24,
      mask: { form: "none-needed", reason: "a drawn yard" },
      sign: { not_needed: "a drawn yard" },
    },
    scene: PRESENCE_EVERYWHERE,
    sight: { detector },
  };
}

/** An edge on which everything is in memory. */
export function partsOf() {
  return {
    detector_lanes: 1,
    media: new MemoryMedia(),
    keeping: memoryKeeping(),
    masks: { find: () => undefined, keep: () => undefined },
    findPauses: async (): Promise<ReadonlyMap<string, Pause>> => new Map(),
    producer: new SaidProducer(),
    clock: systemClock,
    random: () => 0,
    newId: randomUUID,
    log: quiet,
  };
}
