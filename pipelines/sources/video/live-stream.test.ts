import fc from "fast-check";
import { expect, test } from "vitest";
import type { Init, Packet } from "./fragments.ts";
import { GOP_PACKETS_MAX } from "./gop-ring.ts";
import { type LivePiece, LiveStream } from "./live-stream.ts";
import { createProvenLive } from "./proven-live.ts";

const initOf = (name: string): Init => ({
  ...{ data: Buffer.from(name), timescale: 90_000, codec: "avc1" },
  ...{ width_px: 640, height_px: 360 },
});
const packetOf = (at: number, key: boolean): Packet => ({
  ...{ data: Uint8Array.of(at), pts_ms: at * 100, duration_ms: 100 },
  key,
});
const HEAD = initOf("head");

/** Pictures by their number, heads by their name, and where it ended. */
function said(piece: LivePiece | undefined): string {
  if (!piece) return "-";
  if (piece.kind === "opened") return Buffer.from(piece.init.data).toString();
  return piece.kind === "ended" ? "end" : `${piece.packet.key ? "K" : ""}${piece.packet.pts_ms / 100}`;
}

function begun() {
  const stop = new AbortController();
  const stream = new LiveStream();
  const tap = stream.tap(stop.signal);
  tap.open(HEAD);
  const push = (...pictures: readonly string[]) => {
    for (const each of pictures) {
      const at = Number(each.replace("K", ""));
      tap.push(packetOf(at, each.startsWith("K")), at);
    }
  };
  return { stream, tap, push, stop };
}

function listen(stream: LiveStream) {
  const lost: number[] = [];
  const listener = stream.listen(
    () => undefined,
    (pictures) => lost.push(pictures),
  );
  return {
    ...listener,
    lost,
    rest() {
      const pieces: string[] = [];
      for (let piece = listener.take(); piece; piece = listener.take()) pieces.push(said(piece));
      return pieces.join(" ");
    },
  };
}

test("whoever comes begins at once, with the key frame of the group under way", () => {
  const { stream, push } = begun();
  push("K1", "2", "K3", "4", "5");
  const listener = listen(stream);
  expect(listener.rest()).toBe("head K3 4 5");
  push("6", "K7");
  expect(listener.rest()).toBe("6 K7");
});

test("before the first key frame there is nothing", () => {
  const { stream, push } = begun();
  const listener = listen(stream);
  push("1", "2");
  expect(listener.rest()).toBe("");
  push("K3");
  expect(listener.rest()).toBe("head K3");
});

test("whoever is a group behind gets its end; whoever is further behind goes on with the newest, and it is counted", () => {
  const { stream, push } = begun();
  push("K1", "2");
  const [one, two] = [listen(stream), listen(stream)];
  one.rest();
  two.rest();
  push("3", "4", "K5", "6");
  expect(one.rest()).toBe("3 4 K5 6");
  push("K7", "8", "K9", "10");
  expect(two.rest()).toBe("K9 10");
  expect([one.lost, two.lost]).toEqual([[], [2]]);
});

test("a connection that ends is told once; the next one has its own head", () => {
  const { stream, tap, push } = begun();
  push("K1", "2");
  const listener = listen(stream);
  listener.rest();
  tap.close();
  expect(listener.rest()).toBe("end");
  tap.open(initOf("other"));
  push("3", "K4");
  expect(listener.rest()).toBe("other K4");
});

test("pictures under another head in mid-connection wait for their key frame", () => {
  const { stream, tap, push } = begun();
  push("K1");
  const listener = listen(stream);
  listener.rest();
  tap.open(initOf("larger"));
  push("2", "K3", "4");
  expect(listener.rest()).toBe("larger K3 4");
});

test("once watching stops nothing is there any more, not even what comes too late", () => {
  const { stream, push, stop } = begun();
  push("K1", "2");
  const listener = listen(stream);
  stop.abort();
  push("K3");
  expect(listener.rest()).toBe("");
  expect(listen(stream).rest()).toBe("");
});

test("a group without an end is given up until the next key frame", () => {
  const { stream, push } = begun();
  push("K0", ...Array.from({ length: GOP_PACKETS_MAX }, (_, at) => String(at + 1)));
  const listener = listen(stream);
  push("7");
  expect(listener.rest()).toBe("");
  push("K8");
  expect(listener.rest()).toBe("head K8");
});

test("listeners are woken until they leave", () => {
  const { stream, push } = begun();
  let woken = 0;
  const listener = stream.listen(
    () => woken++,
    () => undefined,
  );
  push("K1", "2");
  listener.leave();
  push("3");
  expect([woken, stream.listeners]).toEqual([2, 0]);
});

const STEPS = ["key", "picture", "open", "close", "take", "take all"] as const;

/** Carries out steps on one stream with one listener. @returns what it was given, and under which head each picture came. */
function played(steps: readonly (typeof STEPS)[number][]) {
  const { stream, tap } = begun();
  const listener = listen(stream);
  const given: LivePiece[] = [];
  const headOf = new Map<number, string>();
  let [at, heads] = [0, 0];
  const take = () => {
    const piece = listener.take();
    if (piece) given.push(piece);
    return piece !== undefined;
  };
  const push = (key: boolean) => {
    headOf.set(++at, `head${heads}`);
    tap.push(packetOf(at, key), at);
  };
  const work: Readonly<Record<(typeof STEPS)[number], () => void>> = {
    key: () => push(true),
    picture: () => push(false),
    open: () => tap.open(initOf(`head${++heads}`)),
    close: () => tap.close(),
    take,
    "take all": () => {
      while (take());
    },
  };
  tap.open(initOf("head0"));
  for (const step of steps) work[step]();
  return { given, headOf };
}

test("whatever comes when: every picture follows the one before it, or is a key frame under its own head", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...STEPS), { maxLength: 80 }), (steps) => {
      const { given, headOf } = played(steps);
      let [head, before] = ["", Number.NaN];
      for (const piece of given) {
        if (piece.kind === "picture") {
          expect(piece.packet.key || piece.captured_ms === before + 1).toBe(true);
          expect(headOf.get(piece.captured_ms)).toBe(head);
          before = piece.captured_ms;
        } else [head, before] = [said(piece), Number.NaN];
      }
    }),
  );
});

test("a camera's own mask: nothing is shown that was not followed by a picture with the mask whole", () => {
  const shown: string[] = [];
  const live = createProvenLive({
    push: (packet, captured_ms) => shown.push(said({ kind: "picture", packet, captured_ms })),
  });
  const push = (...pictures: readonly string[]) => {
    for (const each of pictures) {
      const at = Number(each.replace("K", ""));
      live.push(packetOf(at, each.startsWith("K")), at);
    }
  };
  push("0", "K1", "2", "3");
  expect(shown).toEqual([]);
  live.see(2, true);
  expect(shown).toEqual(["K1", "2"]);
  push("4", "5", "K6", "7");
  live.see(4, false);
  live.see(5, true);
  expect(shown).toEqual(["K1", "2"]);
  live.see(7, true);
  expect(shown).toEqual(["K1", "2", "K6", "7"]);
  push("8");
  live.see(8, false);
  push("9", "K10");
  live.see(10, true);
  expect(shown.slice(4)).toEqual(["K10"]);
});
