import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import { Icon } from "../elements/icon.tsx";
import { Filmstrip } from "../events/filmstrip.tsx";
import { useStrip } from "../events/use-strip.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { leadByKeys } from "./clip-keys.ts";
import type { AskedClip } from "./clip-of.ts";
import { missingIn, offsetAt, type Stretch, timeAt } from "./clip-time.ts";
import type { Shown } from "./companions.tsx";
import { PlayerButton, PlayerSteps } from "./player-button.tsx";
import { SPEEDS } from "./steer.ts";
import { Timeline } from "./timeline.tsx";
import { useVideo } from "./use-video.ts";

/** What is played, and which of its time is in it. */
export type PlayedClip = AskedClip & { readonly stretches: readonly Stretch[] };

/** A clip that can be played: its picture, its time, and everything that leads it. */
export function ClipStage({
  title,
  src,
  clip,
  strip: path,
  onUnplayable,
  children,
}: {
  readonly title: string;
  readonly src: string;
  readonly clip: PlayedClip;
  readonly strip: string | undefined;
  onUnplayable(): void;
  /** What goes along with it, by the time of day that is shown. */
  children(shown: Shown): ReactNode;
}) {
  const { t, formats } = useSpeech();
  const element = useRef<HTMLVideoElement>(null);
  const video = useVideo(element);
  // A strip is made for who is interested, not for everybody who opens the event.
  const [looked, setLooked] = useState(false);
  const strip = useStrip(looked ? path : undefined);
  const { stretches, span, happened } = clip;
  const at_ms = timeAt(stretches, video.at_s);

  const onKey = (event: KeyboardEvent) => leadByKeys(event, video, offsetAt(stretches, span.to_ms).offset_s);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys and pointers anywhere in it lead the clip; all that can be done has its button.
    <div
      className="player"
      onKeyDown={onKey}
      onPointerEnter={() => setLooked(true)}
      onFocus={() => setLooked(true)}
    >
      <video
        ref={element}
        className="clip"
        src={src}
        muted
        playsInline
        preload="auto"
        aria-label={title}
        onClick={video.toggle}
        onError={onUnplayable}
      />
      <Timeline
        stretches={stretches}
        asked={span}
        happened={happened}
        at_s={video.at_s}
        strip={strip}
        onSeek={video.seek}
      />
      <div className="player-bar">
        <PlayerSteps video={video} at_ms={at_ms} />
        <label className="player-speed">
          <span className="unseen">{t("clip.speed")}</span>
          <select
            value={video.speed}
            onChange={({ target }) =>
              video.hurry(SPEEDS.find((speed) => String(speed) === target.value) ?? 1)
            }
          >
            {SPEEDS.map((speed) => (
              <option key={speed} value={speed}>
                {formats.number(speed)}×
              </option>
            ))}
          </select>
        </label>
        <PlayerButton
          name={t("clip.whole-screen")}
          icon="larger"
          onPress={() => void element.current?.requestFullscreen().catch(() => undefined)}
        />
      </div>
      <MissingNote clip={clip} />
      {strip && <Filmstrip strip={strip} onSeek={video.seek} />}
      {children({ at_ms, speed: video.playing ? video.speed : 0 })}
    </div>
  );
}

/** What of the clip is not there: its beginning goes first when its time is over, and nobody recorded a gap. */
function MissingNote({ clip: { stretches, span } }: { readonly clip: PlayedClip }) {
  const { t, formats } = useSpeech();
  const missing = missingIn(stretches, span);
  if (missing.length === 0) return null;
  return (
    <ul className="player-missing">
      {missing.map(({ from_ms, to_ms }) => (
        <li key={from_ms}>
          <Icon name="alert" size={14} />{" "}
          {t(from_ms <= span.from_ms ? "clip.beginning-gone" : "clip.gap", {
            from: formats.clockSeconds(from_ms),
            to: formats.clockSeconds(to_ms),
          })}
        </li>
      ))}
    </ul>
  );
}
