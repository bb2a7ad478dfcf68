import { lazy, Suspense, useEffect, useMemo, useRef, useState } from "react";
import { useAccount } from "../account/use-session.tsx";
import { openIncident } from "../api/client.ts";
import type { LatLon } from "../api/types.ts";
import { Notice } from "../elements/notice.tsx";
import { findPlace } from "../events/kinds.ts";
import { PurposeLine, PurposeProvider, usePurpose } from "../events/use-purpose.tsx";
import { type Deeds, useDeeds } from "../incidents/use-deeds.ts";
import { type KnownIncidents, useIncidentBoard } from "../incidents/use-incident-board.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { MapBoundary } from "../page/map-boundary.tsx";
import { NARROW, useMedia } from "../page/use-media.ts";
import { useTown } from "../page/use-town.tsx";
import { usePlace } from "../page/use-view.tsx";
import type { DeskPlace } from "../page/view.ts";
import { type Chosen, type DutyView, parseDuty, toDuty } from "./duty-view.ts";
import { neighbourOf } from "./held-order.ts";
import { KeysHelp } from "./keys-help.tsx";
import { findGroup, type QueueGroup } from "./queue-groups.ts";
import { QueueAnnouncement, QueueList } from "./queue-list.tsx";
import { Stage } from "./stage.tsx";
import { type Queue, useQueue } from "./use-queue.ts";
import { useShortcuts } from "./use-shortcuts.ts";
import "../incidents/incidents.css";
import "./duty.css";

/** The map is most of the code: it comes after the queue. */
const TownMap = lazy(async () => ({ default: (await import("../map/town-map.tsx")).TownMap }));

/** The dispatcher's desk: what has to be looked at, one thing of it on the stage, and the town beside it. */
export function DutyDesk({ at }: { readonly at: DeskPlace }) {
  const view = useMemo(() => parseDuty(at.path, at.search), [at.path, at.search]);
  return (
    <PurposeProvider duty={null}>
      <DutyRoom view={view} />
    </PurposeProvider>
  );
}

function DutyRoom({ view }: { readonly view: DutyView }) {
  const { t, say } = useSpeech();
  const { go } = usePlace();
  const { now_ms } = useTown();
  const { text: purpose } = usePurpose();
  const narrow = useMedia(NARROW);
  const board = useIncidentBoard();
  const desk = useDesk(view, board, now_ms);
  const { queue, chosen } = desk;
  const [shown, setShown] = useState<LatLon>();
  const focus = useMemo(
    () => shown ?? findPlace({ place: chosen?.lead?.place }),
    [shown, chosen?.lead?.place],
  );
  useEffect(() => setShown(undefined), [chosen?.key]);

  const show = (to: Chosen | undefined) => go(toDuty({ ...view, chosen: to }), "replace");
  const deeds = useDeeds(chosen?.incident, {
    editor: chosen?.incident && board.editors.get(chosen.incident.id),
    open: () => openIncident(openingOf(chosen, say, purpose ?? t("duty.purpose"))),
    onChanged: (incident) => incident && show({ incident: incident.id }),
  });
  const stage = useRef<HTMLElement>(null);
  const note = useRef<HTMLTextAreaElement>(null);
  const [help, setHelp] = useState(false);
  const keys = useShortcuts({
    ...desk.moves,
    ...keysOf(chosen && deeds, stage, note),
    help: () => setHelp(true),
  });

  return (
    <main className="duty">
      <h1 className="unseen">{t("desk.duty")}</h1>
      <section className="duty-queue" inert={narrow && chosen !== undefined} aria-label={t("queue")}>
        <QueueHead view={view} queue={queue} onKeys={() => setHelp(true)} />
        <QueueAnnouncement arrived={queue.arrived} />
        <div className="duty-scroll" ref={desk.scroll} onScroll={desk.onScroll}>
          <QueueList queue={queue} board={board} chosen={chosen} linkTo={desk.linkTo} list={desk.list} />
        </div>
      </section>
      {(chosen || !narrow) && (
        <article className="duty-stage" ref={stage} aria-label={t("stage")}>
          {chosen ? (
            <Stage
              group={chosen}
              deeds={deeds}
              note={note}
              onShow={setShown}
              onClose={() => show(undefined)}
            />
          ) : (
            <Notice icon="list" title={t(view.chosen && queue.groups ? "stage.gone" : "stage.none")}>
              <p>{t("stage.none.text")}</p>
            </Notice>
          )}
        </article>
      )}
      {!narrow && (
        <div className="duty-town">
          <MapBoundary>
            <Suspense fallback={<div className="map-room" />}>
              <TownMap
                focus={focus}
                covered={false}
                stop_id={undefined}
                onStop={(stop_id) => go({ at: undefined, open: { kind: "stop", stop_id } })}
                onCamera={() => go({ at: undefined, panel: "cameras" })}
              />
            </Suspense>
          </MapBoundary>
        </div>
      )}
      {help && <KeysHelp on={keys.on} onTurn={keys.turn} onClose={() => setHelp(false)} />}
    </main>
  );
}

