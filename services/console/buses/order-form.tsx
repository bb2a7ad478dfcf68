import { useAccount } from "../account/use-session.tsx";
import { giveOrder } from "../api/client.ts";
import type { DispatchVehicle } from "../api/types.ts";
import { FormDialog } from "../elements/form-dialog.tsx";
import type { MessageKey } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { needsEnd, type Wish, whatOf } from "./asked-order.ts";
import { OrderFields } from "./order-fields.tsx";

const HOUR_MS = 3_600_000;

const TITLES: Readonly<Record<Wish["order"], MessageKey>> = {
  assign: "order.assign",
  swap: "order.swap",
  cancel: "order.cancel",
  add: "order.add",
  detour: "order.detour",
  "close-stop": "order.close-stop",
  alert: "order.alert",
};

/** One order, to be filled in and given. */
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
  return (
    <FormDialog
      title={t(TITLES[wish.order])}
      action={t("order.give")}
      onClose={onClose}
      onSend={async (typed) => {
        const until_ms = Date.now() + Number(typed("hours")) * HOUR_MS;
        await giveOrder({
          what: whatOf(wish, typed),
          by: session.login ?? t("order.anybody"),
          why: typed("why"),
          ...(needsEnd(wish) && { until: new Date(until_ms).toISOString() }),
        });
        onDone();
      }}
    >
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
    </FormDialog>
  );
}
