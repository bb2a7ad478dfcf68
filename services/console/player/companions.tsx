import { useEffect, useRef, useState } from "react";
import { listEvents } from "../api/client.ts";
import { type Polled, usePolling } from "../api/polling.ts";
import type { ApiEvent } from "../api/types.ts";
import { Icon } from "../elements/icon.tsx";
import { CLIP_SAID } from "../events/clip-state.ts";
import { usePurpose } from "../events/use-purpose.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { useTown } from "../page/use-town.tsx";
import type { EventClip } from "./clip-of.ts";
import { offsetAt, type Stretch } from "./clip-time.ts";
import { COMPANIONS_MAX, type Companion, companionsOf } from "./companions-of.ts";
import { rollCovering } from "./roll.ts";
import { steeringOf } from "./steer.ts";
import { useClip } from "./use-clip.ts";

export type Shown = {
  /** The time of day that the leading clip shows. */
  readonly at_ms: number;
  /** Its speed; 0 while it stands. */
  readonly speed: number;
};

/** The clip that leads: whose, and the time that it is of. */
type Leading = Pick<EventClip, "camera"> & { readonly span: Stretch };

/** A recording begins at most so long before what it shows is over. */
const BEFORE_MS = 180_000;
const FOUND_MAX = 100;

/** What other cameras recorded meanwhile. Which did is asked when somebody wants to know, since that is written down. */
export function Companions(asked: Shown & { readonly event: ApiEvent; readonly clip: Leading }) {
  const { t } = useSpeech();
  const [wanted, setWanted] = useState(false);
  if (wanted) return <CompanionChoice {...asked} />;
  return (
    <p>
      <button type="button" className="button" onClick={() => setWanted(true)}>
        <Icon name="camera" size={16} /> {t("companions")}
      </button>
    </p>
  );
}

/** Each of them is looked at only when it is chosen. */
function CompanionChoice({
  event,
  clip,
  ...shown
}: Shown & { readonly event: ApiEvent; readonly clip: Leading }) {
  const { t } = useSpeech();
  const { findCamera } = useTown();
  const question = questionOf(clip);
  const found = usePolling(`companions/${event.occurrence}${question}`, async (signal) =>
    companionsOf((await listEvents(question, signal)).events, clip),
  );
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const full = chosen.length >= COMPANIONS_MAX;
  const toggle = (camera: string) =>
    setChosen(chosen.includes(camera) ? chosen.filter((each) => each !== camera) : [...chosen, camera]);
  return (
    <section className="companions" aria-label={t("companions")}>
      <h3>{t("companions")}</h3>
      <CompanionsNote found={found} />
      <p className="companions-choice">
        {found.value?.map(({ clip: { camera } }) => (
          <button
            key={camera}
            type="button"
            className="button"
            aria-pressed={chosen.includes(camera)}
            disabled={full && !chosen.includes(camera)}
            onClick={() => toggle(camera)}
          >
            <Icon name="camera" size={16} /> <bdi>{findCamera(camera)?.name ?? camera}</bdi>
          </button>
        ))}
      </p>
      {found.value
        ?.filter((each) => chosen.includes(each.clip.camera))
        .map((each) => (
          <CompanionClip key={each.event.occurrence} companion={each} span={clip.span} {...shown} />
        ))}
    </section>
  );
}

function CompanionsNote({ found: { value, problem } }: { readonly found: Polled<readonly Companion[]> }) {
  const { t } = useSpeech();
  if (value) return value.length === 0 ? <p className="quiet">{t("companions.none")}</p> : null;
  return <p className="quiet">{t(problem ? "events.unreachable" : "events.loading")}</p>;
}

function questionOf({ span }: Leading): string {
  const [from, to] = [span.from_ms - BEFORE_MS, span.to_ms].map((ms) => new Date(ms).toISOString());
  return `?${new URLSearchParams({ from: from ?? "", to: to ?? "", limit: String(FOUND_MAX) })}`;
}

function CompanionClip({
  companion: { event, clip },
  span,
  at_ms,
  speed,
}: Shown & { readonly companion: Companion; readonly span: Stretch }) {
  const { t } = useSpeech();
  const { findCamera } = useTown();
  const { lookAt } = usePurpose();
  const video = useRef<HTMLVideoElement>(null);
  const { state, ready } = useClip(lookAt(event.links.clip), clip.own, rollCovering(clip.own, span));
  const wanted = offsetAt(ready?.stretches ?? [], at_ms);

  useEffect(() => {
    if (video.current) steer(video.current, wanted.offset_s, wanted.recorded ? speed : 0);
  }, [wanted.offset_s, wanted.recorded, speed]);
  const said = !ready && state.kind !== "ready" ? CLIP_SAID[state.kind] : "clip.gap-here";

  const name = findCamera(clip.camera)?.name ?? clip.camera;
  return (
    <figure className="companion">
      {ready && (
        <video
          ref={video}
          className="clip"
          src={ready.src}
          muted
          playsInline
          preload="auto"
          aria-label={name}
        />
      )}
      {!wanted.recorded && (
        <p className="companion-said" role="status">
          {t(said)}
        </p>
      )}
      <figcaption>
        <bdi>{name}</bdi>
      </figcaption>
    </figure>
  );
}

/** @param speed 0: it stands, at that second. */
function steer(video: HTMLVideoElement, wanted_s: number, speed: number): void {
  const { seek_s, rate } = steeringOf(video.currentTime, wanted_s, speed);
  if (seek_s !== undefined && !video.seeking) video.currentTime = seek_s;
  if (video.playbackRate !== rate) video.playbackRate = rate;
  if (speed > 0 && video.paused) video.play().catch(() => undefined);
  if (speed === 0 && !video.paused) video.pause();
}