/** The queue, what of it is on the stage, and how to go through it. */
function useDesk(view: DutyView, board: KnownIncidents, now_ms: () => number) {
  const { go } = usePlace();
  const { may } = useAccount();
  const list = useRef<HTMLUListElement>(null);
  const scroll = useRef<HTMLDivElement>(null);
  const [scrolled, setScrolled] = useState(false);
  const reading = scrolled || view.chosen !== undefined;
  const knowsEvents = may("archive", "transit");
  const queue = useQueue({ all: view.all, reading, knowsEvents }, board.incidents, now_ms);
  const groups = queue.groups ?? [];
  const chosen = view.chosen && findGroup(groups, view.chosen);
  const linkTo = (group: QueueGroup) => toDuty({ ...view, chosen: chosenOf(group) });
  const keyboard = useRef(false);
  // Whoever goes through the queue by keys stands on its row; a pointer leaves the focus where it is.
  useEffect(() => {
    if (!keyboard.current || !chosen?.key) return;
    keyboard.current = false;
    const row = list.current?.querySelector<HTMLElement>('[aria-current="true"]');
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: "nearest" });
  }, [chosen?.key]);
  const move = (step: 1 | -1) => {
    const key = neighbourOf(
      groups.map((group) => group.key),
      chosen?.key,
      step,
    );
    const group = groups.find((each) => each.key === key);
    if (!group) return;
    keyboard.current = true;
    go(linkTo(group), "replace");
  };
  const moves = {
    next: () => move(1),
    previous: () => move(-1),
    arrivals: () => {
      queue.showWaiting();
      scroll.current?.scrollTo({ top: 0 });
    },
  };
  const onScroll = () => setScrolled((scroll.current?.scrollTop ?? 0) > 0);
  return { queue, chosen, linkTo, list, scroll, onScroll, moves };
}

function chosenOf({ incident, lead }: QueueGroup): Chosen | undefined {
  if (incident) return { incident: incident.id };
  return lead && { occurrence: lead.occurrence };
}

/** What the keys do about what is on the stage. */
function keysOf(
  deeds: Deeds | undefined,
  stage: { readonly current: HTMLElement | null },
  note: { readonly current: HTMLTextAreaElement | null },
) {
  if (!deeds) return {};
  const open = deeds.incident?.state !== "closed";
  return {
    play: () => {
      const video = stage.current?.querySelector("video");
      if (video?.paused) void video.play().catch(() => undefined);
      else video?.pause();
    },
    note: () => note.current?.focus(),
    ...(open && {
      claim: deeds.claim,
      escalate: () => deeds.ask("escalate"),
      "hand-over": () => deeds.ask("hand-over"),
      close: () => deeds.ask("close"),
    }),
  };
}

/** What an incident begins with that is made of what is on the stage. */
function openingOf(
  group: QueueGroup | undefined,
  say: (sentences: NonNullable<QueueGroup["lead"]>["sentence"]) => string,
  purpose: string,
): Parameters<typeof openIncident>[0] {
  const { lead, events = [], severity } = group ?? {};
  return {
    do: "open",
    title: lead ? say(lead.sentence).slice(0, 200) : purpose,
    purpose,
    priority: severity === "alarm" ? "high" : "normal",
    events: events.slice(0, ATTACHED_MAX).map(({ occurrence }) => occurrence),
  };
}

/** Events that an incident is opened with; the rest is attached from the stage. */
const ATTACHED_MAX = 50;

function QueueHead({
  view,
  queue,
  onKeys,
}: {
  readonly view: DutyView;
  readonly queue: Queue;
  onKeys(): void;
}) {
  const { t } = useSpeech();
  const { go } = usePlace();
  return (
    <header className="queue-head">
      <PurposeLine />
      <p className="queue-tools">
        <span className="segments">
          {[false, true].map((all) => (
            <button
              type="button"
              key={String(all)}
              aria-pressed={view.all === all}
              onClick={() => go(toDuty({ ...view, all }), "replace")}
            >
              {t(all ? "queue.all" : "queue.grave")}
            </button>
          ))}
        </span>
        <span className={`stream stream-${queue.stream}`} role="status">
          <span className="stream-dot" aria-hidden="true" />
          {t(`stream.${queue.stream}`)}
        </span>
        <button
          type="button"
          className="keys-button"
          onClick={onKeys}
          aria-label={t("keys")}
          title={t("keys")}
        >
          <kbd>?</kbd>
        </button>
      </p>
    </header>
  );
}
