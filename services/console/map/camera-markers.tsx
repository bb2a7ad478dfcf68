import type { Map as MapLibre } from "maplibre-gl";
import type { Camera, LatLon } from "../api/types.ts";
import { MASK_STATES } from "../cameras/privacy-state.tsx";
import { Icon, type IconName } from "../elements/icon.tsx";
import type { MessageKey } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { MapMarker } from "./map-marker.tsx";

const SAID: Readonly<Record<Camera["state"], MessageKey>> = {
  connecting: "camera.connecting",
  watching: "camera.watching",
  reduced: "camera.reduced",
  lost: "camera.lost",
  paused: "camera.paused",
  closed: "camera.closed",
};

const ICONS: Partial<Record<Camera["state"], IconName>> = {
  lost: "camera-lost",
  closed: "camera-lost",
  paused: "pause",
};

type Shown = { readonly map: MapLibre; onCamera(): void };

/** The cameras that have a place, each with its state. */
export function CameraMarkers({ cameras, ...shown }: Shown & { readonly cameras: readonly Camera[] }) {
  return cameras.map(
    (camera) => camera.place && <CameraMarker key={camera.id} camera={camera} at={camera.place} {...shown} />,
  );
}

function CameraMarker({
  map,
  camera: { name, state, since, paused_until, mask_form, retention_h },
  at,
  onCamera,
}: Shown & { readonly camera: Camera; readonly at: LatLon }) {
  const { t, formats } = useSpeech();
  const time = formats.clock(state === "paused" && paused_until ? paused_until : since);
  const rules = `${t(MASK_STATES[mask_form])}, ${t("privacy.kept", { hours: retention_h })}`;
  const said = `${name}: ${t(SAID[state], { time })}. ${rules}`;
  return (
    <MapMarker map={map} at={at}>
      <button
        type="button"
        className={`camera-marker camera-${state}`}
        aria-label={said}
        title={said}
        onClick={onCamera}
      >
        <Icon name={ICONS[state] ?? "camera"} size={16} />
      </button>
    </MapMarker>
  );
}
