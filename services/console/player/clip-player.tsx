import { useState } from "react";
import type { ApiEvent } from "../api/types.ts";
import { Icon } from "../elements/icon.tsx";
import { CLIP_SAID } from "../events/clip-state.ts";
import { findPlace } from "../events/kinds.ts";
import { usePurpose } from "../events/use-purpose.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { clipOf, type EventClip } from "./clip-of.ts";
import { ClipStage } from "./clip-stage.tsx";
import { Companions } from "./companions.tsx";
import { PassedBuses } from "./passed-buses.tsx";
import { moreOf, NO_ROLL, rolledPath } from "./roll.ts";
import { useClip } from "./use-clip.ts";
import "./player.css";

/** The recording of an event. While its last seconds are still being recorded it waits and then appears by itself. */
export function ClipPlayer({ event }: { readonly event: ApiEvent }) {
  const { t } = useSpeech();
  const { lookAt } = usePurpose();
  const clip = clipOf(event);
  const path = lookAt(event.links.clip);
  if (!clip || path === undefined) return null;
  return <Clip key={event.occurrence} event={event} clip={clip} path={path} title={t("clip")} />;
}

function Clip({
  event,
  clip,
  path,
  title,
}: {
  readonly event: ApiEvent;
  readonly clip: EventClip;
  readonly path: string;
  readonly title: string;
}) {
  const { t } = useSpeech();
  const { lookAt } = usePurpose();
  const [roll, setRoll] = useState(NO_ROLL);
  const { state, ready, retry } = useClip(path, clip.own, roll);
  const [unplayable, setUnplayable] = useState(false);
  const place = findPlace(event);
  if (ready && !unplayable) {
    return (
      <ClipStage
        title={title}
        clip={{ ...clip, ...ready }}
        strip={lookAt(rolledPath(event.links.filmstrip, ready.roll))}
        more={{ state, of: (side) => moreOf(roll, side, clip.own), ask: setRoll, retry }}
        onUnplayable={() => setUnplayable(true)}
      >
        {(shown) => (
          <>
            <Companions event={event} clip={{ ...clip, span: ready.span }} {...shown} />
            {place && <PassedBuses place={place} span={ready.span} at_ms={shown.at_ms} />}
          </>
        )}
      </ClipStage>
    );
  }
  return (
    <p className="media-gone" role="status">
      <Icon name={state.kind === "gone" || state.kind === "failed" ? "film" : "clock"} />
      {unplayable && t("clip.unplayable")}
      {!unplayable && state.kind !== "ready" && t(CLIP_SAID[state.kind])}
      {(state.kind === "failed" || state.kind === "unreachable" || unplayable) && (
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
