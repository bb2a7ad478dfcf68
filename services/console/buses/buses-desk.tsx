import { useState } from "react";
import { useAccount } from "../account/use-session.tsx";
import { listBlocks, listDispatchVehicles, listOrders } from "../api/client.ts";
import { usePolling } from "../api/polling.ts";
import { Icon } from "../elements/icon.tsx";
import { Notice } from "../elements/notice.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { useNow } from "../page/use-now.ts";
import { useTown } from "../page/use-town.tsx";
import type { Wish } from "./asked-order.ts";
import { BlockRows } from "./block-rows.tsx";
import { OrderForm } from "./order-form.tsx";
import { OrderRows } from "./order-rows.tsx";
import { UnknownTrackers } from "./unknown-trackers.tsx";
import "./buses.css";

const BLOCKS_MS = 10_000;
const ORDERS_MS = 10_000;
/** How often it is asked anew what runs and what is over. */
const LOOK_MS = 15_000;

/** The dispatcher's buses: who drives what today, and everything that was ordered otherwise. */
export function BusesDesk() {
  const { t } = useSpeech();
  const { now_ms } = useTown();
  const { may } = useAccount();
  const now = useNow(now_ms, LOOK_MS);
  const [told, setTold] = useState(0);
  const blocks = usePolling(`blocks/${told}`, listBlocks, BLOCKS_MS);
  const vehicles = usePolling(`dispatch-vehicles/${told}`, listDispatchVehicles, BLOCKS_MS);
  const orders = usePolling(`orders/${told}`, listOrders, ORDERS_MS);
  const [wish, setWish] = useState<Wish>();
  const mayOrder = may("dispatch");
  if (blocks.problem?.status === 404) {
    return (
      <main className="waiting">
        <Notice icon="clock" title={t("plan.no-timetable")} />
      </main>
    );
  }
  return (
    <main className="duties">
      <section className="duties-main" aria-labelledby="duties-title">
        <header className="duties-head">
          <h1 id="duties-title">{t("desk.buses")}</h1>
          {mayOrder && (
            <p className="duties-actions">
              <OrderButton name={t("order.detour")} onPress={() => setWish({ order: "detour" })} />
              <OrderButton name={t("order.close-stop")} onPress={() => setWish({ order: "close-stop" })} />
              <OrderButton name={t("order.alert")} onPress={() => setWish({ order: "alert" })} />
            </p>
          )}
        </header>
        {blocks.problem && (
          <p className="strip strip-bad" role="alert">
            <Icon name="alert" /> {t("duties.unreachable")}
          </p>
        )}
        {mayOrder && <Unknown />}
        {!blocks.value && !blocks.problem && <Notice icon="clock" title={t("events.loading")} />}
        {blocks.value?.length === 0 && <Notice icon="bus" title={t("duties.none")} />}
        {blocks.value && (
          <BlockRows blocks={blocks.value} now_ms={now} onWish={mayOrder ? setWish : undefined} />
        )}
      </section>
      <section className="duties-side" aria-labelledby="orders-title">
        <h2 id="orders-title">{t("orders.title")}</h2>
        {orders.value && (
          <OrderRows orders={orders.value.orders} mayUndo={mayOrder} onChanged={() => setTold(told + 1)} />
        )}
      </section>
      {wish && (
        <OrderForm
          wish={wish}
          vehicles={vehicles.value ?? []}
          onDone={() => {
            setWish(undefined);
            setTold(told + 1);
          }}
          onClose={() => setWish(undefined)}
        />
      )}
    </main>
  );
}

/** A bus whose tracker nobody knows is on no block: it is asked about before them. */
function Unknown() {
  const { t } = useSpeech();
  return (
    <section className="duties-unknown" aria-label={t("duties.trackers")}>
      <UnknownTrackers
        head={
          <>
            <h2>{t("duties.trackers")}</h2>
            <p className="quiet">{t("duties.trackers.text")}</p>
          </>
        }
      />
    </section>
  );
}

function OrderButton({ name, onPress }: { readonly name: string; onPress(): void }) {
  return (
    <button type="button" className="button" onClick={onPress}>
      {name}
    </button>
  );
}
