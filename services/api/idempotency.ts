import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import { AppError } from "@yardline/domain/errors";
import { type Clock, type EpochMs, isoOf } from "@yardline/domain/time";
import type { Change, Records, Row } from "@yardline/records/records";
import { type Static, Type } from "typebox";
import { Value } from "typebox/value";
import { Refusal } from "./problem.ts";

/** One kind a day, so that a day goes as a whole. */
const KIND = "idempotency";
const DAY_MS = 86_400_000;
/** What was done is known for so long. */
export const KEPT_MS = DAY_MS;
/** Keys that are kept of one person, so that nobody fills the store. */
const KEYS_MAX = 2_000;
/** A larger answer is not kept: that it was done is. */
const BODY_BYTES_MAX = 64 * 1024;
/** Longer than any request takes. */
const GOING_MS_MAX = 120_000;
const RETRY_AFTER_S = 2;
/** Longer than any id: rows of whole days are dropped by it. */
const AFTER_ALL_IDS = "g";
/** Also after a month in which nothing ran nothing is left. */
const DAYS_CLEARED = 32;
const CIPHER = "aes-256-gcm";

const Kept = Type.Object({
  /** Of method, address, conditions and body. */
  print: Type.String(),
  at_ms: Type.Integer(),
  /** Absent while it is being done, and for ever if nobody can tell how that ended. */
  answer: Type.Optional(
    Type.Object({
      status: Type.Integer(),
      headers: Type.Record(Type.String(), Type.String()),
      /** Sealed with the key that was sent, which is kept nowhere; absent for what was too large. */
      sealed: Type.Optional(Type.String()),
    }),
  ),
});
type Kept = Static<typeof Kept>;

/** An answer as it was sent. */
export type KeptAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Absent for what is no text. */
  readonly body?: string;
};
/** Who sends what under which key. `person` changes with what they may. */
export type Sent = { readonly person: string; readonly key: string; readonly print: string };

/** One that is being done now: say how it ended. */
export type Doing = {
  /** It was done, and this was the answer. */
  done(answer: KeptAnswer): Promise<void>;
  /** Nothing was done: the key is as good as new. */
  forget(): Promise<void>;
};

/**
 * What was asked for under a key, and answered: asked again, the same answer comes and nothing is done twice. On disk before it is
 * done, so that also after a crash it is known that it may have been.
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
 */
export class Idempotency {
  readonly #records: Pick<Records, "find" | "list" | "write" | "dropBefore">;
  readonly #clock: Pick<Clock, "now_ms">;
  #day: string | undefined;
  /** Keys of today by person, as far as this process has seen them. */
  readonly #counts = new Map<string, number>();

  constructor(
    records: Pick<Records, "find" | "list" | "write" | "dropBefore">,
    clock: Pick<Clock, "now_ms">,
  ) {
    this.#records = records;
    this.#clock = clock;
  }

