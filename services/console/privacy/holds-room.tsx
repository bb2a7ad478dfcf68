import { useState } from "react";
import { listHolds, releaseHold } from "../api/administration.ts";
import { usePolling } from "../api/polling.ts";
import type { Hold } from "../api/types.ts";
import { Asked } from "../elements/asked.tsx";
import { Badge, type Tone } from "../elements/badge.tsx";
import { FormDialog } from "../elements/form-dialog.tsx";
import { Notice } from "../elements/notice.tsx";
import { When } from "../elements/when.tsx";
import { Worded } from "../elements/worded.tsx";
import type { MessageKey } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { useTown } from "../page/use-town.tsx";

const HOLDS_MS = 30_000;

const STATES: Readonly<Record<Hold["state"], { readonly name: MessageKey; readonly tone: Tone }>> = {
  holding: { name: "hold.holding", tone: "accent" },
  "ends-soon": { name: "hold.ends-soon", tone: "warn" },
  released: { name: "hold.released", tone: "plain" },
  expired: { name: "hold.expired", tone: "plain" },
};

/** What outlives its time, for whom, by what right and until when. */
export function HoldsRoom() {
  const { t } = useSpeech();
  const [told, setTold] = useState(0);
  const [asked, setAsked] = useState<Hold>();
  const holds = usePolling(`holds/${told}`, listHolds, HOLDS_MS);
  return (
    <>
      <p className="room-lead">{t("hold.lead")}</p>
      <Asked polled={holds}>
        {(all) =>
          all.length === 0 ? (
            <Notice icon="lock" title={t("hold.none")} />
          ) : (
            <ul className="rows">
              {all.map((hold) => (
                <HoldRow key={hold.id} hold={hold} onRelease={() => setAsked(hold)} />
              ))}
            </ul>
          )
        }
      </Asked>
      {asked && (
        <FormDialog
          title={t("hold.release")}
          action={t("hold.release")}
          onClose={() => setAsked(undefined)}
          onSend={async (typed) => {
            await releaseHold(asked.id, typed("why"));
            setAsked(undefined);
            setTold(told + 1);
          }}
        >
          <p>{t("hold.release.text")}</p>
          <label className="field">
            {t("order.why")}
            <input name="why" required minLength={3} maxLength={1_000} autoComplete="off" dir="auto" />
          </label>
        </FormDialog>
      )}
    </>
  );
}

function HoldRow({ hold, onRelease }: { readonly hold: Hold; onRelease(): void }) {
  const { t } = useSpeech();
  const { findCamera } = useTown();
  const { state, camera, from, to, until, owner, reason, legal_basis, ended_why } = hold;
  const isOver = state === "released" || state === "expired";
  return (
    <li>
      <p className="row-head">
        <strong>
          <bdi>{findCamera(camera)?.name ?? camera}</bdi>
        </strong>
        <Badge tone={STATES[state].tone}>{t(STATES[state].name)}</Badge>
        <span className="row-end quiet">
          <When at={from} /> – <When at={to} />
        </span>
      </p>
      {reason !== undefined && <p dir="auto">{reason}</p>}
      <p className="row-note">
        {legal_basis !== undefined && <Worded name={legal_basis} />}
        {owner !== undefined && (
          <>
            {" · "}
            {t("hold.owner")} <bdi>{owner}</bdi>
          </>
        )}
        {until !== undefined && (
          <>
            {" · "}
            {t("hold.until")} <When at={until} />
          </>
        )}
      </p>
      {ended_why !== undefined && (
        <p className="row-note" dir="auto">
          {ended_why}
        </p>
      )}
      {!isOver && (
        <p className="room-actions">
          <button type="button" className="link-button" onClick={onRelease}>
            {t("hold.release")}
          </button>
        </p>
      )}
    </li>
  );
}
