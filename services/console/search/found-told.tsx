import { type ReactNode, useEffect, useState } from "react";
import { startPolling } from "../api/polling.ts";
import { Notice } from "../elements/notice.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { countEvents } from "./asking.ts";
import type { Question } from "./question.ts";
import type { ResultModel } from "./use-result.ts";

const NEWER_MS = 20_000;

/** How many, how many more came since, or why it is not known. */
export function FoundTold({
  model: { result, isCounted, problem },
  isAsked,
  onNewer,
  children,
}: {
  readonly model: ResultModel;
  readonly isAsked: boolean;
  onNewer(): void;
  readonly children: ReactNode;
}) {
  const { t } = useSpeech();
  const newer = useNewer(isCounted ? result?.question : undefined);
  if (!isAsked) return <Notice icon="search" title={t("search.unreadable")} />;
  return (
    <>
      <div className="search-count">
        <p role="status">
          {result && isCounted ? t("search.found", { count: result.total }) : t("search.counting")}
        </p>
        {newer > 0 && (
          <button type="button" className="button" onClick={onNewer}>
            {t("search.newer", { count: newer })}
          </button>
        )}
        {children}
      </div>
      {problem && (
        <p className="search-problem" role="alert">
          {problem.status === 0
            ? t(navigator.onLine ? "events.unreachable" : "search.offline")
            : problem.message}
        </p>
      )}
    </>
  );
}

/** How many came since the question was asked; none where it has an end of its own. */
function useNewer(question: Question | undefined): number {
  const [newer, setNewer] = useState<{ readonly of: Question; readonly count: number }>();
  useEffect(() => {
    if (!question?.isOpen) return;
    const params = new URLSearchParams({
      ...(question.q && { q: question.q }),
      from: new Date(question.to_ms).toISOString(),
    });
    return startPolling({
      load: (signal) => countEvents(`?${params}`, signal),
      onValue: ({ value }) => setNewer({ of: question, count: value }),
      onProblem: () => undefined,
      period_ms: NEWER_MS,
    });
  }, [question]);
  return newer && newer.of === question ? newer.count : 0;
}
