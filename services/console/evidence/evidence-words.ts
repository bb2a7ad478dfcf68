import type { Evidence } from "../api/types.ts";
import type { Tone } from "../elements/badge.tsx";
import type { IconName } from "../elements/icon.tsx";
import type { MessageKey } from "../messages/translate.ts";

/** Each state in words, what it means for whoever waits, and a shape. */
export const EVIDENCE_STATES: Readonly<
  Record<
    Evidence["state"],
    { readonly name: MessageKey; readonly means: MessageKey; readonly tone: Tone; readonly icon: IconName }
  >
> = {
  waiting: { name: "evidence.waiting", means: "evidence.waiting.text", tone: "warn", icon: "person" },
  making: { name: "evidence.making", means: "evidence.making.text", tone: "accent", icon: "clock" },
  ready: { name: "evidence.ready", means: "evidence.ready.text", tone: "good", icon: "film" },
  failed: { name: "evidence.failed", means: "evidence.failed.text", tone: "bad", icon: "alert" },
  refused: { name: "evidence.refused", means: "evidence.refused.text", tone: "bad", icon: "close" },
  withdrawn: { name: "evidence.withdrawn", means: "evidence.withdrawn.text", tone: "plain", icon: "close" },
  expired: { name: "evidence.expired", means: "evidence.expired.text", tone: "plain", icon: "clock" },
};

export const FORM_NAMES = {
  redacted: { name: "evidence.form.redacted", means: "evidence.form.redacted.text" },
  original: { name: "evidence.form.original", means: "evidence.form.original.text" },
} as const satisfies Readonly<Record<Evidence["form"], { name: MessageKey; means: MessageKey }>>;

export const HAND_OVER_FIELDS = {
  to: "hand-over.to",
  authority: "hand-over.authority",
  document: "hand-over.document",
  medium: "hand-over.medium",
} as const satisfies Readonly<Record<string, MessageKey>>;

type Ground = Evidence["legal_basis"]["ground"];

export const GROUND_NAMES: Readonly<Record<Ground, MessageKey>> = {
  "police-request": "ground.police-request",
  "court-order": "ground.court-order",
  "prosecutor-request": "ground.prosecutor-request",
  "legal-claim": "ground.legal-claim",
  "request-of-person-filmed": "ground.request-of-person-filmed",
  "legal-obligation": "ground.legal-obligation",
  "public-task": "ground.public-task",
};

export const GROUNDS = Object.keys(GROUND_NAMES) as readonly Ground[];

/** How much leaves, as people say it; 1,000 by 1,000, as on drives. */
export function megabytesOf(bytes: number): number {
  return Math.round(bytes / 100_000) / 10;
}
