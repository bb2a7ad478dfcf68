import type { ReactNode } from "react";
import type { ApiProblem } from "../api/client.ts";
import type { Polled } from "../api/polling.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { Icon } from "./icon.tsx";
import { Notice } from "./notice.tsx";

/** What was asked for, or why it is not here: not yet, not theirs, not at all. What is old says since when. */
export function Asked<Value>({
  polled: { value, at_ms, problem },
  absent,
  children,
}: {
  readonly polled: Polled<Value>;
  /** What stands where the server says that there is no such thing (404). */
  readonly absent?: ReactNode;
  readonly children: (value: Value) => ReactNode;
}) {
  const { t, formats } = useSpeech();
  if (value === undefined) {
    return problem ? (
      <NotHere problem={problem} absent={absent} />
    ) : (
      <Notice icon="clock" title={t("asked.loading")} />
    );
  }
  return (
    <>
      {problem && (
        <p className="strip strip-bad" role="alert">
          <Icon name="alert" /> {t("asked.old", { time: formats.clockSeconds(at_ms ?? 0) })}
        </p>
      )}
      {children(value)}
    </>
  );
}

function NotHere({ problem, absent }: { readonly problem: ApiProblem; readonly absent: ReactNode }) {
  const { t } = useSpeech();
  if (problem.status === 404 && absent !== undefined) return absent;
  if (problem.status === 403) return <Notice icon="lock" title={t("desk.not-yours")} />;
  if (problem.status === 0) return <Notice icon="alert" tone="bad" title={t("asked.unreachable")} />;
  return (
    <Notice icon="alert" tone="bad" title={t("asked.refused")}>
      <p>{problem.message}</p>
    </Notice>
  );
}
