import { listEvidence } from "../api/client.ts";
import { usePolling } from "../api/polling.ts";
import type { Evidence } from "../api/types.ts";
import { Badge } from "../elements/badge.tsx";
import { Notice } from "../elements/notice.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { useTown } from "../page/use-town.tsx";
import { ViewLink } from "../page/use-view.tsx";
import { toEvidence } from "./evidence-view.ts";
import { EVIDENCE_STATES, FORM_NAMES } from "./evidence-words.ts";

const LIST_MS = 10_000;

/** What was asked to leave the town, the last first. */
export function EvidenceList({ chosen }: { readonly chosen: string | undefined }) {
  const { t } = useSpeech();
  const { value, problem } = usePolling("evidence", listEvidence, LIST_MS);
  return (
    <section className="evidence-list" aria-label={t("evidence.list")}>
      <h2>{t("evidence.list")}</h2>
      {problem && (
        <Notice
          icon="alert"
          tone="bad"
          title={problem.status === 404 ? t("evidence.off") : t("events.unreachable")}
        />
      )}
      {!value && !problem && <Notice icon="clock" title={t("events.loading")} />}
      {value?.length === 0 && (
        <Notice icon="film" title={t("evidence.none")}>
          <p>{t("evidence.none.text")}</p>
        </Notice>
      )}
      <ul>
        {value?.map((each) => (
          <li key={each.id}>
            <EvidenceRow evidence={each} chosen={each.id === chosen} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function EvidenceRow({ evidence, chosen }: { readonly evidence: Evidence; readonly chosen: boolean }) {
  const { t, formats } = useSpeech();
  const { findCamera } = useTown();
  const { name, tone, icon } = EVIDENCE_STATES[evidence.state];
  const cameras = [...new Set(evidence.periods.map(({ camera }) => findCamera(camera)?.name ?? camera))];
  return (
    <ViewLink
      to={toEvidence({ page: "one", id: evidence.id })}
      className="incident-row evidence-row"
      aria-current={chosen ? "true" : undefined}
    >
      <strong>
        <bdi>{evidence.purpose}</bdi>
      </strong>
      <span className="badges">
        <Badge tone={tone} icon={icon}>
          {t(name)}
        </Badge>
        <Badge>{t(FORM_NAMES[evidence.form].name)}</Badge>
        <span className="quiet">
          <bdi>{evidence.asked_by}</bdi>, {formats.day(evidence.asked_at)}, {formats.clock(evidence.asked_at)}
        </span>
      </span>
      <span className="quiet">
        <bdi>{cameras.join(", ")}</bdi>
      </span>
    </ViewLink>
  );
}
