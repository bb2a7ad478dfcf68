import type { Arrival } from "../api/types.ts";
import { Badge, type Tone } from "../elements/badge.tsx";
import type { IconName } from "../elements/icon.tsx";
import { LineBadge } from "../elements/line-badge.tsx";
import type { MessageKey } from "../messages/translate.ts";
import { type Speech, useSpeech } from "../messages/use-speech.tsx";
import { type ArrivalText, arrivalText, mayBeMissing } from "./arrival-text.ts";
import { DidNotCome } from "./did-not-come.tsx";
import { RemindMe } from "./remind-me.tsx";

type Basis = ArrivalText["basis"] | NonNullable<Arrival["overdue"]>;

const BASES: Readonly<Record<Basis, { name: MessageKey; icon: IconName; tone: Tone }>> = {
  live: { name: "basis.live", icon: "live", tone: "good" },
  timetable: { name: "basis.timetable", icon: "clock", tone: "plain" },
  lost: { name: "basis.lost", icon: "lost", tone: "warn" },
  missed: { name: "basis.missed", icon: "alert", tone: "bad" },
  unknown: { name: "basis.unknown", icon: "lost", tone: "warn" },
};

const GONE = {
  cancelled: "call.cancelled",
  "stop-closed": "call.stop-closed",
  detour: "call.detour",
} as const satisfies Readonly<Record<string, MessageKey>>;

/** One bus that is expected: when, between when and when, and how we know. */
export function ArrivalRow({
  stop_id,
  arrival,
  kept = false,
  now_ms,
}: {
  readonly stop_id: string;
  readonly arrival: Arrival;
  /** Out of the timetable that this device keeps: nobody knows whether it runs, and nobody can be told. */
  readonly kept?: boolean;
  readonly now_ms: number;
}) {
  const speech = useSpeech();
  const { t, say, formats } = speech;
  const text = arrivalText(arrival, now_ms);
  const basis = BASES[arrival.overdue ?? text.basis];
  const gone = arrival.cancelled ? "cancelled" : arrival.skipped;
  return (
    <li className={`arrival arrival-${text.basis}`}>
      <LineBadge name={arrival.route_short_name} color={arrival.route_color} />
      <div className="arrival-what">
        {arrival.headsign && (
          <p className="arrival-headsign" dir="auto">
            {arrival.headsign}
          </p>
        )}
        <p className="badges">
          {gone ? (
            <Badge tone="warn" icon="alert">
              {t(GONE[gone])}
            </Badge>
          ) : (
            <Badge tone={basis.tone} icon={basis.icon}>
              {text.basis === "lost" && arrival.signal_at
                ? t("basis.lost.since", { time: formats.clock(arrival.signal_at) })
                : t(basis.name)}
            </Badge>
          )}
          {text.delay && <span className="arrival-delay">{t("delay", text.delay)}</span>}
        </p>
        {!kept && mayBeMissing(arrival, text) && (
          <DidNotCome stop_id={stop_id} route_id={arrival.route_id} run={runOf(arrival)} />
        )}
        <details>
          <summary>{t("arrival.why")}</summary>
          <p>{say(arrival.reason)}</p>
          <p>{t("arrival.scheduled", { time: formats.clock(arrival.scheduled_at) })}</p>
        </details>
      </div>
      <div className="arrival-when">
        <p className={text.when.kind === "minutes" ? "arrival-minutes" : "arrival-minutes arrival-said"}>
          {whenSaid(text, arrival, speech)}
        </p>
        {text.between && <p className="arrival-between">{t("arrival.between", text.between)}</p>}
        {text.when.kind === "minutes" && (
          <p className="arrival-clock">{formats.clock(arrival.predicted_at)}</p>
        )}
        {!kept && !gone && <RemindMe stop_id={stop_id} arrival={arrival} now_ms={now_ms} />}
      </div>
    </li>
  );
}

const runOf = ({ service_date, trip_id, scheduled_at }: Arrival) =>
  `${service_date}/${trip_id}/${scheduled_at}`;

function whenSaid({ when }: ArrivalText, { predicted_at }: Arrival, { t, formats }: Speech): string {
  if (when.kind === "minutes") return t("arrival.minutes", { minutes: when.minutes });
  if (when.kind === "clock") return formats.clock(predicted_at);
  return when.kind === "now" ? t("arrival.now") : t("arrival.overdue", { time: formats.clock(predicted_at) });
}
