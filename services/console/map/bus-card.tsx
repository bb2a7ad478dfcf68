import type { Vehicle } from "../api/types.ts";
import { Icon } from "../elements/icon.tsx";
import { LineBadge } from "../elements/line-badge.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { useTown } from "../page/use-town.tsx";
import { ViewLink } from "../page/use-view.tsx";
import { delayText } from "../stops/arrival-text.ts";
import { SILENT_MS } from "./bus-sign.tsx";

const KMH_PER_MPS = 3.6;

/** What is known of one bus. */
export function BusCard({
  vehicle,
  now_ms,
  onClose,
}: {
  readonly vehicle: Vehicle;
  readonly now_ms: number;
  onClose(): void;
}) {
  const { t, formats } = useSpeech();
  const { findStopName } = useTown();
  const { route_short_name, route_color, headsign, delay_s, stop_id, speed_mps, at } = vehicle;
  const silent = now_ms - Date.parse(at) > SILENT_MS;
  return (
    <aside className="bus-card" aria-label={t("bus.card")}>
      <header>
        {route_short_name && <LineBadge name={route_short_name} color={route_color} />}
        <strong>
          {headsign ?? t(route_short_name ? "bus.vehicle" : "bus.no-trip", { vehicle: vehicle.vehicle_id })}
        </strong>
        <button
          type="button"
          className="icon-button"
          onClick={onClose}
          aria-label={t("close")}
          title={t("close")}
        >
          <Icon name="close" />
        </button>
      </header>
      <p>
        {[
          t("bus.vehicle", { vehicle: vehicle.vehicle_id }),
          delay_s === undefined ? "" : t("delay", delayText(delay_s)),
          speed_mps === undefined ? "" : t("bus.speed", { speed: Math.round(speed_mps * KMH_PER_MPS) }),
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
      {stop_id && (
        <p>
          {t("bus.next-stop")}{" "}
          <ViewLink to={{ open: { kind: "stop", stop_id } }}>{findStopName(stop_id) ?? stop_id}</ViewLink>
        </p>
      )}
      <p className={silent ? "camera-reason" : "quiet"}>
        {t("bus.signal", { time: formats.clockSeconds(at) })}
      </p>
    </aside>
  );
}
