import { AppError } from "@yardline/domain/errors";
import { type EpochMs, isoOf } from "@yardline/domain/time";
import {
  CAMERAS_MAX,
  type Change,
  ENTRIES_MAX,
  type Entry,
  EVENTS_MAX,
  type Incident,
  type Opening,
} from "./incident.ts";

/** Who changes it, and when. */
export type Hand = { readonly by: string; readonly at_ms: EpochMs };
type Named = Pick<Incident, "id" | "tenant">;
type Deed<Do extends Change["do"]> = Extract<Change, { do: Do }>;

/** The incident that an opening makes. */
export function openIncident({ id, tenant }: Named, opening: Opening, { by, at_ms }: Hand): Incident {
  const { title, purpose, priority = "normal", place, cameras = [], events = [] } = opening;
  const at = isoOf(at_ms);
  return {
    ...{ id, tenant, revision: 1, state: "open", title, purpose, priority },
    ...(place && { place }),
    ...{ opened_at: at, opened_by: by, changed_at: at },
    cameras: upTo(
      CAMERAS_MAX,
      "cameras",
      unique(cameras, (each) => each),
    ),
    events: upTo(
      EVENTS_MAX,
      "events",
      unique(events, ({ occurrence }) => occurrence),
    ),
  };
}

/**
 * What a change makes of an incident; the incident itself stays as it was.
 * @throws AppError `INCIDENT_CLOSED`, `INCIDENT_NOT_CLOSED`, `INCIDENT_CLAIMED`, `INCIDENT_NOT_CLAIMED`, `INCIDENT_NOTHING`,
 * `INCIDENT_FULL`; the message says what to do.
 */
export function changeIncident(was: Incident, change: Change, { by, at_ms }: Hand): Incident {
  if (was.revision >= ENTRIES_MAX) {
    throw new AppError("INCIDENT_FULL", `An incident takes ${ENTRIES_MAX} entries; open another one.`);
  }
  const is = apply(was, change, by, isoOf(at_ms));
  return { ...is, revision: was.revision + 1, changed_at: isoOf(at_ms) };
}

/** Plays all entries of an incident. The law of the log: this is the incident. */
export function replay(named: Named, [opening, ...entries]: readonly Entry[]): Incident | undefined {
  if (opening?.change.do !== "open") return undefined;
  const hand = ({ by, at }: Entry): Hand => ({ by, at_ms: Date.parse(at) });
  return entries.reduce(
    (incident, entry) => changeIncident(incident, entry.change, hand(entry)),
    openIncident(named, opening.change, hand(opening)),
  );
}

function apply(was: Incident, change: Change, by: string, at: string): Incident {
  if (change.do !== "note" && change.do !== "reopen") refuseClosed(was);
  switch (change.do) {
    case "open":
      throw nothing("It was opened already.");
    case "note":
      return was;
    case "claim":
      return claim(was, change, by);
    case "release":
      return release(was, by);
    case "amend": {
      const { do: _, ...fields } = change;
      return { ...was, ...fields };
    }
    case "attach":
      return attach(was, change);
    case "detach":
      return detach(was, change);
    case "escalate":
      return { ...was, state: "escalated", escalated_to: change.to };
    case "close": {
      const { offered_to: _, ...rest } = was;
      return { ...rest, state: "closed", outcome: change.outcome, closed_at: at, closed_by: by };
    }
    case "reopen":
      return reopen(was);
    case "hand-over":
      return handOver(was, change, by);
  }
}

function claim(was: Incident, { take_over }: Deed<"claim">, by: string): Incident {
  if (was.claimed_by === by && was.state === "claimed") throw nothing("You have it already.");
  const isOthers = was.claimed_by !== undefined && was.claimed_by !== by && was.offered_to !== by;
  if (isOthers && !take_over) {
    throw new AppError("INCIDENT_CLAIMED", `${was.claimed_by} has it; to take it over, say so.`);
  }
  const { offered_to: _, ...rest } = was;
  return { ...rest, state: "claimed", claimed_by: by };
}

/** What is escalated stays so: nobody has it in hand yet. */
function release(was: Incident, by: string): Incident {
  if (was.claimed_by !== by) throw notClaimed();
  const { claimed_by: _by, offered_to: _to, ...rest } = was;
  return { ...rest, state: was.state === "claimed" ? "open" : was.state };
}

function attach(was: Incident, { events = [], cameras = [] }: Deed<"attach">): Incident {
  const more = unique([...was.events, ...events], ({ occurrence }) => occurrence);
  const others = unique([...was.cameras, ...cameras], (each) => each);
  if (more.length === was.events.length && others.length === was.cameras.length) {
    throw nothing("All of that is attached already.");
  }
  return {
    ...was,
    events: upTo(EVENTS_MAX, "events", more),
    cameras: upTo(CAMERAS_MAX, "cameras", others),
  };
}

function detach(was: Incident, { events = [], cameras = [] }: Deed<"detach">): Incident {
  const fewer = was.events.filter(({ occurrence }) => !events.includes(occurrence));
  const others = was.cameras.filter((each) => !cameras.includes(each));
  if (fewer.length === was.events.length && others.length === was.cameras.length) {
    throw nothing("Nothing of that is attached.");
  }
  return { ...was, events: fewer, cameras: others };
}

/** Begins anew: whoever had it may have gone home long ago. */
function reopen(was: Incident): Incident {
  if (was.state !== "closed") throw new AppError("INCIDENT_NOT_CLOSED", "It is open; go on with it.");
  const { outcome: _o, closed_at: _a, closed_by: _b, claimed_by: _c, escalated_to: _e, ...rest } = was;
  return { ...rest, state: "open" };
}

function handOver(was: Incident, { to }: Deed<"hand-over">, by: string): Incident {
  if (was.claimed_by !== by) throw notClaimed();
  if (to === by) throw nothing("You have it already.");
  return { ...was, offered_to: to };
}

function refuseClosed({ state, closed_by }: Incident): void {
  if (state !== "closed") return;
  throw new AppError("INCIDENT_CLOSED", `${closed_by} closed it; open it again first, or add a note.`);
}

function notClaimed(): AppError {
  return new AppError("INCIDENT_NOT_CLAIMED", "It is not yours; claim it first.");
}

function nothing(message: string): AppError {
  return new AppError("INCIDENT_NOTHING", message);
}

/** The first of each name, in their order. */
function unique<One>(all: readonly One[], nameOf: (one: One) => string): One[] {
  const names = all.map(nameOf);
  return all.filter((_, at) => names.indexOf(names[at] ?? "") === at);
}

function upTo<One>(max: number, what: string, all: One[]): One[] {
  if (all.length <= max) return all;
  throw new AppError("INCIDENT_FULL", `An incident holds up to ${max} ${what}; open another one.`);
}
