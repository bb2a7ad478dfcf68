import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useAccount } from "../account/use-session.tsx";
import { openIncident } from "../api/client.ts";
import type { LatLon } from "../api/types.ts";
import { Notice } from "../elements/notice.tsx";
import { findPlace } from "../events/kinds.ts";
import { PurposeProvider, usePurpose } from "../events/use-purpose.tsx";
import { nameOf, useDeeds } from "../incidents/use-deeds.ts";
import { useIncidentBoard } from "../incidents/use-incident-board.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { MapBoundary } from "../page/map-boundary.tsx";
import { NARROW } from "../page/narrow.ts";
import { useMedia } from "../page/use-media.ts";
import { useTown } from "../page/use-town.tsx";
import { usePlace } from "../page/use-view.tsx";
import type { DeskPlace } from "../page/view.ts";
import { exportOf, keysOf, openingOf } from "./desk-keys.ts";
import { type Chosen, type DutyView, parseDuty, toDuty } from "./duty-view.ts";
import { KeysHelp } from "./keys-help.tsx";
import { QueueHead } from "./queue-head.tsx";
import { QueueAnnouncement, QueueList } from "./queue-list.tsx";
import { leftFor } from "./shift-log.ts";
import { ShiftPage } from "./shift-page.tsx";
import { Stage } from "./stage.tsx";
import { useDesk } from "./use-desk.ts";
import { type Shifts, useShifts } from "./use-shifts.ts";
import { useShortcuts } from "./use-shortcuts.ts";
import "../incidents/incidents.css";
import "./duty.css";

/** The map is most of the code: it comes after the queue. */
const TownMap = lazy(async () => ({ default: (await import("../map/town-map.tsx")).TownMap }));

/** The dispatcher's desk: what has to be looked at, one thing of it on the stage, and the town beside it. */
export function DutyDesk({ at }: { readonly at: DeskPlace }) {
  const view = useMemo(() => parseDuty(at.path, at.search), [at.path, at.search]);
  const { shifts, reload } = useShifts();
  return (
    <PurposeProvider duty={shifts.value?.own?.purpose ?? null}>
      <DutyRoom view={view} shifts={shifts.value} onShift={reload} />
    </PurposeProvider>
  );
}

type Room = { readonly view: DutyView; readonly shifts: Shifts | undefined; onShift(): void };

function DutyRoom({ view, shifts, onShift }: Room) {
  const { t } = useSpeech();
  const { go } = usePlace();
  const { now_ms } = useTown();
  const { session } = useAccount();
  const narrow = useMedia(NARROW);
  const board = useIncidentBoard();
  const desk = useDesk(view, board, now_ms);
  const { queue, chosen } = desk;
  const login = nameOf(session);
  const [shown, setShown] = useState<LatLon>();
  const focus = useMemo(
    () => shown ?? findPlace({ place: chosen?.lead?.place }),
    [shown, chosen?.lead?.place],
  );
  useEffect(() => setShown(undefined), [chosen?.key]);

  const show = (to: Chosen | undefined, shift = false) =>
    go(toDuty({ ...view, chosen: to, shift }), "replace");
  const { deeds, stage, note, help, setHelp, keys } = useStage(view, desk, board, show);
  const covering = chosen !== undefined || view.shift;
  return (
    <main className="duty">
      <h1 className="unseen">{t("desk.duty")}</h1>
      <section className="duty-queue" inert={narrow && covering} aria-label={t("queue")}>
        <QueueHead
          view={view}
          queue={queue}
          own={shifts?.own}
          left={leftFor(shifts?.shifts ?? [], login).length}
          onKeys={() => setHelp(true)}
        />
        <QueueAnnouncement arrived={queue.arrived} />
        <div className="duty-scroll" ref={desk.scroll} onScroll={desk.onScroll}>
          <QueueList queue={queue} board={board} chosen={chosen} linkTo={desk.linkTo} list={desk.list} />
        </div>
      </section>
      {(covering || !narrow) && (
        <article className="duty-stage" ref={stage} aria-label={t("stage")}>
          {view.shift && (
            <ShiftPage
              shifts={shifts}
              incidents={board.incidents ?? []}
              login={login}
              onChanged={onShift}
              onClose={() => show(undefined)}
            />
          )}
          {chosen && (
            <Stage
              group={chosen}
              deeds={deeds}
              note={note}
              onShow={setShown}
              onClose={() => show(undefined)}
            />
          )}
          {!covering && (
            <Notice icon="list" title={t(view.chosen && queue.groups ? "stage.gone" : "stage.none")}>
              <p>{t("stage.none.text")}</p>
            </Notice>
          )}
        </article>
      )}
      {!narrow && <DutyTown focus={focus} />}
      {help && <KeysHelp on={keys.on} onTurn={keys.turn} onClose={() => setHelp(false)} />}
    </main>
  );
}

/** What may be done about what is on the stage, by buttons and by keys. */
function useStage(
  view: DutyView,
  { chosen, moves }: ReturnType<typeof useDesk>,
  { editors, learn }: ReturnType<typeof useIncidentBoard>,
  show: (to: Chosen | undefined, shift?: boolean) => void,
) {
  const { t, say } = useSpeech();
  const { text: purpose } = usePurpose();
  const { go } = usePlace();
  const { may } = useAccount();
  const stage = useRef<HTMLElement>(null);
  const note = useRef<HTMLTextAreaElement>(null);
  const [help, setHelp] = useState(false);
  const deeds = useDeeds(chosen?.incident, {
    editor: chosen?.incident && editors.get(chosen.incident.id),
    open: () => openIncident(openingOf(chosen, say, purpose ?? t("duty.purpose"))),
    onChanged: (incident) => {
      if (!incident) return;
      learn(incident);
      show({ incident: incident.id });
    },
  });
  const keys = useShortcuts({
    ...moves,
    ...keysOf(chosen && deeds, stage, note),
    ...(chosen && may("export") && { export: () => go(exportOf(chosen)) }),
    shift: () => show(undefined, !view.shift),
    help: () => setHelp(true),
  });
  return { deeds, stage, note, help, setHelp, keys };
}

function DutyTown({ focus }: { readonly focus: LatLon | undefined }) {
  const { go } = usePlace();
  const onStop = useCallback(
    (stop_id: string) => go({ at: undefined, open: { kind: "stop", stop_id } }),
    [go],
  );
  const onCamera = useCallback(() => go({ at: undefined, panel: "cameras" }), [go]);
  return (
    <div className="duty-town">
      <MapBoundary>
        <Suspense fallback={<div className="map-room" />}>
          <TownMap focus={focus} covered={false} stop_id={undefined} onStop={onStop} onCamera={onCamera} />
        </Suspense>
      </MapBoundary>
    </div>
  );
}
