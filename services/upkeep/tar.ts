import { AppError } from "@yardline/domain/errors";

/** POSIX ustar, so that any `tar` reads what we wrote: https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html */
const BLOCK_BYTES = 512;
const NAME_BYTES_MAX = 100;
const PREFIX_BYTES_MAX = 155;
/** Beyond it the size is written in base 256, as GNU tar does. */
const OCTAL_BYTES_MAX = 0o77777777777;

export type TarFile = {
  /** Relative, parts divided by `/`. */
  readonly path: string;
  readonly bytes: number;
  /** Exactly so many bytes. */
  readonly body: AsyncIterable<Uint8Array>;
};

/** The archive of some files, piece by piece. */
export async function* tarOf(files: AsyncIterable<TarFile>): AsyncGenerator<Uint8Array> {
  for await (const { path, bytes, body } of files) {
    yield headerOf(path, bytes);
    yield* body;
    yield new Uint8Array(paddingOf(bytes));
  }
  yield new Uint8Array(2 * BLOCK_BYTES);
}

/**
 * The files of an archive, in their order. Each body must be read to its end before the next file is asked for.
 * @throws AppError `ARCHIVE_DAMAGED` for what is no archive of ours, or ends too early.
 */
export async function* readTar(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<TarFile> {
  const bytes = new ByteReader(chunks);
  for (;;) {
    const header = await bytes.take(BLOCK_BYTES);
    if (header.every((byte) => byte === 0)) return await bytes.drain();
    const { path, size } = fileOf(header);
    yield { path, bytes: size, body: bytes.pieces(size) };
    await bytes.take(paddingOf(size));
  }
}

function paddingOf(bytes: number): number {
  return (BLOCK_BYTES - (bytes % BLOCK_BYTES)) % BLOCK_BYTES;
}

function headerOf(path: string, bytes: number): Uint8Array {
  const header = Buffer.alloc(BLOCK_BYTES);
  const { prefix, name } = splitPath(path);
  header.write(name, 0);
  header.write("0000600\0", 100);
  header.write("0000000\0".repeat(2), 108);
  if (bytes > OCTAL_BYTES_MAX) {
    header.writeUInt8(0x80, 124);
    header.writeBigUInt64BE(BigInt(bytes), 128);
  } else {
    header.write(`${bytes.toString(8).padStart(11, "0")}\0`, 124);
  }
  header.write("00000000000\0", 136);
  header.write("0", 156);
  header.write("ustar\u000000", 257);
  header.write(prefix, 345);
  header.write(`${checksumOf(header).toString(8).padStart(6, "0")}\0 `, 148);
  return header;
}

/** A long path is cut in two at a `/`. */
function splitPath(path: string): { prefix: string; name: string } {
  if (Buffer.byteLength(path) <= NAME_BYTES_MAX) return { prefix: "", name: path };
  for (let at = path.indexOf("/"); at > 0; at = path.indexOf("/", at + 1)) {
    const [prefix, name] = [path.slice(0, at), path.slice(at + 1)];
    const fits = Buffer.byteLength(name) <= NAME_BYTES_MAX && Buffer.byteLength(prefix) <= PREFIX_BYTES_MAX;
    if (fits) return { prefix, name };
  }
  throw new AppError("ARCHIVE_PATH", `${path} is too long a name for an archive.`);
}

/** The sum of the header's bytes, its own field counted as blanks. */
function checksumOf(header: Uint8Array): number {
  return header.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 0x20 : byte), 0);
}

function fileOf(block: Uint8Array): { path: string; size: number } {
  const header = Buffer.from(block);
  const text = (from: number, to: number): string => header.toString("utf8", from, to).split("\0")[0] ?? "";
  const said = Number.parseInt(text(148, 156), 8);
  const isFile = header[156] === 0x30 && text(257, 262) === "ustar";
  if (said !== checksumOf(header) || !isFile) throw damaged("it is no archive of Yardline");
  const size =
    header[124] === 0x80 ? Number(header.readBigUInt64BE(128)) : Number.parseInt(text(124, 136), 8);
  if (!Number.isSafeInteger(size)) throw damaged("a size in it is wrong");
  const prefix = text(345, 500);
  return { path: prefix === "" ? text(0, 100) : `${prefix}/${text(0, 100)}`, size };
}

function damaged(why: string): AppError {
  return new AppError("ARCHIVE_DAMAGED", `The backup cannot be read: ${why}.`);
}

/** Gives a stream of chunks out in the lengths that are asked for. */
class ByteReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array();

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  async take(bytes: number): Promise<Uint8Array> {
    const taken: Uint8Array[] = [];
    for await (const piece of this.pieces(bytes)) taken.push(piece);
    return Buffer.concat(taken);
  }

  async *pieces(bytes: number): AsyncGenerator<Uint8Array> {
    let wanted = bytes;
    while (wanted > 0) {
      if (this.#rest.length === 0) this.#rest = await this.#next();
      const piece = this.#rest.subarray(0, wanted);
      this.#rest = this.#rest.subarray(piece.length);
      wanted -= piece.length;
      yield piece;
    }
  }

  /** Reads what is left, so that whoever sends it sees the end of it too. */
  async drain(): Promise<void> {
    while (!(await this.#chunks.next()).done);
  }

  async #next(): Promise<Uint8Array> {
    const { done, value } = await this.#chunks.next();
    if (done) throw damaged("it ends too early");
    return value;
  }
}
