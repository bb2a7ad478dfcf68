import { Notice } from "../elements/notice.tsx";
import type { MessageKey } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";

/** Refusals that a person can mend, in their own language; every other one says itself what is wrong. */
const WHY: Readonly<Record<string, { readonly title: MessageKey; readonly text?: MessageKey }>> = {
  "no-timetable": { title: "plan.no-timetable" },
  "no-history": { title: "plan.no-history" },
  "period-too-long": { title: "plan.too-long", text: "plan.too-long.text" },
  "review-too-much": { title: "plan.too-much", text: "plan.too-much.text" },
  "reviews-busy": { title: "plan.busy", text: "plan.busy.text" },
};

/** A question is under way: it may take as long as a year's days do. */
export function Asking() {
  const { t } = useSpeech();
  return (
    <p className="plan-asking" role="status">
      {t("plan.asking")}
    </p>
  );
}

/** Why there is no answer, and what to do about it. */
export function Refused({ problem, onAgain }: { readonly problem: unknown; onAgain(): void }) {
  const { t } = useSpeech();
  const { kind = "", message = "", status } = Object(problem);
  const why = WHY[kind];
  if (why && !why.text) return <Notice icon="clock" title={t(why.title)} />;
  if (why?.text) {
    return (
      <Notice icon="alert" title={t(why.title)}>
        <p>{t(why.text)}</p>
        <Again onAgain={onAgain} />
      </Notice>
    );
  }
  return (
    <Notice icon="alert" tone="bad" title={t(status === 0 ? "plan.unreachable" : "plan.failed")}>
      {status !== 0 && <p>{message}</p>}
      <Again onAgain={onAgain} />
    </Notice>
  );
}

function Again({ onAgain }: { onAgain(): void }) {
  const { t } = useSpeech();
  return (
    <button type="button" className="button" onClick={onAgain}>
      {t("plan.again")}
    </button>
  );
}
