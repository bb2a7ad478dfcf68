/**
 * The part of Protocol Buffers' wire format that an ONNX file needs, written only.
 * @see https://protobuf.dev/programming-guides/encoding/
 */
export type Field = Uint8Array;

const WIRE_VARINT = 0;
const WIRE_BYTES = 2;
const WIRE_FLOAT = 5;

/** A field of a whole number, at least 0. */
export function integerField(number: number, value: number): Field {
  return Uint8Array.from([...tag(number, WIRE_VARINT), ...varint(value)]);
}

/** A field of a 32-bit float. */
export function floatField(number: number, value: number): Field {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return joined([Uint8Array.from(tag(number, WIRE_FLOAT)), bytes]);
}

/** A field of text or of bytes as they are. */
export function bytesField(number: number, value: string | Uint8Array): Field {
  const bytes = typeof value === "string" ? new TextEncoder().encode(value) : value;
  return joined([Uint8Array.from([...tag(number, WIRE_BYTES), ...varint(bytes.length)]), bytes]);
}

/** A field that is itself a message. */
export function messageField(number: number, fields: readonly Field[]): Field {
  return bytesField(number, joined(fields));
}

/** Fields one after the other: a message. */
export function joined(fields: readonly Field[]): Uint8Array {
  return Buffer.concat(fields);
}

function tag(number: number, wire: number): number[] {
  return varint(number * 8 + wire);
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  bytes.push(rest);
  return bytes;
}
