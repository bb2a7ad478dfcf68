import { type Fields, keysOf, lastOf, type MessageReader, messagesOf } from "./protobuf-reader.ts";
import { refuse } from "./refuse.ts";

/** Numbers in one constant: four times the largest layer of the networks we read. */
const ELEMENTS_MAX = 100_000_000;
const DIMENSIONS_MAX = 8;
/** Constants of up to so many whole numbers may be sizes. */
const SIZES_MAX = 16;

/** The field numbers of `TensorProto` that are read here. */
const TENSOR = { dimension: 1, type: 2, int64s: 7, name: 8, raw: 9, external: 13, location: 14 } as const;
const INT64 = 7;
/** Bytes for each number of `TensorProto.DataType`. */
const BYTES: Readonly<Record<number, number>> = {
  1: 4,
  2: 1,
  3: 1,
  4: 2,
  5: 2,
  6: 4,
  7: 8,
  9: 1,
  10: 2,
  11: 8,
  12: 4,
  13: 8,
  16: 2,
};

/**
 * Checks one constant of a graph. @returns its name as `keysOf` gives it, and its numbers where they may be the sizes of something.
 * @throws AppError `MODEL_REFUSED`: it lies in another file, is huge, or has other bytes than its shape says.
 */
export function inspectConstant(bytes: Uint8Array, reader: MessageReader) {
  const tensor = reader.read(bytes);
  const isElsewhere = tensor.has(TENSOR.external) || (lastOf(tensor, TENSOR.location)?.value ?? 0) !== 0;
  if (isElsewhere) refuse("its weights lie in other files");
  const shape = reader.wholes(tensor, TENSOR.dimension);
  const elements = shape.reduce((product, side) => product * side, 1);
  if (shape.length > DIMENSIONS_MAX || !(elements <= ELEMENTS_MAX)) {
    refuse(`a constant is said to have more than ${ELEMENTS_MAX} numbers`);
  }
  const type = lastOf(tensor, TENSOR.type)?.value ?? 0;
  const [raw] = messagesOf(tensor, TENSOR.raw).slice(-1);
  const each = BYTES[type];
  if (raw && each !== undefined && raw.length !== elements * each) {
    refuse(`a constant of ${elements} numbers has ${raw.length} bytes`);
  }
  const isSizes = type === INT64 && elements <= SIZES_MAX;
  return {
    name: keysOf(tensor, TENSOR.name).at(-1) ?? "",
    sizes: isSizes ? int64sOf(tensor, raw, reader) : [],
  };
}

function int64sOf(tensor: Fields, raw: Uint8Array | undefined, reader: MessageReader): readonly number[] {
  if (!raw) return reader.wholes(tensor, TENSOR.int64s);
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  return Array.from({ length: raw.length / 8 }, (_, at) => Number(view.getBigInt64(8 * at, true)));
}
