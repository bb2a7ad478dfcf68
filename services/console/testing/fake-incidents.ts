import type { IncomingMessage, ServerResponse } from "node:http";
import { json } from "node:stream/consumers";
import type { AskedChange, Incident, IncidentEntry } from "../api/types.ts";

type Kept = { incident: Incident; readonly entries: IncidentEntry[] };

/** Nobody else is here. */
const LOCK = { by: "guest", since: new Date(0).toISOString(), until: new Date(0).toISOString() };

function listen(_: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  response.write("retry: 500\n\n");
}

/** The page sends occurrences; what is kept of each is more. */
function refOf(event: unknown): Incident["events"][number] {
  return {
    occurrence: String(event),
    source: "camera/yard",
    type: "yard.presence",
    time: new Date().toISOString(),
  };
}

/** A log of incidents in memory, that takes what the page may do to them. */
export function fakeIncidents() {
  const kept: Kept[] = [];

  function open(change: Extract<IncidentEntry["change"], { do: "open" }>): Incident {
    const now = new Date().toISOString();
    const { title, purpose, priority = "normal" } = change;
    const incident: Incident = {
      ...{
        id: String(kept.length + 1),
        tenant: "verba",
        revision: 1,
        state: "open",
        title,
        purpose,
        priority,
      },
      ...{ opened_at: now, opened_by: "visitor", changed_at: now, cameras: [] },
      events: (change.events ?? []).map((event) => refOf(event)),
    };
    kept.unshift({ incident, entries: [{ revision: 1, at: now, by: "visitor", change }] });
    return incident;
  }

  function change(one: Kept, asked: AskedChange): Incident {
    const revision = one.incident.revision + 1;
    const state = asked.do === "claim" ? "claimed" : asked.do === "close" ? "closed" : one.incident.state;
    const outcome = asked.do === "close" && { outcome: asked.outcome };
    const claimed = asked.do === "claim" && { claimed_by: "guest" };
    one.incident = { ...one.incident, revision, state, ...outcome, ...claimed };
    const at = new Date().toISOString();
    one.entries.push({ revision, at, by: "visitor", change: asked as IncidentEntry["change"] });
    return one.incident;
  }

  function listed(states: readonly string[]): readonly Incident[] {
    const all = kept.map(({ incident }) => incident);
    return states.length === 0 ? all : all.filter(({ state }) => states.includes(state));
  }

  function answer(one: Kept | undefined, what: string | undefined, body: unknown, states: readonly string[]) {
    if (what === "lock") return LOCK;
    if (what === "log") return { entries: one?.entries ?? [] };
    if (one) return body ? change(one, body as AskedChange) : one.incident;
    return body ? open(body as Parameters<typeof open>[0]) : { incidents: listed(states) };
  }

  /** Undefined for an address that is none of an incident. */
  return ({ pathname, searchParams }: URL) => {
    const [found, id, what] = /^\/v1\/incidents(?:\/([^/]+))?(?:\/(log|changes|lock))?$/.exec(pathname) ?? [];
    if (!found) return undefined;
    if (id === "stream") return listen;
    const one = kept.find(({ incident }) => incident.id === id);
    return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      const body = request.method === "POST" ? await json(request) : undefined;
      response.writeHead(body && !one ? 201 : 200, { "content-type": "application/json" });
      response.end(JSON.stringify(answer(one, what, body, searchParams.getAll("state"))));
    };
  };
}
