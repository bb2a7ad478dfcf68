import type { Camera, LatLon } from "../api/types.ts";
import { Badge, type Tone } from "../elements/badge.tsx";
import { Icon, type IconName } from "../elements/icon.tsx";
import { Command, Notice } from "../elements/notice.tsx";
import { Worded } from "../elements/worded.tsx";
import { formatWall } from "../live/wall-view.ts";
import type { MessageKey } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { useTown } from "../page/use-town.tsx";
import { ViewLink } from "../page/use-view.tsx";
import { PauseButton } from "./pause-button.tsx";
import { PrivacyState } from "./privacy-state.tsx";

const STATES: Readonly<Record<Camera["state"], { name: MessageKey; icon: IconName; tone: Tone }>> = {
  connecting: { name: "camera.connecting", icon: "clock", tone: "plain" },
  watching: { name: "camera.watching", icon: "camera", tone: "good" },
  reduced: { name: "camera.reduced", icon: "camera", tone: "warn" },
  lost: { name: "camera.lost", icon: "camera-lost", tone: "bad" },
  paused: { name: "camera.paused", icon: "pause", tone: "warn" },
  closed: { name: "camera.closed", icon: "close", tone: "plain" },
};

const MASKS: Readonly<Record<Camera["mask_form"], MessageKey>> = {
  "none-needed": "mask.none-needed",
  "burnt-in": "mask.burnt-in",
  "in-camera": "mask.in-camera",
};

/** Every camera: whether it sees, and by what right. */
export function CamerasPanel({ onShow }: { onShow(place: LatLon): void }) {
  const { t } = useSpeech();
  const { cameras, town } = useTown();
  const { value, problem } = cameras;
  if (value?.length === 0 || (!value && town.cameras === 0)) {
    return (
      <div className="panel-body">
        <Notice icon="camera" title={t("cameras.none")}>
          <p>{t("cameras.none.text")}</p>
          <Command>./yardline start --camera yard=@yard.url</Command>
          <p>{t("cameras.none.url")}</p>
        </Notice>
      </div>
    );
  }
  return (
    <div className="panel-body">
      {!value && !problem && <Notice icon="clock" title={t("events.loading")} />}
      {problem && <Notice icon="alert" title={t("cameras.unreachable")} tone="bad" />}
      <ul className="cards">
        {value?.map((camera) => (
          <CameraCard key={camera.id} camera={camera} onShow={onShow} />
        ))}
      </ul>
    </div>
  );
}

function CameraCard({ camera, onShow }: { readonly camera: Camera; onShow(place: LatLon): void }) {
  const { t, formats } = useSpeech();
  const state = STATES[camera.state];
  const { place } = camera;
  return (
    <li className="card">
      <h2>
        <Icon name="camera" /> {camera.name}
      </h2>
      <p className="badges">
        <Badge tone={state.tone} icon={state.icon}>
          {t(state.name, { time: formats.clock(camera.paused_until ?? camera.since) })}
        </Badge>
        {camera.recorded && <Badge icon="film">{t("recorded")}</Badge>}
      </p>
      <PrivacyState camera={camera} />
      {camera.state === "reduced" && <p className="camera-reason">{t("camera.reduced.text")}</p>}
      {camera.state === "paused" && <p className="camera-reason">{t("camera.paused.text")}</p>}
      {camera.reason && <p className="camera-reason">{camera.reason}</p>}
      <dl className="facts">
        <div>
          <dt>{t("camera.purpose")}</dt>
          <dd>
            <Worded name={camera.purpose} />
          </dd>
        </div>
        <div>
          <dt>{t("camera.legal-basis")}</dt>
          <dd>
            <Worded name={camera.legal_basis} />
          </dd>
        </div>
        <div>
          <dt>{t("camera.controller")}</dt>
          <dd>{camera.controller}</dd>
        </div>
        <div>
          <dt>{t("camera.retention")}</dt>
          <dd>{t("hours", { count: camera.retention_h })}</dd>
        </div>
        <div>
          <dt>{t("camera.mask")}</dt>
          <dd>{t(MASKS[camera.mask_form])}</dd>
        </div>
      </dl>
      <p className="badges">
        {camera.state !== "closed" && (
          <ViewLink to={{ at: { desk: "wall", ...formatWall({ cameras: [camera.id], large: undefined }) } }}>
            {t("camera.live")}
          </ViewLink>
        )}
        <PauseButton camera={camera} />
        <ViewLink to={{ panel: "events", filter: { source: `camera/${camera.id}` } }}>
          {t("camera.events")}
        </ViewLink>
        {place && (
          <button type="button" className="link-button" onClick={() => onShow(place)}>
            <Icon name="pin" size={16} /> {t("event.show-on-map")}
          </button>
        )}
      </p>
    </li>
  );
}
