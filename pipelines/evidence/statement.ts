import type { MaskForm } from "@yardline/domain/camera";
import type { Hole } from "@yardline/media/coverage";

/** Why a copy may leave at all. Never "safety" alone: it takes the paper that it rests on as well. */
export const GROUNDS = [
  "police-request",
  "court-order",
  "prosecutor-request",
  "legal-claim",
  "request-of-person-filmed",
  "legal-obligation",
  "public-task",
] as const;
export type Ground = (typeof GROUNDS)[number];

/** One recording: the bytes first stored, and the hash that was taken of them then. */
export type RecordingFact = {
  /** Where it is in the bundle; absent where only a redacted copy leaves. */
  readonly file?: string;
  readonly id: string;
  readonly camera: string;
  readonly connection: string;
  readonly from: string;
  readonly to: string;
  readonly bytes: number;
  /** Absent for recordings of releases that took no hash. */
  readonly sha256?: string;
  readonly hashed_at?: string;
};

/** What of a period that was asked for is there, and why the rest is not. */
export type PeriodFact = {
  readonly camera: string;
  readonly name: string;
  readonly controller: string;
  readonly purpose: string;
  readonly legal_basis: string;
  readonly from: string;
  readonly to: string;
  /** Form of the mask, and a digest of form and polygons: which version of it. */
  readonly mask: { readonly form: MaskForm["form"]; readonly version: string };
  readonly complete: boolean;
  readonly gaps: readonly { readonly from: string; readonly to: string; readonly reason: Hole["why"] }[];
  /** Of the camera's own clock against the box's, when the bundle was made. */
  readonly camera_drift_ms?: number;
};

/** How the box's clock was, and who said so. */
export type ClockState = {
  readonly at: string;
  readonly synchronized: "yes" | "no" | "unknown";
  readonly source: string;
  readonly offset_ms?: number;
  readonly drift_ppm?: number;
};

export type RedactionFact = {
  readonly file: string;
  readonly camera: string;
  readonly form: "solid" | "mosaic";
  /** What is left uncovered; nothing where it is empty. */
  readonly opened: readonly unknown[];
  readonly fps: number;
  /** Which stretches of time it shows, one after the other. */
  readonly stretches: readonly { readonly from: string; readonly to: string }[];
};

export type CustodyEntry = {
  readonly at: string;
  readonly who: string;
  readonly action: string;
  /** To what: a camera, an event, this export. */
  readonly object?: string;
  readonly purpose?: string;
  readonly seq?: number;
};

/** Everything that is signed beside the digests of the files. */
export type EvidenceFacts = {
  readonly id: string;
  readonly town: string;
  readonly tenant: string;
  readonly software: string;
  readonly form: "original" | "redacted";
  readonly made_at: string;
  readonly asked_by: string;
  readonly approved_by?: string;
  readonly purpose: string;
  readonly incident?: string;
  readonly legal_basis: { readonly ground: Ground; readonly reference: string };
  readonly periods: readonly PeriodFact[];
  readonly recordings: readonly RecordingFact[];
  readonly events: readonly string[];
  readonly redactions: readonly RedactionFact[];
  readonly clock: readonly ClockState[];
  readonly custody: readonly CustodyEntry[];
  /** What a reader might think that this proves, and does not. */
  readonly not_proven: readonly string[];
};

/** @see https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md */
export function statementText(
  files: readonly { readonly name: string; readonly sha256: string }[],
  facts: EvidenceFacts,
): string {
  const statement = {
    _type: "https://in-toto.io/Statement/v1",
    subject: files.map(({ name, sha256 }) => ({ name, digest: { sha256 } })),
    predicateType: "urn:yardline:evidence:1",
    predicate: facts,
  };
  return `${JSON.stringify(statement, null, 2)}\n`;
}

/** The same in every bundle: honest about its reach. */
export const NOT_PROVEN: readonly string[] = [
  "That the box itself was honest while it recorded: the hashes were taken by it, and signed by its key only now.",
  "When it was recorded, beyond what the box's clock said: `clock` tells how that clock was.",
  "Who is seen: nobody was recognised, and a redacted copy hides what it covers but is not without personal data.",
];
