import { useMemo } from "react";
import { useAccount } from "../account/use-session.tsx";
import { useShifts } from "../duty/use-shifts.ts";
import { Notice } from "../elements/notice.tsx";
import { PurposeLine, PurposeProvider } from "../events/use-purpose.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { NARROW } from "../page/narrow.ts";
import { useMedia } from "../page/use-media.ts";
import { ViewLink } from "../page/use-view.tsx";
import type { DeskPlace } from "../page/view.ts";
import { EvidenceList } from "./evidence-list.tsx";
import { EvidenceOne } from "./evidence-one.tsx";
import { parseEvidence, toEvidence } from "./evidence-view.ts";
import { NewExport } from "./new-export.tsx";
import "../cameras/cameras.css";
import "../incidents/incidents.css";
import "./evidence.css";

/** What leaves the town as evidence: asked for, reviewed, covered, released by a second person, handed over. */
export function EvidenceDesk({ at }: { readonly at: DeskPlace }) {
  const { t } = useSpeech();
  const view = useMemo(() => parseEvidence(at.path, at.search), [at.path, at.search]);
  const narrow = useMedia(NARROW);
  const { may } = useAccount();
  const { shifts } = useShifts(may("live", "archive", "dispatch"));
  // Whoever chooses recordings looks at them: on no shift they are asked what for.
  const none = view.page === "new" && shifts.value ? undefined : null;
  return (
    <PurposeProvider duty={shifts.value?.own?.purpose ?? none}>
      <main className="evidence-desk">
        <h1 className="unseen">{t("desk.evidence")}</h1>
        {(!narrow || view.page === "list") && (
          <EvidenceList chosen={view.page === "one" ? view.id : undefined} />
        )}
        {(!narrow || view.page !== "list") && (
          <div className="evidence-room">
            {narrow && <ViewLink to={toEvidence({ page: "list" })}>{t("evidence.list")}</ViewLink>}
            {view.page === "list" && (
              <Notice icon="film" title={t("evidence.choose")}>
                <p>{t("evidence.choose.text")}</p>
              </Notice>
            )}
            {view.page === "one" && <EvidenceOne key={view.id} id={view.id} />}
            {view.page === "new" && (
              <>
                <PurposeLine />
                <NewExport wanted={view.wanted} />
              </>
            )}
          </div>
        )}
      </main>
    </PurposeProvider>
  );
}
