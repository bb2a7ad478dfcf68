import { useSpeech } from "../../messages/use-speech.tsx";
import { useTown } from "../../page/use-town.tsx";
import { minutesText } from "../columns.ts";
import { classOf } from "../network/segment-scale.ts";
import { ClassMark } from "../network/segment-words.tsx";
import { useRevealed } from "../use-revealed.ts";
import { clockText, lastLate_s, type TripString } from "./string-line.ts";

/** The trips of the diagram by their start: each can be chosen, and then tells its stops. */
export function TripList({
  strings,
  chosen,
  onChoose,
}: {
  readonly strings: readonly TripString[];
  readonly chosen: string;
  onChoose(id: string): void;
}) {
  const { t } = useSpeech();
  const { list, row } = useRevealed<HTMLElement, HTMLLIElement>(chosen);
  return (
    <section className="trip-list" ref={list} aria-label={t("line.trips")}>
      <ol>
        {strings.map((string) => (
          <li key={string.id} ref={string.id === chosen ? row : undefined}>
            <button type="button" aria-expanded={string.id === chosen} onClick={() => onChoose(string.id)}>
              <TripLine string={string} />
            </button>
            {string.id === chosen && <Calls string={string} />}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** A trip in a line: when, from where to where, who drove it and how late they were at its end. */
export function TripLine({ string }: { readonly string: TripString }) {
  const { t } = useSpeech();
  const { findStopName } = useTown();
  const { starts_s, first_stop_id, last_stop_id, drives } = string;
  const late_s = lastLate_s(string);
  return (
    <span className="trip-line">
      <b>{clockText(starts_s)}</b>
      <bdi>
        {findStopName(first_stop_id) ?? first_stop_id} → {findStopName(last_stop_id) ?? last_stop_id}
      </bdi>
      <span className="trip-state">
        {string.cancelled && t("line.cancelled")}
        {!string.cancelled && drives.length === 0 && t("line.unseen")}
        {drives.length > 0 &&
          t("line.vehicle", { vehicle: drives.map(({ vehicle_id }) => vehicle_id).join(", ") })}
        {late_s !== undefined && (
          <>
            {" "}
            <ClassMark which={classOf("delay", late_s)} /> {t("unit.min", { value: minutesText(late_s) })}
          </>
        )}
      </span>
    </span>
  );
}

/** Each stop of a trip, planned and as it was. */
function Calls({ string: { calls } }: { readonly string: TripString }) {
  const { t } = useSpeech();
  const { findStopName } = useTown();
  return (
    <table className="trip-calls">
      <thead>
        <tr>
          <th scope="col">{t("column.stop")}</th>
          <th scope="col">{t("column.planned")}</th>
          <th scope="col">{t("line.actual")}</th>
          <th scope="col">{t("network.delay")}</th>
        </tr>
      </thead>
      <tbody>
        {calls.map(({ stop_id, planned_s, actual_s, late_s }, stop) => (
          <tr key={`${stop} ${stop_id}`}>
            <td dir="auto">{findStopName(stop_id) ?? stop_id}</td>
            <td>{clockText(planned_s)}</td>
            <td>{actual_s === undefined ? "–" : clockText(actual_s)}</td>
            <td>{late_s === undefined ? "–" : minutesText(late_s)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
