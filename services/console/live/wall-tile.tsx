import { useEffect, useId, useRef } from "react";
import type { Camera } from "../api/types.ts";
import { PauseButton } from "../cameras/pause-button.tsx";
import { PrivacyState } from "../cameras/privacy-state.tsx";
import { Badge } from "../elements/badge.tsx";
import { Icon } from "../elements/icon.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import type { LiveConnection, LiveState } from "./live-connection.ts";
import { OLD_MS, saidOf } from "./live-said.ts";

/** One camera on the wall: its picture or why there is none, since when the picture is, and under which rules it is taken. */
export function WallTile({
  id,
  camera,
  live,
  large,
  onLarge,
  onRemove,
}: {
  readonly id: string;
  /** Undefined for one that is not there, or that whoever looks may not know of. */
  readonly camera: Camera | undefined;
  readonly live: LiveConnection | undefined;
  readonly large: boolean;
  onLarge(): void;
  onRemove(): void;
}) {
  const { t } = useSpeech();
  const video = useRef<HTMLVideoElement>(null);
  const named = useId();
  useEffect(() => (video.current && live ? live.show(id, video.current) : undefined), [id, live]);
  const state = live?.stateOf(id) ?? { kind: "waiting" };
  const said = saidOf(state, live?.line ?? { kind: "opening" }, camera);
  const name = camera?.name ?? id;
  return (
    <article className={large ? "tile tile-large" : "tile"} aria-labelledby={named}>
      <div className="tile-frame">
        <video
          ref={video}
          muted
          playsInline
          disablePictureInPicture
          tabIndex={-1}
          className={said ? "tile-dark" : ""}
        />
        {said && (
          <span className="tile-said" role="status">
            <Icon name={said === "live.none.waiting" ? "clock" : "camera-lost"} size={24} />
            {t(said)}
            {camera?.reason && <bdi className="tile-reason">{camera.reason}</bdi>}
          </span>
        )}
        <span className="tile-age">
          {!said && <Age state={state} />}
          {camera?.recorded && <Badge icon="film">{t("recorded.short")}</Badge>}
        </span>
        <button
          type="button"
          className="tile-picture"
          aria-pressed={large}
          aria-label={t(large ? "wall.smaller" : "wall.larger", { camera: name })}
          onClick={onLarge}
        />
      </div>
      <header className="tile-head">
        <h2 id={named}>
          <bdi>{name}</bdi>
        </h2>
        {camera && <PauseButton camera={camera} small />}
        <button
          type="button"
          className="icon-button"
          aria-label={t("wall.remove", { camera: name })}
          title={t("wall.remove", { camera: name })}
          onClick={onRemove}
        >
          <Icon name="close" size={16} />
        </button>
      </header>
      {camera && <PrivacyState camera={camera} />}
    </article>
  );
}

/** When the picture was taken: only what is a moment old is called live. */
function Age({ state }: { readonly state: LiveState }) {
  const { t, formats } = useSpeech();
  if (state.kind !== "playing") return null;
  const old = state.age_ms > OLD_MS;
  const time = formats.clockSeconds(state.captured_ms);
  return (
    <Badge tone={old ? "warn" : "good"} icon={old ? "clock" : "live"}>
      {t(old ? "live.old" : "live.at", { time })}
    </Badge>
  );
}
