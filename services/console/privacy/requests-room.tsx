import { useState } from "react";
import { listRequests, takeRequestStep } from "../api/administration.ts";
import { usePolling } from "../api/polling.ts";
import type { RequestStep, SubjectRequest } from "../api/types.ts";
import { Asked } from "../elements/asked.tsx";
import { Badge, type Tone } from "../elements/badge.tsx";
import { FormDialog } from "../elements/form-dialog.tsx";
import { Notice } from "../elements/notice.tsx";
import { When } from "../elements/when.tsx";
import type { MessageKey } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { useTown } from "../page/use-town.tsx";
import { LAWS, NewRequest } from "./new-request.tsx";
import { daysLeft, type StepName, stepOf, stepsFor } from "./requests.ts";

const REQUESTS_MS = 30_000;

const STATES: Readonly<Record<SubjectRequest["state"], { readonly name: MessageKey; readonly tone: Tone }>> =
  {
    received: { name: "request.received", tone: "plain" },
    identified: { name: "request.identified", tone: "accent" },
    "due-soon": { name: "request.due-soon", tone: "warn" },
    overdue: { name: "request.overdue", tone: "bad" },
    answered: { name: "request.answered", tone: "good" },
    refused: { name: "request.refused", tone: "plain" },
    withdrawn: { name: "request.withdrawn", tone: "plain" },
  };

const KINDS: Readonly<Record<SubjectRequest["kind"], MessageKey>> = {
  access: "request.access",
  erasure: "request.erasure",
  objection: "request.objection",
};

const STEPS: Readonly<Record<StepName, MessageKey>> = {
  "identity-checked": "step.identity-checked",
  extend: "step.extend",
  answer: "step.answer",
  refuse: "step.refuse",
  withdraw: "step.withdraw",
};

type Wish = { readonly request: SubjectRequest; readonly step: StepName };

/** What people who were filmed ask for, the first due first. */
export function RequestsRoom() {
  const { t } = useSpeech();
  const [told, setTold] = useState(0);
  const [wish, setWish] = useState<Wish>();
  const [isNew, setNew] = useState(false);
  const requests = usePolling(`requests/${told}`, listRequests, REQUESTS_MS);
  const done = () => {
    setWish(undefined);
    setNew(false);
    setTold(told + 1);
  };
  const send = (step: RequestStep) =>
    wish ? takeRequestStep(wish.request.id, step).then(done) : Promise.resolve();
  return (
    <>
      <div className="room-head">
        <p className="room-lead">{t("request.lead")}</p>
        <button type="button" className="button button-main" onClick={() => setNew(true)}>
          {t("request.new")}
        </button>
      </div>
      <Asked polled={requests} absent={<Notice icon="list" title={t("export.absent")} />}>
        {(all) =>
          all.length === 0 ? (
            <Notice icon="list" title={t("request.none")} />
          ) : (
            <ul className="rows">
              {all.map((request) => (
                <RequestRow
                  key={request.id}
                  request={request}
                  onStep={(step) => setWish({ request, step })}
                />
              ))}
            </ul>
          )
        }
      </Asked>
      {isNew && <NewRequest onDone={done} onClose={() => setNew(false)} />}
      {wish && (
        <FormDialog
          title={t(STEPS[wish.step])}
          action={t(STEPS[wish.step])}
          onClose={() => setWish(undefined)}
          onSend={(typed) => send(stepOf(wish.step, typed("words"), typed("evidence")))}
        >
          <label className="field">
            {t(wish.step === "identity-checked" ? "request.how" : "order.why")}
            <textarea name="words" required minLength={3} maxLength={2_000} dir="auto" />
          </label>
          {wish.step === "answer" && (
            <label className="field">
              {t("request.evidence")}
              <input name="evidence" required={wish.request.kind === "access"} maxLength={200} />
            </label>
          )}
        </FormDialog>
      )}
    </>
  );
}

function RequestRow({ request, onStep }: { readonly request: SubjectRequest; onStep(step: StepName): void }) {
  const { t } = useSpeech();
  const { now_ms } = useTown();
  const { state, kind, due_at, received_at, requester, about, law, closed } = request;
  const left = daysLeft(request, now_ms());
  return (
    <li>
      <p className="row-head">
        <strong>{t(KINDS[kind])}</strong>
        <bdi>{requester?.name ?? t("request.forgotten")}</bdi>
        <Badge tone={STATES[state].tone}>{t(STATES[state].name)}</Badge>
        {left !== undefined && (
          <span className="row-end quiet">
            {t("request.due")} <When at={due_at} /> ({t("request.days", { count: left })})
          </span>
        )}
      </p>
      <p dir="auto">{about.description}</p>
      <p className="row-note">
        <When at={about.from} /> – <When at={about.to} /> · {t("request.came")} <When at={received_at} /> ·{" "}
        {t(LAWS[law])}
        {requester && (
          <>
            {" · "}
            <bdi>{requester.contact}</bdi>
          </>
        )}
      </p>
      {closed && (
        <p className="row-note" dir="auto">
          {closed.text}
        </p>
      )}
      <p className="room-actions">
        {stepsFor(request).map((step) => (
          <button key={step} type="button" className="link-button" onClick={() => onStep(step)}>
            {t(STEPS[step])}
          </button>
        ))}
      </p>
    </li>
  );
}
