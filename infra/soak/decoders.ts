import { once } from "node:events";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { assert } from "@yardline/domain/assert";
import { decodersNamed, seedOf } from "./fuzz-decoders.ts";

/**
 * Gives every decoder any bytes, in turn and for as long as asked: none may throw, hang, or keep what it was given. Arguments: minutes
 * for all together, the seed, names of protocols and feed formats. A worker decodes; an input that it does not come back from within `HANG_MS` is
 * told by its number, with which it can be made again. Prints a line a protocol; ends with 1 if any failed.
 */
const [minutes = "1", seed = "1", ...names] = process.argv.slice(2);

const HANG_MS = 10_000;
/** Inputs between two words of the worker. */
const INPUTS_AT_ONCE = 200;
/** What the heap of the worker may hold after a decoder's turn more than before it, garbage of the last inputs included. */
const GROWTH_BYTES_MAX = 64 * 1024 * 1024;

type Turn = { readonly name: string; readonly seed: number; readonly for_ms: number };
type Word = {
  readonly input: number;
  readonly messages: number;
  readonly fixes: number;
  readonly done?: true;
  readonly grown_bytes?: number;
  readonly failure?: string;
};

function work({ name, seed: from, for_ms }: Turn, say: (word: Word) => void): void {
  const [decoder] = decodersNamed([name]);
  assert(decoder !== undefined, "the turn names a decoder of the list");
  const until = performance.now() + for_ms;
  let [input, messages, fixes, before] = [0, 0, 0, 0];
  for (; performance.now() < until; input++) {
    try {
      const came = decoder.fuzz(seedOf(from, input));
      messages += came.messages;
      fixes += came.fixes;
    } catch (failure) {
      say({ input, messages, fixes, failure: String(failure) });
      return;
    }
    // The first turn warms the code up.
    if (input === INPUTS_AT_ONCE) before = heldBytes();
    if (input % INPUTS_AT_ONCE === 0) say({ input, messages, fixes });
  }
  say({ input, messages, fixes, done: true, grown_bytes: heldBytes() - before });
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function heldBytes(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** @returns why it failed, if it did. */
async function watch(turn: Turn): Promise<string | undefined> {
  const worker = new Worker(new URL(import.meta.url), { workerData: turn });
  let last: Word = { input: 0, messages: 0, fixes: 0 };
  worker.on("message", (word: Word) => {
    last = word;
  });
  const over = once(worker, "exit").catch((failure: unknown) => failure);
  for (let seen = last; ; seen = last) {
    const ended = await Promise.race([over.then(() => true), after(HANG_MS)]);
    if (ended) break;
    if (seen === last) {
      await worker.terminate();
      return `hangs within ${INPUTS_AT_ONCE} inputs after number ${last.input}`;
    }
  }
  if (last.failure) return `input ${last.input} of seed ${turn.seed}: ${last.failure}`;
  if (!last.done) return `ended after input ${last.input}`;
  const grown_bytes = last.grown_bytes ?? 0;
  print(
    `ok   ${turn.name.padEnd(13)} ${last.input} inputs, ${last.messages} messages, ${last.fixes} places, ${(grown_bytes / 1024 / 1024).toFixed(1)} MB more than before`,
  );
  return grown_bytes > GROWTH_BYTES_MAX ? `holds ${grown_bytes} bytes more than before` : undefined;
}

function after(wait_ms: number): Promise<false> {
  return new Promise((done) => setTimeout(() => done(false), wait_ms).unref());
}

if (isMainThread) {
  const decoders = decodersNamed(names);
  const for_ms = (Number(minutes) * 60_000) / Math.max(1, decoders.length);
  print(`seed ${seed}`);
  for (const { name } of decoders) {
    const why = await watch({ name, seed: Number(seed), for_ms });
    if (why === undefined) continue;
    process.exitCode = 1;
    print(`FAIL ${name.padEnd(12)} ${why}`);
  }
} else {
  work(workerData, (word) => parentPort?.postMessage(word));
}
