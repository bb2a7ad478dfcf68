import { useAccount } from "../account/use-session.tsx";
import { listEventNeighbours } from "../api/client.ts";
import { usePolling } from "../api/polling.ts";
import type { ApiEvent, LatLon } from "../api/types.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { ViewLink } from "../page/use-view.tsx";
import type { View } from "../page/view.ts";
import { clipOf } from "../player/clip-of.ts";
import { PassedBuses } from "../player/passed-buses.tsx";
import { stopVisitOf } from "./kinds.ts";

/** Around an event without a recording buses are looked for so long before and after. */
const PASSED_MS = 120_000;

/** What else happened near an event and about then, the nearest in time first; and, where no recording says it already, which buses passed. */
export function Neighbours({
  event,
  place,
  linkTo,
}: {
  readonly event: ApiEvent;
  readonly place: LatLon;
  /** Where another event lies open in the same place. */
  linkTo(occurrence: string): Partial<View>;
}) {
  const { t } = useSpeech();
  const { may } = useAccount();
  const { value, problem } = usePolling(`neighbours/${event.occurrence}`, async (signal) =>
    may("archive", "transit") ? listEventNeighbours(event.occurrence, signal) : undefined,
  );
  if (!may("archive", "transit")) return null;
  const at_ms = Date.parse(event.time);
  // Calls of buses are told as passages.
  const others = value?.neighbours.filter((each) => !stopVisitOf(each.event));
  return (
    <>
      {!clipOf(event) && (
        <PassedBuses
          place={place}
          span={{ from_ms: at_ms - PASSED_MS, to_ms: at_ms + PASSED_MS }}
          at_ms={at_ms}
        />
      )}
      <section className="neighbours" aria-label={t("neighbours")}>
        <h3>{t("neighbours")}</h3>
        {!others && <p className="quiet">{t(problem ? "events.unreachable" : "events.loading")}</p>}
        {others?.length === 0 && <p className="quiet">{t("neighbours.none")}</p>}
        <ul>
          {others
            ?.toSorted((a, b) => Math.abs(a.offset_s) - Math.abs(b.offset_s))
            .map((each) => (
              <Neighbour key={each.event.occurrence} {...each} to={linkTo(each.event.occurrence)} />
            ))}
        </ul>
        {value?.cursor !== undefined && <p className="quiet">{t("neighbours.more")}</p>}
      </section>
    </>
  );
}

function Neighbour({
  event,
  distance_m,
  to,
}: {
  readonly event: ApiEvent;
  readonly distance_m: number;
  readonly to: Partial<View>;
}) {
  const { t, say, formats } = useSpeech();
  return (
    <li>
      <ViewLink to={to}>
        <bdi>{say(event.sentence)}</bdi>
      </ViewLink>
      <span className="quiet">
        <time dateTime={event.time}>{formats.clockSeconds(event.time)}</time>,{" "}
        {t("neighbours.distance", { metres: distance_m })}
      </span>
    </li>
  );
}
