import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { useAccount } from "../account/use-session.tsx";
import { ApiProblem, giveOrder } from "../api/client.ts";
import type { DispatchVehicle } from "../api/types.ts";
import { Icon } from "../elements/icon.tsx";
import type { MessageKey } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { needsEnd, type Wish, whatOf } from "./asked-order.ts";
import { OrderFields } from "./order-fields.tsx";

const TITLES: Readonly<Record<Wish["order"], MessageKey>> = {
  assign: "order.assign",
  swap: "order.swap",
  cancel: "order.cancel",
  add: "order.add",
  detour: "order.detour",
  "close-stop": "order.close-stop",
  alert: "order.alert",
};

/** One order, to be filled in and given. What is typed stays while the server refuses it. */
export function OrderForm({
  wish,
  vehicles,
  onDone,
  onClose,
}: {
  readonly wish: Wish;
  readonly vehicles: readonly DispatchVehicle[];
  onDone(): void;
  onClose(): void;
}) {
  const { t } = useSpeech();
  const { session } = useAccount();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  useEffect(() => dialog.current?.showModal(), []);

  async function send(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const typed = (name: string) => String(given.get(name) ?? "").trim();
    const hours = Number(typed("hours"));
    setBusy(true);
    try {
      await giveOrder({
        what: whatOf(wish, typed),
        by: session.login ?? t("order.anybody"),
        why: typed("why"),
        ...(needsEnd(wish) && { until: new Date(Date.now() + hours * HOUR_MS).toISOString() }),
      });
      onDone();
    } catch (thrown) {
      if (!(thrown instanceof ApiProblem)) throw thrown;
      setProblem(thrown.status === 0 ? t("duties.unreachable") : thrown.message);
    } finally {
      setBusy(false);
    }
  }

  return (
    <dialog ref={dialog} className="sign-in order-form" aria-labelledby={titleId} onClose={onClose}>
      <form onSubmit={(event) => void send(event)}>
        <h2 id={titleId}>{t(TITLES[wish.order])}</h2>
        <OrderFields wish={wish} vehicles={vehicles} />
        {needsEnd(wish) && (
          <label className="field">
            {t("order.hours")}
            <input name="hours" type="number" min={0.5} max={8760} step={0.5} defaultValue={4} required />
          </label>
        )}
        <label className="field">
          {t("order.why")}
          <input name="why" required maxLength={500} autoComplete="off" />
        </label>
        {problem && (
          <p className="sign-in-problem" role="alert">
            <Icon name="alert" /> {problem}
          </p>
        )}
        <div className="sign-in-buttons">
          <button type="submit" className="button button-main" disabled={busy}>
            {t("order.give")}
          </button>
          <button type="button" className="button" onClick={onClose}>
            {t("close")}
          </button>
        </div>
      </form>
    </dialog>
  );
}

const HOUR_MS = 3_600_000;
