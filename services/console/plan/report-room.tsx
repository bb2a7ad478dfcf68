import { type ReactNode, useCallback, useState } from "react";
import { getReport } from "../api/client.ts";
import { usePolling } from "../api/polling.ts";
import type { Report } from "../api/types.ts";
import { Notice } from "../elements/notice.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { Completeness } from "./completeness.tsx";
import { Asking, Refused } from "./refused.tsx";

/** A report as the API gives it, or why there is none. One that failed is not asked for again by itself: it may be a long one. */
export function ReportRoom({
  path,
  children,
}: {
  /** The question as `reportPath` writes it; another one is asked anew. */
  readonly path: string;
  children(report: Report): ReactNode;
}) {
  const { t } = useSpeech();
  const [tries, setTries] = useState(0);
  const load = useCallback(
    (signal: AbortSignal) =>
      getReport(path, signal).then(
        (report) => ({ report }),
        (problem: unknown) => ({ problem }),
      ),
    [path],
  );
  const { value } = usePolling(`${path} ${tries}`, load);
  if (!value) return <Asking />;
  if ("problem" in value) return <Refused problem={value.problem} onAgain={() => setTries(tries + 1)} />;
  const { report } = value;
  return (
    <>
      <Completeness of={report} />
      {report.rows.length === 0 ? (
        <Notice icon="list" title={t("plan.empty")}>
          <p>{t("plan.empty.text")}</p>
        </Notice>
      ) : (
        children(report)
      )}
    </>
  );
}
