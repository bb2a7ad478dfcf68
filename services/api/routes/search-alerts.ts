import { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { listSearches } from "@yardline/incidents/saved-search";
import { type Condition, holds } from "@yardline/index/condition";
import { Type } from "typebox";
import { apiEventOf } from "../api-event.ts";
import type { EventHub } from "../event-hub.ts";
import { type Asking, savedCondition } from "../event-language.ts";
import type { Identify } from "../identify.ts";
import { askerOf } from "../incident-desk.ts";
import type { Limits } from "../limits.ts";
import type { Parts } from "../parts.ts";
import { Refusal } from "../problem.ts";
import { answerIn, answers } from "../schemas.ts";
import { SearchAlerts } from "../search-alerts.ts";
import type { Streams } from "../streams.ts";
import { greetingOf, heartbeatOf } from "../told.ts";
import { type Visitor, visibleTo } from "../visitor.ts";
import { whileAllowed } from "../while-allowed.ts";

const RECONNECT_MS = 2_000;
/** Events that are looked at before others get their turn. */
const STEP = 200;
const Position = Type.String({ minLength: 1, maxLength: 500, pattern: "^[\\u0021-\\u007e]+$" });

type Options = Asking &
  Pick<Parts, "records"> & {
    readonly hub: EventHub;
    readonly streams: Streams;
    readonly bounds: Limits;
    readonly identify: Identify;
  };
type Watched = { readonly id: string; readonly name: string; readonly where: Condition };

export const searchAlertsRoute: FastifyPluginAsyncTypebox<Options> = async (app, parts) => {
  const { streams, identify, bounds } = parts;
  app.get(
    "/v1/searches/stream",
    {
      config: { access: ["live", "transit"] },
      exposeHeadRoute: false,
      schema: {
        operationId: "streamSearchAlerts",
        summary: "What saved searches with alerts find, as it happens (Server-Sent Events, resumable)",
        tags: ["events"],
        headers: Type.Object({
          "last-event-id": Type.Optional({ ...Position, description: "Resume after this `id`." }),
        }),
        response: answers(
          {
            200: answerIn(
              "text/event-stream",
              Type.String(),
              "Messages `alert`: `search`, `name`, the newest `event` and the `count` of occurrences since the last message of that search.",
            ),
          },
          [400, 503],
        ),
      },
    },
    async (request, reply) => {
      reply.header("connection", "close");
      const signal = whileAllowed(request, identify, bounds.recheck_ms, streams.admit(request));
      const messages = alertsFor(request.visitor, parts, request.headers["last-event-id"], signal);
      reply.type("text/event-stream; charset=utf-8");
      return reply.send(Readable.from(messages, { objectMode: false }));
    },
  );
};

/** Follows the ring at the listener's own pace; one that has fallen out of it goes on with the newest. */
async function* alertsFor(
  visitor: Visitor,
  { hub, bounds, ...parts }: Options,
  after: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const { ring, closing } = hub;
  const alerts = new SearchAlerts(bounds.alerts_ms);
  const ends = AbortSignal.any([signal, closing]);
  let next = (after === undefined ? undefined : ring.findNumberAfter(after)) ?? ring.end;
  let watched = await watchedBy(visitor, parts);
  let read_ms = parts.clock.monotonic_ms();
  yield greetingOf(after ?? ring.position, RECONNECT_MS);
  while (!ends.aborted) {
    const now_ms = parts.clock.monotonic_ms();
    if (now_ms - read_ms >= bounds.recheck_ms) {
      watched = await watchedBy(visitor, parts).catch(() => watched);
      read_ms = now_ms;
    }
    next = offerFrom(ring, next, watched, alerts, parts.clock.now_ms());
    for (const alert of alerts.take(now_ms)) yield messageOf(alert);
    if (next < ring.end) continue;
    // What waits for its turn is told then, also if nothing else happens.
    const turn_ms = alerts.isWaiting ? bounds.alerts_ms : bounds.heartbeat_ms;
    await Promise.race([hub.changed(), delay(turn_ms, undefined, { ref: false })]);
    if (next === ring.end && !alerts.isWaiting) yield heartbeatOf(ring.position);
  }
}

/** Looks at some of the ring's events. @returns the number of the next. */
function offerFrom(
  ring: EventHub["ring"],
  from: number,
  watched: readonly Watched[],
  alerts: SearchAlerts,
  now_ms: number,
): number {
  const first = ring.hasForgotten(from) ? ring.end : from;
  const last = Math.min(ring.end, first + STEP);
  for (let number = first; number < last; number += 1) {
    const told = ring.find(number);
    if (!told) continue;
    const finding = watched.filter(({ where }) => holds(where, told.event));
    for (const each of finding) alerts.offer(each, told.event, told.position, now_ms);
  }
  return last;
}

function messageOf({ position, event, ...alert }: ReturnType<SearchAlerts["take"]>[number]): string {
  return `id: ${position}\nevent: alert\ndata: ${JSON.stringify({ ...alert, event: apiEventOf(event) })}\n\n`;
}

/** The searches that alert somebody, each narrowed to what they may know of. */
async function watchedBy(
  visitor: Visitor,
  parts: Asking & Pick<Parts, "records">,
): Promise<readonly Watched[]> {
  const { records, town, cameras } = parts;
  const visible = visibleTo(visitor, "live", { tenant: town.tenant, cameras: cameras.listCameras() });
  const searches = await listSearches(records, town.tenant, askerOf(visitor).login);
  return searches.flatMap((search) => {
    if (!search.alert) return [];
    try {
      const where = savedCondition(search, parts);
      return [
        { id: search.id, name: search.name, where: { op: "all", of: where ? [visible, where] : [visible] } },
      ];
    } catch (thrown) {
      // One that a newer release cannot read finds nothing.
      if (thrown instanceof Refusal) return [];
      throw thrown;
    }
  });
}
