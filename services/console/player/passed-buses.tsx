import { useMemo } from "react";
import { useAccount } from "../account/use-session.tsx";
import { listPassages } from "../api/client.ts";
import { usePolling } from "../api/polling.ts";
import type { LatLon } from "../api/types.ts";
import { LineBadge } from "../elements/line-badge.tsx";
import { lineColors } from "../elements/line-color.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { useTown } from "../page/use-town.tsx";
import { AROUND_M, networkAround, SIDE } from "./around.ts";
import type { Stretch } from "./clip-time.ts";

/** The buses that passed while it was recorded: who may know of buses sees the lines around, which passed when, and which of them now. */
export function PassedBuses({
  place,
  span,
  at_ms,
}: {
  readonly place: LatLon;
  readonly span: Stretch;
  readonly at_ms: number;
}) {
  const { t, formats } = useSpeech();
  const { may } = useAccount();
  const { lines, stops, findLine } = useTown();
  const [from, to] = [span.from_ms, span.to_ms].map((ms) => new Date(ms).toISOString());
  const query = `?near=${place.latitude},${place.longitude},${AROUND_M}&from=${from}&to=${to}`;
  const { value } = usePolling(`passages${query}`, (signal) =>
    may("transit") ? listPassages(query, signal) : Promise.resolve(undefined),
  );
  const around = useMemo(
    () => networkAround(place, lines.value, stops.value),
    [place, lines.value, stops.value],
  );
  if (!value) return null;
  const { passages } = value;
  return (
    <section className="passed" aria-label={t("passages")}>
      <h3>{t("passages")}</h3>
      <div className="passed-room">
        <svg
          className="passed-map"
          viewBox={`0 0 ${SIDE} ${SIDE}`}
          role="img"
          aria-label={t("passages.map", { metres: AROUND_M })}
        >
          {around.lines.map(({ route_id, color, path }) => (
            <path key={route_id} d={path} style={{ stroke: lineColors(color).ground }} />
          ))}
          {around.stops.map(({ stop_id, name, at: [x, y] }) => (
            <circle key={stop_id} className="passed-stop" cx={x} cy={y} r={4}>
              <title>{name}</title>
            </circle>
          ))}
          <circle className="passed-here" cx={SIDE / 2} cy={SIDE / 2} r={6} />
        </svg>
        <ul className="passed-list">
          {passages.length === 0 && <li className="quiet">{t("passages.none")}</li>}
          {passages.map(({ vehicle_id, from: came, to: left, nearest_at, nearest_m, calls }) => {
            const here = at_ms >= Date.parse(came) && at_ms <= Date.parse(left);
            const line = calls[0];
            return (
              <li key={`${vehicle_id} ${came}`} aria-current={here ? "true" : undefined}>
                {line && (
                  <LineBadge
                    name={line.route_short_name ?? line.route_id}
                    color={findLine(line.route_id)?.route_color}
                  />
                )}
                <span>
                  {t("bus.vehicle", { vehicle: vehicle_id })}, {formats.clockSeconds(nearest_at)},{" "}
                  {t("passages.nearest", { metres: nearest_m })}
                </span>
              </li>
            );
          })}
        </ul>
      </div>
      {!value.complete && <p className="quiet">{t("passages.incomplete")}</p>}
    </section>
  );
}
