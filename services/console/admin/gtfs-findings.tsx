import type { GtfsFinding } from "../api/types.ts";
import { Badge, type Tone } from "../elements/badge.tsx";
import type { MessageKey } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { bySeverity, type Severity } from "./gtfs-findings.ts";
import { wordsOf } from "./gtfs-notices.ts";

const TOLD: Readonly<Record<Severity, { readonly key: MessageKey; readonly tone: Tone }>> = {
  ERROR: { key: "timetables.errors", tone: "bad" },
  WARNING: { key: "timetables.warnings", tone: "warn" },
  INFO: { key: "timetables.infos", tone: "plain" },
};

/** What the checker found, the worst first: what it is, what to do, and where. */
export function GtfsFindings({ findings }: { readonly findings: readonly GtfsFinding[] }) {
  const { t } = useSpeech();
  const parts = bySeverity(findings);
  if (parts.length === 0) {
    return (
      <p className="boxed boxed-good">
        <strong>{t("timetables.clean")}</strong>
      </p>
    );
  }
  return (
    <>
      <p className="room-actions">
        {parts.map(({ severity, places }) => (
          <Badge key={severity} tone={TOLD[severity].tone} icon={severity === "INFO" ? "list" : "alert"}>
            {t(TOLD[severity].key, { count: places })}
          </Badge>
        ))}
      </p>
      <ul className="rows">
        {parts.flatMap((part) => part.findings.map((each) => <Finding key={each.code} finding={each} />))}
      </ul>
    </>
  );
}

function Finding({ finding: { code, severity, count, examples } }: { readonly finding: GtfsFinding }) {
  const { t } = useSpeech();
  const { title, todo } = wordsOf(code);
  return (
    <li>
      <p className="row-head">
        <strong>{t(title)}</strong>
        <span className="code quiet">{code}</span>
        <span className="row-end">
          <Badge tone={TOLD[severity].tone}>{t(TOLD[severity].key, { count })}</Badge>
        </span>
      </p>
      <p>{t(todo)}</p>
      <details>
        <summary>{t("timetables.show")}</summary>
        <ul className="finding-places">
          {examples.map(({ file, line, text }) => (
            <li key={`${file} ${line} ${text}`}>
              <span className="code">{file}</span>
              {line > 0 && <> {t("timetables.line", { line })}</>}
              {": "}
              <span lang="en" dir="auto">
                {text}
              </span>
            </li>
          ))}
          {count > examples.length && <li>{t("timetables.more", { count: count - examples.length })}</li>}
        </ul>
      </details>
    </li>
  );
}
