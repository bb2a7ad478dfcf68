import { useEffect, useState } from "react";
import { Icon } from "../elements/icon.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { type ClipState, clipState } from "./clip-state.ts";

/** The recording of an event. While its last seconds are still being recorded it waits and then appears by itself. */
export function ClipPlayer({ path }: { readonly path: string }) {
  const { t } = useSpeech();
  const [state, retry] = useClip(path);
  const [unplayable, setUnplayable] = useState(false);
  if (state.kind === "ready" && !unplayable) {
    return (
      <video
        className="clip"
        src={path}
        controls
        muted
        playsInline
        preload="metadata"
        aria-label={t("clip")}
        onError={() => setUnplayable(true)}
      />
    );
  }
  return (
    <p className="media-gone" role="status">
      <Icon name={state.kind === "recording" || state.kind === "asking" ? "clock" : "film"} />
      {unplayable && t("clip.unplayable")}
      {state.kind === "asking" && t("clip.asking")}
      {state.kind === "recording" && t("clip.recording")}
      {state.kind === "gone" && t("clip.gone")}
      {state.kind === "failed" && t("clip.failed")}
      {(state.kind === "failed" || unplayable) && (
        <button
          type="button"
          className="link-button"
          onClick={() => {
            setUnplayable(false);
            retry();
          }}
        >
          {t("retry")}
        </button>
      )}
    </p>
  );
}

/** Asks for the first byte, since a video element does not tell why it cannot load. */
function useClip(path: string): readonly [ClipState, () => void] {
  const [tries, setTries] = useState(0);
  const [state, setState] = useState<ClipState>({ kind: "asking" });

  // `tries` starts it anew.
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (attempts: number) => {
      const [status, retry_after] = await probe(path, stop.signal);
      if (stop.signal.aborted) return;
      const next = clipState(status, retry_after, attempts);
      setState(next);
      if (next.kind === "recording") timer = setTimeout(() => void ask(attempts + 1), next.retry_ms);
    };
    setState({ kind: "asking" });
    void ask(1);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [path, tries]);

  return [state, () => setTries((before) => before + 1)];
}

async function probe(path: string, signal: AbortSignal): Promise<readonly [number, string | null]> {
  try {
    const response = await fetch(path, { headers: { range: "bytes=0-0" }, signal });
    // A server without ranges would send all of it.
    await response.body?.cancel();
    return [response.status, response.headers.get("retry-after")];
  } catch {
    return [0, null];
  }
}
