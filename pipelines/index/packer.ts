import { exactInstant } from "./exact-instant.ts";
import { DEPTH_MAX, FIRST_TEXT, KIND, TEXTS } from "./packed-form.ts";

const DECIMALS_MAX = 6;
/** Doubled, and one more, it is still exact. */
const WHOLE_MAX = 2 ** 51;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const UUID_LENGTH = 36;

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
    const at_ms = exactInstant(value);
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
