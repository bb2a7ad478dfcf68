import { codecStringOf } from "@yardline/media/codec-string";
import type { LiveGiven } from "./live-watching.ts";
import { kindOf } from "./problem.ts";

/** The type of a stream with several cameras in it, as it is described in `infra/guide/live.md`. */
export const LIVE_TYPE = "application/vnd.yardline.live";

/** What a message is; `HEAD_BYTES` stand before each. */
const KINDS = { opened: 1, head: 2, picture: 3, none: 4, time: 5 } as const;
const HEAD_BYTES = 24;
/** In the place of a camera, where a message is of none. */
const NO_CAMERA = 255;

const NO_PICTURE = {
  kind: "no-picture",
  detail: "The camera's connection has ended; what comes next is shown at once.",
};

type Message = {
  readonly camera?: number;
  readonly kind: keyof typeof KINDS;
  readonly pts_ms?: number;
  readonly captured_ms?: number;
  readonly body: Uint8Array;
};

/**
 * What is given as the bytes that are sent: camera (1 byte), kind (1 byte), 2 empty, length of the body (4), presentation time in ms (8, a double), capture
 * time in epoch ms (8, a double), all big-endian, and the body: JSON, or fMP4 as it was recorded.
 */
export function wireOf(given: LiveGiven, now_ms: number): readonly Uint8Array[] {
  if ("passed" in given) return messageOf({ kind: "time", captured_ms: now_ms, body: new Uint8Array() });
  const { camera } = given;
  if ("none" in given) {
    const { code, message } = given.none;
    return messageOf({ camera, kind: "none", body: json({ kind: kindOf(code), detail: message }) });
  }
  const { piece } = given;
  if (piece.kind === "ended") return messageOf({ camera, kind: "none", body: json(NO_PICTURE) });
  if (piece.kind === "picture") {
    const { data, pts_ms } = piece.packet;
    return messageOf({ camera, kind: "picture", pts_ms, captured_ms: piece.captured_ms, body: data });
  }
  const { data, width_px, height_px } = piece.init;
  const opened = { codec: codecStringOf(data) ?? "", width_px, height_px };
  return [
    ...messageOf({ camera, kind: "opened", captured_ms: now_ms, body: json(opened) }),
    ...messageOf({ camera, kind: "head", body: data }),
  ];
}

/** A view that is sent as it is: pictures are never copied. */
function messageOf({ camera = NO_CAMERA, kind, pts_ms = 0, captured_ms = 0, body }: Message): Uint8Array[] {
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt8(camera, 0);
  head.writeUInt8(KINDS[kind], 1);
  head.writeUInt32BE(body.length, 4);
  head.writeDoubleBE(pts_ms, 8);
  head.writeDoubleBE(captured_ms, 16);
  return body.length > 0 ? [head, body] : [head];
}

function json(value: object): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}
