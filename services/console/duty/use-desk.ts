import { useEffect, useRef, useState } from "react";
import { useAccount } from "../account/use-session.tsx";
import type { KnownIncidents } from "../incidents/use-incident-board.ts";
import { usePlace } from "../page/use-view.tsx";
import { type Chosen, type DutyView, toDuty } from "./duty-view.ts";
import { neighbourOf } from "./held-order.ts";
import { findGroup, type QueueGroup } from "./queue-groups.ts";
import { useQueue } from "./use-queue.ts";

/** The queue, what of it is on the stage, and how to go through it. */
export function useDesk(view: DutyView, board: KnownIncidents, now_ms: () => number) {
  const { go } = usePlace();
  const { may } = useAccount();
  const list = useRef<HTMLUListElement>(null);
  const scroll = useRef<HTMLDivElement>(null);
  const [scrolled, setScrolled] = useState(false);
  const reading = scrolled || view.chosen !== undefined;
  const knowsEvents = may("archive", "transit");
  const queue = useQueue({ all: view.all, reading, knowsEvents }, board.incidents, now_ms);
  const groups = queue.groups ?? [];
  const chosen = view.chosen && findGroup(queue.known, view.chosen);
  const linkTo = (group: QueueGroup) => toDuty({ ...view, chosen: chosenOf(group), shift: false });
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
