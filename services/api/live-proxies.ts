import { proxyLive } from "@yardline/media/live-proxy";
import { LiveStream } from "@yardline/sources/video/live-stream";
import { Refusal } from "./problem.ts";

const RETRY_AFTER_S = 10;
/** So often it is looked whether anybody still wants one. */
const LOOK_MS = 5_000;

/** Cameras' pictures as H.264, made while somebody looks at them: once for all who do, few at once. */
export type LiveProxies = {
  /** The same pictures as H.264; those that are that already as they are. @throws Refusal 503 where too many are made. */
  of(stream: LiveStream): LiveStream;
  close(): Promise<void>;
};

type Proxy = { readonly made: LiveStream; readonly stop: () => Promise<void>; idle: boolean };

/** @param onCount told how many are made now. @param onRefused told of each that is not. */
export function createLiveProxies(
  proxies_max: number,
  { onCount, onRefused }: { onCount(now: number): void; onRefused(): void },
): LiveProxies {
  const proxies = new Map<LiveStream, Proxy>();

  function begin(stream: LiveStream): Proxy {
    const over = new AbortController();
    const made = new LiveStream();
    const ended = proxyLive(stream, made, over.signal);
    const looking = setInterval(() => void look(stream), LOOK_MS);
    const proxy = {
      made,
      idle: false,
      async stop() {
        clearInterval(looking);
        proxies.delete(stream);
        onCount(proxies.size);
        over.abort();
        await ended;
      },
    };
    proxies.set(stream, proxy);
    onCount(proxies.size);
    return proxy;
  }

  /** Nobody at two looks: whoever asked for it a moment ago may not have begun to listen yet. */
  function look(stream: LiveStream): void {
    const proxy = proxies.get(stream);
    if (!proxy) return;
    const nobody = proxy.made.listeners === 0;
    if (nobody && proxy.idle) void proxy.stop();
    proxy.idle = nobody;
  }

  return {
    of(stream) {
      if (stream.codec === undefined || stream.codec.startsWith("avc")) return stream;
      const found = proxies.get(stream);
      if (found) return found.made;
      if (proxies.size < proxies_max) return begin(stream).made;
      onRefused();
      const message =
        "Too many cameras are encoded anew for browsers that lack their codec. Ask again later.";
      throw new Refusal(503, "LIVE_PROXIES_FULL", message, RETRY_AFTER_S);
    },
    async close() {
      await Promise.all([...proxies.values()].map(({ stop }) => stop()));
    },
  };
}
