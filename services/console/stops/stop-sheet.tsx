import { getArrivals } from "../api/client.ts";
import { usePolling } from "../api/polling.ts";
import { Icon } from "../elements/icon.tsx";
import { Notice } from "../elements/notice.tsx";
import { Sheet } from "../elements/sheet.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { useNow } from "../page/use-now.ts";
import { useTown } from "../page/use-town.tsx";
import { ArrivalRow } from "./arrival-row.tsx";

const ARRIVALS_MS = 10_000;
/** How often the minutes are counted anew. */
const COUNT_MS = 5_000;

/** What comes to a stop: made for somebody who stands there with a phone, alone on its page. */
export function StopSheet({
  stop_id,
  alone = false,
  onClose,
}: {
  readonly stop_id: string;
  readonly alone?: boolean;
  onClose(): void;
}) {
  const { t, say, formats } = useSpeech();
  const { now_ms, findStopName } = useTown();
  const now = useNow(now_ms, COUNT_MS);
  const { value, problem } = usePolling(
    `arrivals/${stop_id}`,
    (signal) => getArrivals(stop_id, signal),
    ARRIVALS_MS,
  );
  const name = value?.stop.stop_name ?? findStopName(stop_id) ?? t("stop");
  return (
    <Sheet
      name={stop_id}
      alone={alone}
      title={
        <>
          <Icon name="stop" /> {name}
        </>
      }
      onClose={onClose}
    >
      {value && problem && (
        <p className="strip strip-bad" role="alert">
          <Icon name="alert" /> {t("stop.old", { time: formats.clock(value.made_at) })}
        </p>
      )}
      {value?.alerts.map(({ id, header, description }) => (
        <p key={id} className="strip strip-simulated" role="status">
          <Icon name="alert" /> <strong>{say(header)}</strong>{" "}
          {description && <span>{say(description)}</span>}
        </p>
      ))}
      {!value && !problem && <Notice icon="clock" title={t("events.loading")} />}
      {!value && problem && (
        <Notice
          icon="alert"
          title={problem.status === 404 ? t("stop.unknown") : t("events.unreachable")}
          tone="bad"
        />
      )}
      {value && value.arrivals.length === 0 && (
        <Notice icon="clock" title={t("stop.nothing")}>
          <p>{t("stop.nothing.text")}</p>
        </Notice>
      )}
      {value && value.arrivals.length > 0 && (
        <ol className="arrivals" aria-label={t("stop.arrivals")}>
          {value.arrivals.map((arrival) => (
            <ArrivalRow
              key={`${arrival.service_date}/${arrival.trip_id}/${arrival.stop_sequence}`}
              stop_id={stop_id}
              arrival={arrival}
              now_ms={now}
            />
          ))}
        </ol>
      )}
      {value && (
        <footer className="stop-foot">
          <p>{t("stop.made-at", { time: formats.clockSeconds(value.made_at) })}</p>
          <p>{t("stop.interval")}</p>
        </footer>
      )}
    </Sheet>
  );
}
