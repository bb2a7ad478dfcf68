import type { Map as MapLibre } from "maplibre-gl";
import { useSpeech } from "../messages/use-speech.tsx";

/** Nearer, farther, the whole town. */
export function MapControls({
  map,
  onWhole,
}: {
  readonly map: MapLibre;
  readonly onWhole: (() => void) | undefined;
}) {
  const { t } = useSpeech();
  return (
    <div className="map-controls">
      <button type="button" onClick={() => map.zoomIn()} aria-label={t("map.nearer")} title={t("map.nearer")}>
        <Drawing path="M12 5v14M5 12h14" />
      </button>
      <button
        type="button"
        onClick={() => map.zoomOut()}
        aria-label={t("map.farther")}
        title={t("map.farther")}
      >
        <Drawing path="M5 12h14" />
      </button>
      {onWhole && (
        <button type="button" onClick={onWhole} aria-label={t("map.whole")} title={t("map.whole")}>
          <Drawing path="M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5" />
        </button>
      )}
    </div>
  );
}

function Drawing({ path }: { readonly path: string }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" width="18" height="18" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
