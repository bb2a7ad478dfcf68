import { readSync, writeSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { type Box, WHOLE } from "@yardline/domain/box";
import { AppError, messageOf } from "@yardline/domain/errors";
import { goldenPicture } from "../centernet/golden-picture.ts";
import { infer } from "../infer.ts";
import { lookAt } from "../input/look.ts";
import type { ModelManifest } from "../manifest.ts";
import type { Provider } from "../runtime/providers.ts";
import { openSession, type Session } from "../runtime/session.ts";
import type { Trial } from "./try-model.ts";

const [STDIN, STDOUT] = [0, 1];
/** Low enough for a drawn picture, whose objects convince nobody. */
const DRAWN_SCORE_MIN = 0.01;
/** The parts of the picture that make the input's forms: the square, the widest, the tallest. */
const FORMS: readonly Box[] = [
  WHOLE,
  { left: 0, top: 0.5, right: 1, bottom: 0.504 },
  { left: 0.5, top: 0, right: 0.504, bottom: 1 },
];

type Order = { readonly manifest: ModelManifest; readonly provider: Provider; readonly bytes: number };

function byteOf(stream: number): number | undefined {
  const byte = Buffer.alloc(1);
  return readSync(stream, byte) === 1 ? byte[0] : undefined;
}

/** The order is a line of JSON; the model's bytes come behind it. */
function readOrder(): { readonly order: Order; readonly bytes: Uint8Array } {
  const line: number[] = [];
  for (let byte = byteOf(STDIN); byte !== undefined && byte !== 0x0a; byte = byteOf(STDIN)) line.push(byte);
  const order: Order = JSON.parse(Buffer.from(line).toString());
  const bytes = Buffer.alloc(order.bytes);
  for (let at = 0; at < bytes.length; ) {
    const read = readSync(STDIN, bytes, at, bytes.length - at, null);
    if (read === 0) throw new Error("who asked is gone");
    at += read;
  }
  return { order, bytes };
}

/** Every form of the input is looked at, and the whole picture twice: it must say the same. */
async function looks(session: Session, { manifest }: Order): Promise<number> {
  let longest_ms = 0;
  const look = async (part: Box) => {
    const begun_ms = performance.now();
    const found = await infer(session, lookAt(goldenPicture(), part, true), manifest, DRAWN_SCORE_MIN);
    longest_ms = Math.max(longest_ms, performance.now() - begun_ms);
    return found;
  };
  const first = await look(WHOLE);
  for (const part of FORMS) {
    const found = await look(part);
    if (part === WHOLE && !isDeepStrictEqual(found, first)) {
      throw new AppError("MODEL_WRONG", `${manifest.name} says two things of one picture`);
    }
  }
  return longest_ms;
}

async function trial(): Promise<Trial> {
  const { order, bytes } = readOrder();
  const session = await openSession(bytes, order.provider);
  const look_ms = await looks(session, order);
  await session.close();
  return { look_ms, memory_bytes: process.resourceUsage().maxRSS * 1024 };
}

const verdict = await trial().catch((thrown: unknown) => ({
  code: thrown instanceof AppError ? thrown.code : "MODEL_WRONG",
  message: messageOf(thrown),
}));
writeSync(STDOUT, JSON.stringify(verdict));
