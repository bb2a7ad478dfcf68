import { useEffect, useRef, useState } from "react";
import { Icon } from "../elements/icon.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { askClip } from "./ask-clip.ts";
import type { ClipState } from "./clip-state.ts";
import { Filmstrip } from "./filmstrip.tsx";

/** The recording of an event. While its last seconds are still being recorded it waits and then appears by itself. */
export function ClipPlayer({ path, strip }: { readonly path: string; readonly strip?: string | undefined }) {
  const { t } = useSpeech();
  const { state, src, retry } = useClip(path);
  const [unplayable, setUnplayable] = useState(false);
  // A strip is made for who is interested, not for everybody who opens the event.
  const [looked, setLooked] = useState(false);
  const video = useRef<HTMLVideoElement>(null);
  const seek = (offset_s: number) => {
    if (video.current) video.current.currentTime = offset_s;
  };
  if (state.kind === "ready" && src && !unplayable) {
    return (
      // biome-ignore lint/a11y/noStaticElementInteractions: the pointer only says that somebody looks; all else is in the parts.
      <div className="clip-stage" onPointerEnter={() => setLooked(true)} onFocus={() => setLooked(true)}>
        <video
          ref={video}
          className="clip"
          src={src}
          controls
          muted
          playsInline
          preload="metadata"
          aria-label={t("clip")}
          onError={() => setUnplayable(true)}
        />
        {looked && strip && <Filmstrip path={strip} onSeek={seek} />}
      </div>
    );
  }
  return (
    <p className="media-gone" role="status">
      <Icon name={state.kind === "gone" || state.kind === "failed" ? "film" : "clock"} />
      {unplayable && t("clip.unplayable")}
      {state.kind === "asking" && t("clip.asking")}
      {state.kind === "recording" && t("clip.recording")}
      {state.kind === "converting" && t("clip.converting")}
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

type PlayableClip = { readonly state: ClipState; readonly src: string | undefined; retry(): void };

/** Where the clip of a path is played from, as soon as it can be. */
function useClip(path: string): PlayableClip {
  const [tries, setTries] = useState(0);
  const [state, setState] = useState<ClipState>({ kind: "asking" });
  const [src, setSrc] = useState<string>();

  // `tries` starts it anew.
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let proxy: string | undefined;
    const ask = async (attempts: number) => {
      const converting = () => setState({ kind: "converting" });
      const answer = await askClip(path, attempts, converting, stop.signal);
      if (stop.signal.aborted) return;
      if (answer.video) proxy = URL.createObjectURL(answer.video);
      setSrc(proxy ?? path);
      setState(answer.state);
      if (answer.state.kind === "recording")
        timer = setTimeout(() => void ask(attempts + 1), answer.state.retry_ms);
    };
    setState({ kind: "asking" });
    void ask(1);
    return () => {
      stop.abort();
      clearTimeout(timer);
      if (proxy) URL.revokeObjectURL(proxy);
    };
  }, [path, tries]);

  return { state, src, retry: () => setTries((before) => before + 1) };
}
