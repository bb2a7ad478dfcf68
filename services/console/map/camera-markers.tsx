import type { Map as MapLibre } from "maplibre-gl";
import type { Camera } from "../api/types.ts";
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

/** The cameras that have a place, each with its state. */
export function CameraMarkers({
  map,
  cameras,
  onCamera,
}: {
  readonly map: MapLibre;
  readonly cameras: readonly Camera[];
  onCamera(): void;
}) {
  const { t, formats } = useSpeech();
  return cameras.map(({ id, name, place, state, since, paused_until, mask_form, retention_h }) => {
    if (!place) return null;
    const time = formats.clock(state === "paused" && paused_until ? paused_until : since);
    const rules = `${t(MASK_STATES[mask_form])}, ${t("privacy.kept", { hours: retention_h })}`;
    const said = `${name}: ${t(SAID[state], { time })}. ${rules}`;
    return (
      <MapMarker key={id} map={map} at={place}>
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
  });
}
