import { type ReactNode, useId, useState } from "react";
import { useAccount } from "../account/use-session.tsx";
import { adoptTracker, listUnknownTrackers } from "../api/administration.ts";
import { listDispatchVehicles } from "../api/client.ts";
import { usePolling } from "../api/polling.ts";
import type { UnknownTracker } from "../api/types.ts";
import { Asked } from "../elements/asked.tsx";
import { FormDialog } from "../elements/form-dialog.tsx";
import { When } from "../elements/when.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import "../elements/rooms.css";

const TRACKERS_MS = 10_000;

const noVehicles = async () => [];

/**
 * Trackers that knock and that nobody knows: each is given to the bus that carries it.
 * @param head over the list, where there is one. @param none where there is nobody to adopt.
 */
export function UnknownTrackers({ head, none }: { readonly head?: ReactNode; readonly none?: ReactNode }) {
  const { t } = useSpeech();
  const [told, setTold] = useState(0);
  const [asked, setAsked] = useState<UnknownTracker>();
  const [adopted, setAdopted] = useState<string>();
  const trackers = usePolling(`trackers/${told}`, listUnknownTrackers, TRACKERS_MS);
  return (
    <>
      {adopted && (
        <p className="boxed boxed-good" role="status">
          {adopted}
        </p>
      )}
      <Asked polled={trackers}>
        {(all) =>
          all.length === 0 ? (
            none
          ) : (
            <>
              {head}
              <ul className="rows">
                {all.map((tracker) => (
                  <li key={`${tracker.protocol} ${tracker.device_id}`}>
                    <TrackerRow tracker={tracker} onAdopt={() => setAsked(tracker)} />
                  </li>
                ))}
              </ul>
            </>
          )
        }
      </Asked>
      {asked && (
        <Adopt
          tracker={asked}
          onClose={() => setAsked(undefined)}
          onDone={(vehicle) => {
            setAdopted(t("trackers.adopted", { device: asked.device_id, vehicle }));
            setAsked(undefined);
            setTold(told + 1);
          }}
        />
      )}
    </>
  );
}

function TrackerRow({
  tracker: { device_id, protocol, last_seen_at, first_seen_at },
  onAdopt,
}: {
  readonly tracker: UnknownTracker;
  onAdopt(): void;
}) {
  const { t } = useSpeech();
  return (
    <>
      <p className="row-head">
        <strong className="code" dir="auto">
          {device_id}
        </strong>
        <span className="quiet">{protocol}</span>
        <span className="row-end">
          <button type="button" className="button" onClick={onAdopt}>
            {t("trackers.adopt")}
          </button>
        </span>
      </p>
      <p className="row-note">
        {t("trackers.last")} <When at={last_seen_at} seconds /> · {t("trackers.first")}{" "}
        <When at={first_seen_at} />
      </p>
    </>
  );
}

function Adopt({
  tracker: { protocol, device_id },
  onDone,
  onClose,
}: {
  readonly tracker: UnknownTracker;
  onDone(vehicle_id: string): void;
  onClose(): void;
}) {
  const { t } = useSpeech();
  const listId = useId();
  const { may } = useAccount();
  // What the public calls buses may be other names each day; whoever may not know the fleet's types the number.
  const vehicles = usePolling("fleet", may("dispatch", "transit") ? listDispatchVehicles : noVehicles);
  return (
    <FormDialog
      title={t("trackers.adopt-of", { device: device_id })}
      action={t("trackers.adopt")}
      onClose={onClose}
      onSend={async (typed) => {
        const vehicle_id = typed("vehicle_id");
        await adoptTracker({ protocol, device_id, vehicle_id });
        onDone(vehicle_id);
      }}
    >
      <p>{t("trackers.adopt.text")}</p>
      <label className="field">
        {t("bus.card")}
        <input name="vehicle_id" list={listId} required maxLength={64} autoComplete="off" dir="auto" />
      </label>
      <datalist id={listId}>
        {vehicles.value?.map(({ vehicle_id }) => (
          <option key={vehicle_id} value={vehicle_id} />
        ))}
      </datalist>
    </FormDialog>
  );
}
