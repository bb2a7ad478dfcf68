import { useState } from "react";
import { useAccount } from "../account/use-session.tsx";
import { decideEvidence, listEvidence } from "../api/administration.ts";
import { usePolling } from "../api/polling.ts";
import type { Evidence } from "../api/types.ts";
import { Asked } from "../elements/asked.tsx";
import { Badge, type Tone } from "../elements/badge.tsx";
import { Notice } from "../elements/notice.tsx";
import { ProblemLine, useSending } from "../elements/sending.tsx";
import { When } from "../elements/when.tsx";
import type { MessageKey } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { useTown } from "../page/use-town.tsx";

const EXPORTS_MS = 15_000;

const STATES: Readonly<Record<Evidence["state"], { readonly name: MessageKey; readonly tone: Tone }>> = {
  waiting: { name: "export.waiting", tone: "warn" },
  making: { name: "export.making", tone: "accent" },
  ready: { name: "export.ready", tone: "good" },
  failed: { name: "export.failed", tone: "bad" },
  refused: { name: "export.refused", tone: "plain" },
  withdrawn: { name: "export.withdrawn", tone: "plain" },
  expired: { name: "export.expired", tone: "plain" },
};

/** What leaves the system: what waits for a second person first. */
export function ExportsRoom() {
  const { t } = useSpeech();
  const [told, setTold] = useState(0);
  const exports = usePolling(`evidence/${told}`, listEvidence, EXPORTS_MS);
  return (
    <>
      <p className="room-lead">{t("export.lead")}</p>
      <Asked polled={exports} absent={<Notice icon="list" title={t("export.absent")} />}>
        {(all) =>
          all.length === 0 ? (
            <Notice icon="list" title={t("export.none")} />
          ) : (
            <ul className="rows">
              {all
                .toSorted((a, b) => Number(b.state === "waiting") - Number(a.state === "waiting"))
                .map((each) => (
                  <ExportRow key={each.id} row={each} onDecided={() => setTold(told + 1)} />
                ))}
            </ul>
          )
        }
      </Asked>
    </>
  );
}

function ExportRow({ row, onDecided }: { readonly row: Evidence; onDecided(): void }) {
  const { t } = useSpeech();
  const { findCamera } = useTown();
  const { may, session } = useAccount();
  const { busy, problem, send } = useSending();
  const { id, state, form, purpose, asked_by, asked_at, decided_by, legal_basis, periods, handed } = row;
  const decide = (word: "approve" | "refuse") => void send(() => decideEvidence(id, word).then(onDecided));
  const cameras = [...new Set(periods.map(({ camera }) => findCamera(camera)?.name ?? camera))];
  return (
    <li>
      <p className="row-head">
        <strong>
          <bdi>{purpose}</bdi>
        </strong>
        <Badge tone={STATES[state].tone}>{t(STATES[state].name)}</Badge>
        <Badge>{t(form === "redacted" ? "export.form.redacted" : "export.form.original")}</Badge>
        <span className="row-end quiet">
          <When at={asked_at} />
        </span>
      </p>
      <p className="row-note">
        {t("export.by")} <bdi>{asked_by}</bdi>
        {decided_by !== undefined && (
          <>
            {" · "}
            {t("export.decided")} <bdi>{decided_by}</bdi>
          </>
        )}
        {" · "}
        <bdi>{cameras.join(", ")}</bdi> · <bdi>{legal_basis.reference}</bdi>
      </p>
      {handed.map(({ to, at }) => (
        <p key={`${to} ${at}`} className="row-note">
          {t("export.handed")} <bdi>{to}</bdi>, <When at={at} />
        </p>
      ))}
      {state === "waiting" && may("export") && session.login !== asked_by && (
        <p className="room-actions">
          <button
            type="button"
            className="button button-main"
            disabled={busy}
            onClick={() => decide("approve")}
          >
            {t("export.approve")}
          </button>
          <button type="button" className="button" disabled={busy} onClick={() => decide("refuse")}>
            {t("export.refuse")}
          </button>
        </p>
      )}
      {state === "waiting" && !may("export") && <p className="row-note">{t("export.second")}</p>}
      <ProblemLine problem={problem} />
    </li>
  );
}
