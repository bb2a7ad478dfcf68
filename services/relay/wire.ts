import { promisify } from "node:util";
import { constants, zstdCompress, zstdDecompress } from "node:zlib";
import { Refusal } from "@yardline/api/problem";
import type { BusRecord } from "@yardline/bus/event-bus";
import { AppError } from "@yardline/domain/errors";
import { type Static, Type } from "typebox";
import { Value } from "typebox/value";

/** The topics that a region gets of its edges. Dead letters stay where they can be mended. */
export const RELAYED = ["events", "positions", "cameras"] as const;
export type Relayed = (typeof RELAYED)[number];

/** Most records of one batch. */
export const BATCH_RECORDS_MAX = 500;
/** Most bytes of bodies that a relay puts into one batch; a single larger record travels alone. */
export const BATCH_BODY_BYTES_MAX = 1_000_000;
/** Most bytes of one batch, packed or unpacked: JSON in JSON takes more room than its bodies. */
export const BATCH_BYTES_MAX = 4_000_000;
/** A few small records are not worth packing harder; 3 is the middle that keeps one core at some hundred MB/s. */
const ZSTD_LEVEL = 3;

const WireRecord = Type.Object(
  {
    key: Type.String({ minLength: 1, maxLength: 200 }),
    source: Type.String({ minLength: 1, maxLength: 200 }),
    body: Type.String(),
  },
  { additionalProperties: false },
);
export type WireRecord = Static<typeof WireRecord>;

/** A batch as it travels, in JSON packed by zstd. Bodies are JSON texts and stay word for word what the edge said. */
export const Batch = Type.Object(
  { records: Type.Array(WireRecord, { minItems: 1, maxItems: BATCH_RECORDS_MAX }) },
  { additionalProperties: false },
);

/** What becomes of a batch: everything but the refused is on the region's bus. */
export const Receipt = Type.Object({
  taken: Type.Integer({ minimum: 0 }),
  refused: Type.Array(
    Type.Object({
      at: Type.Integer({ minimum: 0, description: "Its place in the batch, from 0." }),
      code: Type.String(),
      reason: Type.String({ description: "For a person." }),
    }),
  ),
});
export type Receipt = Static<typeof Receipt>;

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

export function packBatch(records: readonly WireRecord[]): Promise<Uint8Array> {
  const batch: Static<typeof Batch> = { records: [...records] };
  return compress(JSON.stringify(batch), { params: { [constants.ZSTD_c_compressionLevel]: ZSTD_LEVEL } });
}

/**
 * What a body unpacks to, not yet checked against `Batch`.
 * @throws Refusal `BATCH_TOO_LARGE` (413), `BATCH_BROKEN` (400).
 */
export async function unpackBatch(packed: Uint8Array): Promise<unknown> {
  let text: string;
  try {
    text = (await decompress(packed, { maxOutputLength: BATCH_BYTES_MAX })).toString();
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ERR_BUFFER_TOO_LARGE") throw tooLarge();
    throw new Refusal(400, "BATCH_BROKEN", "The body is not packed by zstd.");
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, "BATCH_BROKEN", "The body is not JSON.");
  }
}

function tooLarge(): Refusal {
  const message = `A batch has at most ${BATCH_BYTES_MAX} bytes. Send fewer records at once.`;
  return new Refusal(413, "BATCH_TOO_LARGE", message);
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** @throws AppError `RECORD_UNFIT`: not UTF-8, or its key or source is empty or too long; it is neither event nor position. */
export function wireRecordOf({ key, source, body }: BusRecord): WireRecord {
  let text: string;
  try {
    text = utf8.decode(body);
  } catch (cause) {
    throw new AppError("RECORD_UNFIT", "The record is not UTF-8.", { cause });
  }
  const record = { key, source, body: text };
  if (Value.Check(WireRecord, record)) return record;
  throw new AppError("RECORD_UNFIT", "The record's key and source must have 1 to 200 characters.");
}
