import { type ReactNode, useRef, useState } from "react";
import { Icon } from "../elements/icon.tsx";
import { Filmstrip } from "../events/filmstrip.tsx";
import { useStrip } from "../events/use-strip.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { leadByKeys } from "./clip-keys.ts";
import type { EventClip } from "./clip-of.ts";
import { missingOf, offsetAt } from "./clip-time.ts";
import type { Shown } from "./companions.tsx";
import { PlayerButton, PlayerSteps } from "./player-button.tsx";
import type { Side } from "./roll.ts";
import { type More, RollBar } from "./roll-bar.tsx";
import { SPEEDS } from "./steer.ts";
import { Timeline } from "./timeline.tsx";
import type { ReadyClip } from "./use-clip.ts";
import { useGoingOn } from "./use-going-on.ts";
import { useVideo } from "./use-video.ts";

/** What is played, and what it is of. */
type PlayedClip = EventClip & ReadyClip;

/** A clip that can be played: its picture, its time, and everything that leads it. */
export function ClipStage({
  title,
  clip,
  strip: path,
  more,
  onUnplayable,
  children,
}: {
  readonly title: string;
  readonly clip: PlayedClip;
  readonly strip: string | undefined;
  readonly more: More;
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
  const { src, stretches, span, happened } = clip;
  const at_ms = useGoingOn(element, video, src, stretches);
  const askMore = (side: Side) => {
    const next = more.of(side);
    if (next) more.ask(next);
  };
  const end_s = offsetAt(stretches, span.to_ms).offset_s;

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys and pointers anywhere in it lead the clip; all that can be done has its button.
    <div
      className="player"
      onKeyDown={(event) => leadByKeys(event, video, end_s, askMore)}
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
        at_ms={at_ms}
        strip={strip}
        onSeek={video.seek}
      />
      <RollBar more={more} />
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

const MISSING_SAID = {
  before: "clip.none-before",
  beginning: "clip.beginning-gone",
  gap: "clip.gap",
  after: "clip.none-after",
} as const;

/** What of the clip is not there: its beginning goes first when its time is over, nobody recorded a gap, and a long stay is not given whole. */
function MissingNote({ clip: { own, stretches, span, roll } }: { readonly clip: PlayedClip }) {
  const { t, formats } = useSpeech();
  const missing = missingOf(stretches, span, own);
  const goesOn = span.to_ms - roll.after_s * 1000 < own.to_ms;
  if (missing.length === 0 && !goesOn) return null;
  return (
    <ul className="player-missing">
      {missing.map(({ what, from_ms, to_ms }) => (
        <li key={from_ms}>
          <Icon name="alert" size={14} />{" "}
          {t(MISSING_SAID[what], { from: formats.clockSeconds(from_ms), to: formats.clockSeconds(to_ms) })}
        </li>
      ))}
      {goesOn && (
        <li>
          <Icon name="clock" size={14} /> {t("clip.longer", { to: formats.clockSeconds(own.to_ms) })}
        </li>
      )}
    </ul>
  );
}
