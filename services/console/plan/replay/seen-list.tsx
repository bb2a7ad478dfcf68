import { LineBadge } from "../../elements/line-badge.tsx";
import { useSpeech } from "../../messages/use-speech.tsx";
import { useTown } from "../../page/use-town.tsx";
import { minutesText } from "../columns.ts";
import { classOf } from "../network/segment-scale.ts";
import { ClassMark } from "../network/segment-words.tsx";
import type { Seen } from "./tracks.ts";

/** More than anybody reads; the map has them all. */
const SHOWN_MAX = 200;

/** Who is where at the moment that is shown, the latest first. */
export function SeenList({
  seen,
  chosen,
  onChoose,
}: {
  readonly seen: readonly Seen[];
  readonly chosen: string;
  onChoose(id: string): void;
}) {
  const { t } = useSpeech();
  const { findLine, findStopName } = useTown();
  const ordered = seen.toSorted((a, b) => b.delay_s - a.delay_s || (a.id < b.id ? -1 : 1));
  return (
    <section className="trip-list" aria-label={t("replay.vehicles")}>
      <p className="replay-count">{t("replay.count", { count: seen.length })}</p>
      <ol>
        {ordered.slice(0, SHOWN_MAX).map(({ id, vehicle_id, route_id, stop_id, delay_s, driving }) => {
          const line = findLine(route_id);
          return (
            <li key={id}>
              <button type="button" aria-pressed={id === chosen} onClick={() => onChoose(id)}>
                <span className="trip-line">
                  <LineBadge name={line?.route_short_name ?? route_id} color={line?.route_color} />
                  <bdi>
                    {t(driving ? "replay.left" : "replay.at", { stop: findStopName(stop_id) ?? stop_id })}
                  </bdi>
                  <span className="trip-state">
                    {t("line.vehicle", { vehicle: vehicle_id })}{" "}
                    <ClassMark which={classOf("delay", delay_s)} />{" "}
                    {t("unit.min", { value: minutesText(delay_s) })}
                  </span>
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
