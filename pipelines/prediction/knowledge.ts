import { AppError } from "@yardline/domain/errors";
import type { EpochMs } from "@yardline/domain/time";
import { Type } from "typebox";
import { Compile } from "typebox/compile";
import { type KeptPaces, Paces } from "./paces.ts";
import { type KeptSpread, LEADS_S, Spread } from "./spread.ts";

/** All that is learnt for predictions: how long streets and stops take, and how far off such expectations are. */
export type Knowledge = { readonly paces: Paces; readonly spread: Spread };

const VERSION = 1;
/** Names of stops and feeds in a key. */
const KEY_MAX = 1_000;
const FACTORS_MAX = 400_000;

const Kept = Type.Array(
  Type.Tuple([
    Type.String({ maxLength: KEY_MAX }),
    Type.Number({ minimum: -1_000, maximum: 1_000 }),
    Type.Number({ exclusiveMinimum: 0, maximum: 1_000 }),
  ]),
  { maxItems: FACTORS_MAX },
);
const Seconds = Type.Array(Type.Number({ minimum: -86_400, maximum: 86_400 }), {
  minItems: LEADS_S.length,
  maxItems: LEADS_S.length,
});
const Table = Type.Object({ low_s: Seconds, middle_s: Seconds, high_s: Seconds });

const MemoryFile = Type.Object({
  format: Type.Literal("yardline-arrivals-memory"),
  version: Type.Integer(),
  /** Until when it was learnt. */
  learnt_to_ms: Type.Integer({ minimum: 0 }),
  paces: Type.Object({ links: Kept, times: Kept, stops: Kept, town: Kept }),
  spread: Type.Object({ driving: Table, waiting: Table }),
});

/** Knowledge as it is kept on disk: JSON, at most some 100 bytes a link, stop or link at a time of day. */
export type Memory = {
  readonly format: "yardline-arrivals-memory";
  readonly version: number;
  readonly learnt_to_ms: EpochMs;
  readonly paces: KeptPaces;
  readonly spread: KeptSpread;
};

const validator = Compile(MemoryFile);

export function newKnowledge(): Knowledge {
  return { paces: new Paces(), spread: new Spread() };
}

/** @param learnt_to_ms the newest fix that it learnt from. */
export function memoryOf({ paces, spread }: Knowledge, learnt_to_ms: EpochMs): Memory {
  const kept = { paces: paces.keep(learnt_to_ms), spread: spread.keep() };
  return { format: "yardline-arrivals-memory", version: VERSION, learnt_to_ms, ...kept };
}

/** @param now_ms when it is used again: since `learnt_to_ms` it grew less sure; one from the future counts as of now. */
export function knowledgeOf({ paces: kept, spread, learnt_to_ms }: Memory, now_ms: EpochMs): Knowledge {
  const paces = new Paces();
  paces.restore(kept, now_ms - learnt_to_ms);
  return { paces, spread: new Spread(spread) };
}

/**
 * @param whose what to call it in the error.
 * @throws AppError `MEMORY_UNREADABLE` for what is no memory or a damaged one, `MEMORY_VERSION` for one of another version.
 */
export function checkMemory(value: unknown, whose: string): Memory {
  const { format, version } = Object(value);
  if (format === "yardline-arrivals-memory" && Number.isInteger(version) && version !== VERSION) {
    const message = `${whose} is of version ${version}, this program reads version ${VERSION}; remove it to learn anew.`;
    throw new AppError("MEMORY_VERSION", message);
  }
  if (validator.Check(value)) return value;
  throw new AppError(
    "MEMORY_UNREADABLE",
    `${whose} is no memory of arrivals, or a damaged one; remove it to learn anew.`,
  );
}
