import { assert } from "@yardline/domain/assert";
import { isoOf } from "@yardline/domain/time";
import { TEXTS } from "./packed-texts.ts";

/**
 * A JSON value in few bytes, quicker than any compressor: one byte says what follows, texts that every event holds are that byte
 * alone, instants are counted from the event's own, and UUIDs and numbers are written as such. Everything else goes as it is.
 */
const KIND = {
  null: 0,
  true: 1,
  false: 2,
  /** A whole number as a varint, its sign in the lowest bit. */
  whole: 3,
  /** How many decimals, then the number without its point. */
  decimal: 4,
  /** Eight bytes, IEEE 754, little-endian. */
  float: 5,
  /** Length in bytes, then UTF-8. */
  text: 6,
  /** RFC 3339 with milliseconds and `Z`: milliseconds after `origin_ms`. */
  instant: 7,
  /** Sixteen bytes. */
  uuid: 8,
  /** Count, then the values. */
  array: 9,
  /** Count, then name and value in turn. */
  object: 10,
  /** A text that UTF-8 cannot hold (half a surrogate pair), as JSON writes it. */
  odd: 11,
} as const;
const FIRST_TEXT = 16;
const DECIMALS_MAX = 6;
/** Doubled, and one more, it is still exact. */
const WHOLE_MAX = 2 ** 51;
/** An event that is nested deeper is none of ours. */
export const DEPTH_MAX = 64;

/** Hours end at 23: 24:00 would come back as the next day. So would the 30th of February, which `dayOf` refuses. */
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
const DAY_LENGTH = 11;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const UUID_LENGTH = 36;
const INSTANT_LENGTH = 24;

const codes = new Map(TEXTS.map((text, at) => [text, FIRST_TEXT + at]));

/** Writes one value after another into a buffer that grows. */
export class Packer {
  #bytes = Buffer.allocUnsafe(65_536);
  #at = 0;

  /** How many bytes were written. */
  get length(): number {
    return this.#at;
  }

  /** What was written, in a copy; the next value begins a new buffer. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = new Uint8Array(this.#bytes.subarray(0, this.#at));
    this.#at = 0;
    return taken;
  }

  /** @returns false, and nothing of it is written, where the value is nested deeper than `DEPTH_MAX`. */
  tryWrite(value: unknown, origin_ms: number): boolean {
    const before = this.#at;
    const fits = this.#value(value, origin_ms, 0);
    if (!fits) this.#at = before;
    return fits;
  }

