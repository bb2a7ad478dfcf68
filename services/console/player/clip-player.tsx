import { useState } from "react";
import type { ApiEvent } from "../api/types.ts";
import { Icon } from "../elements/icon.tsx";
import { CLIP_SAID } from "../events/clip-state.ts";
import { findPlace } from "../events/kinds.ts";
import { usePurpose } from "../events/use-purpose.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { clipOf } from "./clip-of.ts";
import { ClipStage } from "./clip-stage.tsx";
import { Companions } from "./companions.tsx";
import { PassedBuses } from "./passed-buses.tsx";
import { useClip } from "./use-clip.ts";
import "./player.css";

/** The recording of an event. While its last seconds are still being recorded it waits and then appears by itself. */
export function ClipPlayer({ event }: { readonly event: ApiEvent }) {
  const { t } = useSpeech();
  const { lookAt } = usePurpose();
  const asked = clipOf(event);
  const path = lookAt(event.links.clip);
  if (!asked || path === undefined) return null;
  return <Clip key={event.occurrence} event={event} asked={asked} path={path} title={t("clip")} />;
}

function Clip({
  event,
  asked,
  path,
  title,
}: {
  readonly event: ApiEvent;
  readonly asked: NonNullable<ReturnType<typeof clipOf>>;
  readonly path: string;
  readonly title: string;
}) {
  const { t } = useSpeech();
  const { lookAt } = usePurpose();
  const { state, src, recorded, retry } = useClip(path, asked.span);
  const [unplayable, setUnplayable] = useState(false);
  const place = findPlace(event);
  if (state.kind === "ready" && src && !unplayable) {
    return (
      <ClipStage
        title={title}
        src={src}
        clip={{ ...asked, stretches: recorded }}
        strip={lookAt(event.links.filmstrip)}
        onUnplayable={() => setUnplayable(true)}
      >
        {(shown) => (
          <>
            <Companions event={event} clip={asked} {...shown} />
            {place && <PassedBuses place={place} span={asked.span} at_ms={shown.at_ms} />}
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
