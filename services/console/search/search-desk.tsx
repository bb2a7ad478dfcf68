import { useCallback, useMemo, useState } from "react";
import { EventSheet } from "../events/event-sheet.tsx";
import { findPlace } from "../events/kinds.ts";
import { useOpenedEvent } from "../events/use-opened-event.ts";
import { PurposeLine, PurposeProvider } from "../events/use-purpose.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { useMedia } from "../page/use-media.ts";
import { useTown } from "../page/use-town.tsx";
import { usePlace, ViewLink } from "../page/use-view.tsx";
import type { DeskPlace } from "../page/view.ts";
import { FacetList } from "./facet-list.tsx";
import type { FieldCounts } from "./facets.ts";
import { FoundOnMap } from "./found-on-map.tsx";
import { FoundTold } from "./found-told.tsx";
import { knownNames } from "./known-names.ts";
import { narrowedBy } from "./narrow.ts";
import { askedAs, type Now } from "./question.ts";
import { ResultList } from "./result-list.tsx";
import { SavedSearches } from "./saved-searches.tsx";
import { SearchBox } from "./search-box.tsx";
import { formatSearch, parseSearch, type SearchView } from "./search-view.ts";
import { TimeChoice } from "./time-choice.tsx";
import { Timeline } from "./timeline-view.tsx";
import { useFacets } from "./use-facets.ts";
import { useResult } from "./use-result.ts";
import "./search.css";

/** Everything that was ever seen, by the words for it: one question, and its result as a list, on the map and over time. */
export function SearchDesk({ at }: { readonly at: DeskPlace }) {
  return (
    <PurposeProvider>
      <SearchRoom at={at} />
    </PurposeProvider>
  );
}

/** As in `search.css`: then the list and the map stand side by side. */
const WIDE = "(min-width: 1000px)";

function SearchRoom({ at }: { readonly at: DeskPlace }) {
  const { t } = useSpeech();
  const { view, change, now } = useSearchView(at);
  const { asked, askAgain } = useAsked(view.q, now);
  const question = asked.ok ? asked.question : undefined;
  const isWide = useMedia(WIDE);
  const isMapSeen = isWide || view.show === "map";
  const model = useResult(question, isMapSeen);
  const counts = useFacets(view.q, question, now);
  const opened = useOpenedEvent(view.open, []);
  const { result } = model;
  const ask = (q: string) => (q === view.q ? askAgain() : change({ q }));
  const narrow = narrowedBy({ q: view.q, now }, (q) => change({ q }, "replace"));
  const side = (
    <>
      <FacetList q={view.q} counts={counts} now={now} onAsk={(q) => change({ q })} />
      <SavedSearches q={view.q} now={now} />
    </>
  );
  return (
    <main className="search">
      <h1 className="unseen">{t("desk.search")}</h1>
      <header className="search-head">
        <SearchBox q={view.q} known={useKnown(counts.zone)} now={now} onAsk={ask} />
        <TimeChoice q={view.q} now={now} onAsk={(q) => change({ q })} />
        <PurposeLine />
      </header>
      <section className="search-time">
        {result && <Timeline result={result} onPeriod={narrow.toPeriod} />}
      </section>
      <aside className="search-side" aria-label={t("facets")}>
        {isWide ? (
          side
        ) : (
          <details>
            <summary>{t("search.side")}</summary>
            {side}
          </details>
        )}
      </aside>
      <section className="search-found" aria-busy={!model.isCounted}>
        <FoundTold model={model} isAsked={asked.ok} onNewer={askAgain}>
          {!isWide && <ShowSwitch view={view} />}
        </FoundTold>
        {result && (isWide || view.show === "list") && (
          <ResultList result={result} view={view} onLook={model.look} />
        )}
      </section>
      {isMapSeen && (
        <FoundOnMap
          result={result}
          focus={findPlace({ place: opened.event?.place })}
          onOpen={(open) => change({ open })}
          onArea={narrow.toArea}
        />
      )}
      {view.open !== undefined && (
        <EventSheet
          occurrence={view.open}
          opened={opened}
          linkTo={(open) => ({ at: { ...at, search: formatSearch({ ...view, open }) } })}
          onClose={() => change({ open: undefined })}
          onShow={() => change({ show: "map", ...(!isWide && { open: undefined }) })}
        />
      )}
    </main>
  );
}

/** What the address says, and how to say something else there. */
function useSearchView(at: DeskPlace) {
  const { town, now_ms } = useTown();
  const { go } = usePlace();
  const view = useMemo(() => parseSearch(at.search), [at.search]);
  const change = useCallback(
    (some: Partial<SearchView>, how: "push" | "replace" = "push") =>
      go({ at: { desk: "search", path: "", search: formatSearch({ ...view, ...some }) } }, how),
    [go, view],
  );
  const now = useCallback(
    (): Now => ({ now_ms: now_ms(), timezone: town.timezone }),
    [now_ms, town.timezone],
  );
  return { view, change, now };
}

/** The question of a text, asked at a moment: the same object until the text changes or somebody asks again. */
function useAsked(q: string, now: () => Now) {
  const [times, setTimes] = useState(0);
  // `times` stands for another moment.
  const asked = useMemo(() => askedAs(q, now()), [q, now, times]);
  return { asked, askAgain: useCallback(() => setTimes((before) => before + 1), []) };
}

/** Zones are known by what was found in them. */
function useKnown(zones: FieldCounts | undefined) {
  const { cameras, lines, stops } = useTown();
  return useMemo(
    () => knownNames({ cameras, lines, stops }, zones?.values.map(({ value }) => value) ?? []),
    [cameras, lines, stops, zones],
  );
}

function ShowSwitch({ view }: { readonly view: SearchView }) {
  const { t } = useSpeech();
  const link = (show: SearchView["show"]) => ({
    to: { at: { desk: "search", path: "", search: formatSearch({ ...view, show }) } as const },
    "aria-current": view.show === show ? ("page" as const) : undefined,
  });
  return (
    <nav className="search-show" aria-label={t("search.show")}>
      <ViewLink {...link("list")}>{t("search.show.list")}</ViewLink>
      <ViewLink {...link("map")}>{t("search.show.map")}</ViewLink>
    </nav>
  );
}