  #value(value: unknown, origin_ms: number, depth: number): boolean {
    if (typeof value === "object" && value !== null) return this.#several(value, origin_ms, depth + 1);
    if (typeof value === "string") this.#string(value, origin_ms);
    else if (typeof value === "number") this.#number(value);
    else if (typeof value === "boolean") this.#byte(value ? KIND.true : KIND.false);
    else this.#byte(KIND.null);
    return true;
  }

  #several(value: object, origin_ms: number, depth: number): boolean {
    if (depth > DEPTH_MAX) return false;
    if (Array.isArray(value)) {
      this.#byte(KIND.array);
      this.#varint(value.length);
      return value.every((each) => this.#value(each, origin_ms, depth));
    }
    // What JSON leaves out is left out.
    const entries = Object.entries(value).filter(([, each]) => each !== undefined);
    this.#byte(KIND.object);
    this.#varint(entries.length);
    return entries.every(([name, each]) => {
      this.#text(name);
      return this.#value(each, origin_ms, depth);
    });
  }

  #string(value: string, origin_ms: number): void {
    const at_ms = value.length === INSTANT_LENGTH ? instantOf(value) : undefined;
    if (at_ms !== undefined) {
      this.#byte(KIND.instant);
      this.#signed(at_ms - origin_ms);
      return;
    }
    if (value.length === UUID_LENGTH && UUID.test(value)) {
      this.#reserve(17);
      this.#bytes[this.#at++] = KIND.uuid;
      this.#at += this.#bytes.write(value.replaceAll("-", ""), this.#at, "hex");
      return;
    }
    this.#text(value);
  }

  #text(value: string): void {
    const code = codes.get(value);
    if (code === undefined) this.#utf8(value);
    else this.#byte(code);
  }

  #utf8(value: string): void {
    const isWell = value.isWellFormed();
    const text = isWell ? value : JSON.stringify(value);
    const length = Buffer.byteLength(text);
    this.#byte(isWell ? KIND.text : KIND.odd);
    this.#varint(length);
    this.#reserve(length);
    this.#at += this.#bytes.write(text, this.#at);
  }

  #number(value: number): void {
    for (let decimals = 0, shifted = value; decimals <= DECIMALS_MAX && !Object.is(value, -0); decimals++) {
      shifted = Math.round(value * 10 ** decimals);
      if (!(Math.abs(shifted) <= WHOLE_MAX)) break;
      if (shifted / 10 ** decimals !== value) continue;
      if (decimals === 0) this.#byte(KIND.whole);
      else {
        this.#byte(KIND.decimal);
        this.#byte(decimals);
      }
      this.#signed(shifted);
      return;
    }
    this.#reserve(9);
    this.#bytes[this.#at++] = KIND.float;
    this.#at = this.#bytes.writeDoubleLE(value, this.#at);
  }

  #signed(value: number): void {
    this.#varint(value < 0 ? -2 * value - 1 : 2 * value);
  }

  #varint(value: number): void {
    // Not by shifting bits: these numbers may have more than 32.
    this.#reserve(8);
    let rest = value;
    while (rest > 127) {
      this.#bytes[this.#at++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    this.#bytes[this.#at++] = rest;
  }

  #byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#at++] = value;
  }

  #reserve(bytes: number): void {
    if (this.#at + bytes <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(2 * (this.#at + bytes));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}

/** The days of the instants that were written last; after so many, it begins anew. */
const DAYS_MAX = 1_000;
const days = new Map<string, number | undefined>();

/** The instant of a text, if it is the very text that the instant is written as. */
function instantOf(text: string): number | undefined {
  const begin_ms = dayOf(text.slice(0, DAY_LENGTH));
  const time = text.slice(DAY_LENGTH);
  if (begin_ms === undefined || !TIME.test(time)) return undefined;
  const [hour, minute, second] = [time.slice(0, 2), time.slice(3, 5), time.slice(6, 12)];
  return begin_ms + Number(hour) * 3_600_000 + Number(minute) * 60_000 + Math.round(Number(second) * 1_000);
}

/** When a day begins, as in `2026-11-09T`; undefined where there is no such day. */
function dayOf(text: string): number | undefined {
  if (days.has(text)) return days.get(text);
  const begin_ms = Date.parse(`${text}00:00:00.000Z`);
  const isDay = !Number.isNaN(begin_ms) && isoOf(begin_ms).startsWith(text);
  if (days.size >= DAYS_MAX) days.clear();
  days.set(text, isDay ? begin_ms : undefined);
  return isDay ? begin_ms : undefined;
}

/** The value that was written with the same origin. */
export function unpack(bytes: Uint8Array, origin_ms: number): unknown {
  return new Unpacker(bytes, origin_ms).value();
}

class Unpacker {
  readonly #bytes: Buffer;
  readonly #origin_ms: number;
  #at = 0;

  constructor(bytes: Uint8Array, origin_ms: number) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#origin_ms = origin_ms;
  }

  value(): unknown {
    const kind = this.#byte();
    if (kind >= FIRST_TEXT) return TEXTS[kind - FIRST_TEXT];
    switch (kind) {
      case KIND.null:
        return null;
      case KIND.true:
        return true;
      case KIND.false:
        return false;
      case KIND.whole:
        return this.#signed();
      case KIND.decimal: {
        const decimals = this.#byte();
        return this.#signed() / 10 ** decimals;
      }
      case KIND.float:
        this.#at += 8;
        return this.#bytes.readDoubleLE(this.#at - 8);
      case KIND.array:
        return Array.from({ length: this.#varint() }, () => this.value());
      case KIND.object:
        return this.#object();
      default:
        return this.#string(kind);
    }
  }

  #string(kind: number): string {
    if (kind === KIND.instant) return isoOf(this.#origin_ms + this.#signed());
    if (kind === KIND.uuid) {
      const hex = this.#bytes.toString("hex", this.#at, this.#at + 16);
      this.#at += 16;
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
    }
    assert(kind === KIND.text || kind === KIND.odd, "what was not packed here is unpacked");
    const length = this.#varint();
    const text = this.#bytes.toString("utf8", this.#at, this.#at + length);
    this.#at += length;
    return kind === KIND.text ? text : JSON.parse(text);
  }

  #object(): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    for (let left = this.#varint(); left > 0; left--) {
      const name = String(this.value());
      const value = this.value();
      // Setting that one would change what the object is.
      if (name === "__proto__") Object.defineProperty(object, name, { value, ...PLAIN });
      else object[name] = value;
    }
    return object;
  }

  #signed(): number {
    const value = this.#varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  #varint(): number {
    let value = 0;
    for (let weight = 1; ; weight *= 128) {
      const byte = this.#byte();
      value += (byte % 128) * weight;
      if (byte < 128) return value;
    }
  }

  #byte(): number {
    const byte = this.#bytes[this.#at++];
    assert(byte !== undefined, "a packed event ends before its end");
    return byte;
  }
}

const PLAIN = { configurable: true, enumerable: true, writable: true };
