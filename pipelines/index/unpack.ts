import { assert } from "@yardline/domain/assert";
import { isoOf } from "@yardline/domain/time";
import { FIRST_TEXT, KIND, TEXTS } from "./packed-form.ts";

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
