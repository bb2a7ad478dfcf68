import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EvidenceDesk } from "@yardline/evidence/desk";
import { openRequests } from "@yardline/evidence/request-register";
import { testAccounts } from "@yardline/identity/testing";
import type { MediaStore } from "@yardline/media/media-store";
import { fragmentedVideo } from "@yardline/sources/video/testing";
import { handClock } from "@yardline/testkit/hand-clock";
import { onTestFinished } from "vitest";
import type { Parts } from "../parts.ts";
import { memoryMedia } from "./fakes.ts";
import { NOON_MS } from "./scenes.ts";

const MASK = { form: "none-needed", reason: "a drawn yard" } as const;

/** Media with one recording of two seconds before noon of each of these cameras. */
export function recordedMedia(cameras: readonly string[]): MediaStore {
  const video = fragmentedVideo({ size: "160x90", seconds: 2, rate_fps: 5 });
  const ids = cameras.map((camera) => [`s-${camera}`, video] as const);
  const segments = cameras.map((camera) => ({
    ...{ id: `s-${camera}`, camera, connection: "c1", bytes: video.length },
    ...{ from_ms: NOON_MS - 10_000, to_ms: NOON_MS - 8_000 },
  }));
  return memoryMedia(Object.fromEntries(ids), segments);
}

/** A desk on a real store; `e1`, `e2` … are its exports. */
export async function testEvidence(
  media: MediaStore,
  { two_person = false } = {},
): Promise<NonNullable<Parts["evidence"]>> {
  const folder = await mkdtemp(join(tmpdir(), "yardline-evidence-"));
  const { records } = await testAccounts({ empty: true });
  const clock = handClock(NOON_MS);
  let ids = 0;
  const newId = () => `e${++ids}`;
  const desk = new EvidenceDesk({
    ...{ records, folder, two_person, keep_h: 72, newId },
    sources: {
      ...{ media, clock, town: { name: "Demo", tenant: "demo" }, software: "yardline" },
      gaps: async () => [],
      findEvent: async () => undefined,
      findCamera: (id) => ({
        name: id,
        purpose: "p",
        legal_basis: "l",
        controller: "c",
        retention_h: 72,
        mask: MASK,
      }),
      readClock: async () => [],
      custody: async () => [],
    },
    onFailure: () => undefined,
  });
  onTestFinished(async () => {
    await desk.close();
    await rm(folder, { recursive: true });
  });
  return { desk, requests: openRequests(records, clock, newId) };
}

const LEGAL = {
  purpose: "theft of a bicycle",
  legal_basis: { ground: "police-request", reference: "12/345" },
} as const;

/** What asks for the last hour before noon of a camera. */
export function bodyOfExport(camera: string): object {
  const periods = [{ camera, from: "2026-11-22T11:00:00Z", to: "2026-11-22T12:00:00Z" }];
  return { form: "original", periods, ...LEGAL };
}

/** A desk on which somebody asked for something of each camera, `e1` of the first, and nobody has approved it. */
export async function waitingEvidence(
  media: MediaStore,
  cameras: readonly string[],
): Promise<NonNullable<Parts["evidence"]>> {
  const evidence = await testEvidence(media, { two_person: true });
  for (const camera of cameras) {
    const periods = [{ camera, from_ms: 0, to_ms: 1_000 }];
    await evidence.desk.ask({ form: "original", periods, events: [], ...LEGAL }, "somebody");
  }
  return evidence;
}
