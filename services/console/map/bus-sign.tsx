import { memo } from "react";
import type { Vehicle } from "../api/types.ts";
import { lineColors } from "../elements/line-color.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { delayText } from "../stops/arrival-text.ts";

/** A bus that has been silent for so long is drawn as a memory of it. */
export const SILENT_MS = 60_000;

type Sign = {
  readonly vehicle: Vehicle;
  readonly now_ms: number;
  readonly opened: boolean;
  readonly onOpen: () => void;
};

/** A bus on the map: its line's number on the line's colour, and an arrow where it goes. */
export const BusSign = memo(function BusSign({ vehicle, now_ms, opened, onOpen }: Sign) {
  const { t } = useSpeech();
  const { route_short_name, route_color, headsign, delay_s, course_deg, at } = vehicle;
  const { ground, ink } = lineColors(route_color);
  const silent = now_ms - Date.parse(at) > SILENT_MS;
  const said = [
    route_short_name
      ? t("bus.line", { line: route_short_name })
      : t("bus.no-trip", { vehicle: vehicle.vehicle_id }),
    headsign ? `→ ${headsign}` : "",
    silent ? t("bus.silent") : delay_s === undefined ? "" : t("delay", delayText(delay_s)),
  ];
  return (
    <button
      type="button"
      className={`bus ${silent ? "is-silent" : ""}`}
      style={{ backgroundColor: ground, color: ink }}
      aria-label={said.filter(Boolean).join(", ")}
      aria-expanded={opened}
      onClick={(event) => {
        event.stopPropagation();
        onOpen();
      }}
    >
      {course_deg !== undefined && (
        <svg className="bus-arrow" viewBox="-30 -30 60 60" aria-hidden="true">
          <path d="M0-26 11-4-11-4Z" fill={ground} />
        </svg>
      )}
      <span>{route_short_name ?? "?"}</span>
    </button>
  );
});
