import { useAccount } from "../account/use-session.tsx";
import { undoOrder } from "../api/client.ts";
import type { OrderList } from "../api/types.ts";
import { Badge, type Tone } from "../elements/badge.tsx";
import { Notice } from "../elements/notice.tsx";
import { ProblemLine, useSending } from "../elements/sending.tsx";
import type { MessageKey } from "../messages/translate.ts";
import { type Speech, useSpeech } from "../messages/use-speech.tsx";
import { type TownData, useTown } from "../page/use-town.tsx";
import { undoneFrom } from "./asked-order.ts";

type Status = OrderList["orders"][number];
type What = Status["order"]["what"];

const STATES: Readonly<Record<Status["state"], { readonly name: MessageKey; readonly tone: Tone }>> = {
  "in-force": { name: "order.in-force", tone: "good" },
  coming: { name: "order.coming", tone: "plain" },
  ended: { name: "order.ended", tone: "plain" },
  undone: { name: "order.undone", tone: "warn" },
};

const NAMES: Readonly<Record<What["order"], MessageKey>> = {
  assign: "order.assign",
  swap: "order.swap",
  cancel: "order.cancel",
  add: "order.add",
  detour: "order.detour",
  "close-stop": "order.close-stop",
  alert: "order.alert",
  undo: "order.undo",
};

/** Everything that was ordered, newest first, each with its undoing. */
export function OrderRows({
  orders,
  mayUndo,
  onChanged,
}: {
  readonly orders: OrderList["orders"];
  readonly mayUndo: boolean;
  onChanged(): void;
}) {
  const speech = useSpeech();
  const { t, formats } = speech;
  const town = useTown();
  if (orders.length === 0) return <Notice icon="list" title={t("orders.none")} />;
  return (
    <ul className="order-list">
      {orders.map(({ order, state, ends_at }) => (
        <li key={order.id}>
          <p className="order-name">
            <strong>{t(NAMES[order.what.order])}</strong> {aboutOf(order.what, town, speech)}
          </p>
          <p className="badges">
            <Badge tone={STATES[state].tone}>{t(STATES[state].name)}</Badge>
            {ends_at && state === "in-force" && (
              <span className="quiet">
                {t("order.until", { day: formats.day(ends_at), time: formats.clock(ends_at) })}
              </span>
            )}
          </p>
          <p className="quiet">
            {t("order.by", { who: order.by, time: formats.clock(order.at), why: order.why })}
          </p>
          {mayUndo && (state === "in-force" || state === "coming") && (
            <Undo order={order} onDone={onChanged} />
          )}
        </li>
      ))}
    </ul>
  );
}

function Undo({ order, onDone }: { readonly order: Status["order"]; onDone(): void }) {
  const { t } = useSpeech();
  const { session } = useAccount();
  const { now_ms } = useTown();
  const { busy, problem, send } = useSending();
  const undo = () => {
    const from = undoneFrom(order, now_ms());
    const by = session.login ?? t("order.anybody");
    const asked = { by, why: t("order.undo"), ...(from !== undefined && { from }) };
    return undoOrder(order.id, asked).then(onDone);
  };
  return (
    <>
      <p>
        <button type="button" className="link-button" disabled={busy} onClick={() => void send(undo)}>
          {t("order.undo")}
        </button>
      </p>
      <ProblemLine problem={problem} />
    </>
  );
}

/** What it is about, with the names of lines and stops. */
function aboutOf(what: What, town: TownData, { say }: Speech): string {
  const line = (route_id: string) => town.findLine(route_id)?.route_short_name ?? route_id;
  const stop = (stop_id: string) => town.findStopName(stop_id) ?? stop_id;
  switch (what.order) {
    case "assign":
      return `${what.vehicle_id} → ${"block_id" in what.duty ? what.duty.block_id : what.duty.trip_id}`;
    case "swap":
      return `${what.vehicle_id} ↔ ${what.with_vehicle_id}`;
    case "cancel":
      return what.run.trip_id;
    case "add":
      return `${what.like.trip_id}, ${what.start_time.slice(0, 5)}`;
    case "detour":
      return `${line(what.route_id)}: ${stop(what.from_stop_id)} → ${stop(what.to_stop_id)}`;
    case "close-stop":
      return stop(what.stop_id);
    case "alert":
      return "header" in what.text ? say(what.text.header) : what.text.template;
    default:
      return "";
  }
}
