import { withTime } from "@yardline/index/query/edit";
import { useCallback, useMemo, useState } from "react";
import { Notice } from "../elements/notice.tsx";
import { EventSheet } from "../events/event-sheet.tsx";
import { useOpenedEvent } from "../events/use-opened-event.ts";
import { PurposeLine, PurposeProvider } from "../events/use-purpose.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { useTown } from "../page/use-town.tsx";
import { usePlace } from "../page/use-view.tsx";
import type { DeskPlace } from "../page/view.ts";
import { knownNames } from "./known-names.ts";
import { askedAs, type Now, type Period, periodText } from "./question.ts";
import { ResultList } from "./result-list.tsx";
import { SearchBox } from "./search-box.tsx";
import { formatSearch, parseSearch, type SearchView } from "./search-view.ts";
import { Timeline } from "./timeline-view.tsx";
import { type ResultModel, useResult } from "./use-result.ts";
import "./search.css";

/** Everything that was ever seen, by the words for it: one question, and its result as a list, on the map and over time. */
export function SearchDesk({ at }: { readonly at: DeskPlace }) {
  return (
    <PurposeProvider>
      <SearchRoom at={at} />
    </PurposeProvider>
  );
}

function SearchRoom({ at }: { readonly at: DeskPlace }) {
  const { t } = useSpeech();
  const town = useTown();
  const { go } = usePlace();
  const view = useMemo(() => parseSearch(at.search), [at.search]);
  const change = useCallback(
    (some: Partial<SearchView>, how: "push" | "replace" = "push") =>
      go({ at: { desk: "search", path: "", search: formatSearch({ ...view, ...some }) } }, how),
    [go, view],
  );
  const now = useCallback(
    (): Now => ({ now_ms: town.now_ms(), timezone: town.town.timezone }),
    [town.now_ms, town.town.timezone],
  );
  const { asked, askAgain } = useAsked(view.q, now);
  const model = useResult(asked.ok ? asked.question : undefined);
  const { cameras, lines, stops } = town;
  const known = useMemo(() => knownNames({ cameras, lines, stops }, []), [cameras, lines, stops]);
  const ask = (q: string) => (q === view.q ? askAgain() : change({ q }));
  const narrow = (period: Period | undefined) =>
    change({ q: withTime(view.q, period ? periodText(period, now()) : "", now()) }, "replace");
  return (
    <main className="search">
      <h1 className="unseen">{t("desk.search")}</h1>
      <header className="search-head">
        <SearchBox q={view.q} known={known} now={now} onAsk={ask} />
        <PurposeLine />
      </header>
      <section className="search-time">
        {model.result && <Timeline result={model.result} onPeriod={narrow} />}
      </section>
      <section className="search-found">
        <Found model={model} isAsked={asked.ok} />
        {model.result && <ResultList result={model.result} view={view} onLook={model.look} />}
      </section>
      <OpenedEventSheet view={view} onClose={() => change({ open: undefined })} />
    </main>
  );
}

/** The question of a text, asked at a moment: the same object until the text changes or somebody asks again. */
function useAsked(q: string, now: () => Now) {
  const [times, setTimes] = useState(0);
  // `times` stands for another moment.
  const asked = useMemo(() => askedAs(q, now()), [q, now, times]);
  return { asked, askAgain: useCallback(() => setTimes((before) => before + 1), []) };
}

/** How many, or why it is not known. */
function Found({
  model: { result, problem },
  isAsked,
}: {
  readonly model: ResultModel;
  readonly isAsked: boolean;
}) {
  const { t } = useSpeech();
  if (!isAsked) return <Notice icon="search" title={t("search.unreadable")} />;
  return (
    <>
      {problem && (
        <Notice
          icon="alert"
          tone="bad"
          title={problem.status === 0 ? t("events.unreachable") : t("events.refused")}
        >
          {problem.status > 0 && <p>{problem.message}</p>}
        </Notice>
      )}
      {!result && !problem && <Notice icon="clock" title={t("search.counting")} />}
      <p className="search-count" role="status">
        {result && t("search.found", { count: result.total })}
      </p>
    </>
  );
}

function OpenedEventSheet({ view, onClose }: { readonly view: SearchView; onClose(): void }) {
  const opened = useOpenedEvent(view.open, []);
  if (view.open === undefined) return null;
  return <EventSheet occurrence={view.open} opened={opened} onClose={onClose} onShow={() => {}} />;
}