  /**
   * @returns what was answered before, or how to say how it ends.
   * @throws Refusal 409 `IDEMPOTENCY_GOING`, `IDEMPOTENCY_UNKNOWN`; 422 `IDEMPOTENCY_OTHER`; 429 `IDEMPOTENCY_FULL`.
   */
  async begin(sent: Sent): Promise<KeptAnswer | Doing> {
    const now_ms = this.#clock.now_ms();
    await this.#clear(now_ms);
    const id = idOf(sent);
    const known = await this.#find(id, now_ms);
    if (known) return answerOf(known, sent, now_ms);
    this.#count(sent.person);
    const kind = kindOf(now_ms);
    const value: Kept = { print: sent.print, at_ms: now_ms };
    try {
      await this.#records.write([{ kind, id, expected: 0, value }, ...(await this.#elsewhere(id, now_ms))]);
    } catch (thrown) {
      if (thrown instanceof AppError && thrown.code === "RECORDS_CONFLICT") throw going();
      throw thrown;
    }
    return {
      done: async (answer) => {
        await this.#records.write([
          { kind, id, expected: 1, value: { ...value, answer: sealed(answer, sent) } },
        ]);
      },
      forget: () => this.#records.write([{ kind, id, expected: 1, value: undefined }]),
    };
  }

  async #find(id: string, now_ms: EpochMs): Promise<Kept | undefined> {
    for (const kind of [kindOf(now_ms), kindOf(now_ms - DAY_MS), kindOf(now_ms + DAY_MS)]) {
      const kept = keptOf(await this.#records.find(kind, id));
      if (kept && now_ms - kept.at_ms < KEPT_MS) return kept;
    }
    return undefined;
  }

  /** Of two that cross midnight between them one is refused too; what is older than a day makes room. */
  async #elsewhere(id: string, now_ms: EpochMs): Promise<readonly Change[]> {
    const days = [kindOf(now_ms - DAY_MS), kindOf(now_ms + DAY_MS)];
    const rows = await Promise.all(days.map((kind) => this.#records.find(kind, id)));
    return days.map((kind, at) => ({ kind, id, expected: rows[at]?.revision ?? 0, value: undefined }));
  }

  #count(person: string): void {
    const count = (this.#counts.get(person) ?? 0) + 1;
    if (count > KEYS_MAX) {
      throw new Refusal(429, "IDEMPOTENCY_FULL", `${KEYS_MAX} keys a day are enough; go on tomorrow.`, 3_600);
    }
    this.#counts.set(person, count);
  }

  /** Once a day what is older than yesterday goes. */
  async #clear(now_ms: EpochMs): Promise<void> {
    const day = kindOf(now_ms);
    if (this.#day === day) return;
    this.#day = day;
    this.#counts.clear();
    for (let ago = 2; ago <= DAYS_CLEARED; ago += 1) {
      await this.#records.dropBefore(kindOf(now_ms - ago * DAY_MS), AFTER_ALL_IDS);
    }
  }
}

/** What a request asks for. */
export function printOf(method: string, url: string, condition: string | undefined, body: unknown): string {
  return digest(JSON.stringify([method, url, condition ?? null, body ?? null]));
}

function answerOf(kept: Kept, sent: Sent, now_ms: EpochMs): KeptAnswer {
  if (kept.print !== sent.print) {
    const message = "This key was sent before with another request; take a new one for this.";
    throw new Refusal(422, "IDEMPOTENCY_OTHER", message);
  }
  const { answer } = kept;
  if (answer?.sealed !== undefined) {
    return { status: answer.status, headers: answer.headers, body: opened(answer.sealed, sent) };
  }
  if (answer) {
    throw new Refusal(
      409,
      "IDEMPOTENCY_LARGE",
      "It was done; its answer was too large to be kept. Read what there is now.",
    );
  }
  if (now_ms - kept.at_ms < GOING_MS_MAX) throw going();
  const message =
    "We were stopped while it was being done, and cannot tell whether it was. Look, then take a new key.";
  throw new Refusal(409, "IDEMPOTENCY_UNKNOWN", message);
}

function going(): Refusal {
  return new Refusal(409, "IDEMPOTENCY_GOING", "It is being done; ask again in a moment.", RETRY_AFTER_S);
}

function keptOf(row: Row | undefined): Kept | undefined {
  return row && Value.Check(Kept, row.value) ? row.value : undefined;
}

function kindOf(at_ms: EpochMs): string {
  return `${KIND}:${isoOf(Math.max(0, at_ms)).slice(0, "2026-11-22".length)}`;
}

function idOf({ person, key }: Sent): string {
  return digest(JSON.stringify([person, key]));
}

/** Answers may hold what only the asker may have, as the secret of a token: without the key that they sent nobody reads it. */
function sealed({ status, headers, body }: KeptAnswer, sent: Sent): NonNullable<Kept["answer"]> {
  if (body === undefined || Buffer.byteLength(body) > BODY_BYTES_MAX)
    return { status, headers: { ...headers } };
  const iv = randomBytes(12);
  const cipher = createCipheriv(CIPHER, secretOf(sent), iv);
  const bytes = Buffer.concat([iv, cipher.update(body, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return { status, headers: { ...headers }, sealed: bytes.toString("base64") };
}

function opened(text: string, sent: Sent): string {
  const bytes = Buffer.from(text, "base64");
  const decipher = createDecipheriv(CIPHER, secretOf(sent), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString("utf8");
}

function secretOf({ person, key }: Sent): Buffer {
  return Buffer.from(hkdfSync("sha256", key, person, "yardline idempotency answer", 32));
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
