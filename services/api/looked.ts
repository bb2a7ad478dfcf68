import { type EpochMs, isoOf } from "@yardline/domain/time";
import type { YardlineEvent } from "@yardline/events/event";
import type { FastifyRequest } from "fastify";
import { mediaOf } from "./api-event.ts";
import { auditedSession } from "./audited.ts";
import { findPurpose, getPurpose, type Purpose } from "./purpose.ts";

type AskedFor = Parameters<typeof getPurpose>[1];
type Period = { readonly camera: string; readonly from_ms: EpochMs; readonly to_ms: EpochMs };

/**
 * Before an event's picture is sent. Of what is new it is the queue that is looked at, which is written down once in a while.
 * @throws Refusal 403 `PURPOSE_NEEDED`, 503.
 */
export async function lookedAtPicture(
  request: FastifyRequest,
  event: YardlineEvent,
  asked: AskedFor,
): Promise<void> {
  const purpose = await getPurpose(request, asked, Date.parse(event.time));
  if (purpose.queue) return await watchedQueue(request, "pictures", purpose);
  const object = { kind: "event", id: event.occurrence };
  const details = { what: "snapshot", source: event.source, time: event.time };
  await auditedSession(request, { action: "look", object, ...said(purpose), details }, "snapshot");
}

/** Before what is made of an event's recording is sent: the same time of it is one look, another is another. @throws Refusal 403 `PURPOSE_NEEDED`, 503. */
export async function lookedAtClip(
  request: FastifyRequest,
  occurrence: string,
  { what, camera, from_ms, to_ms }: Period & { readonly what: "clip" | "filmstrip" },
  asked: AskedFor,
): Promise<void> {
  const purpose = await getPurpose(request, asked, from_ms);
  const object = { kind: "event", id: occurrence };
  const details = { what, camera, from: isoOf(from_ms), to: isoOf(to_ms) };
  await auditedSession(
    request,
    { action: "look", object, ...said(purpose), details },
    JSON.stringify(details),
  );
}

/** Before a playlist, or a segment of one, is sent. @throws Refusal 403 `PURPOSE_NEEDED`, 503. */
export async function lookedAtRecording(
  request: FastifyRequest,
  { camera, from_ms, to_ms }: Period,
  asked: AskedFor,
): Promise<void> {
  const purpose = await getPurpose(request, asked, from_ms);
  const object = { kind: "camera", id: camera };
  const details = { what: "recording", from: isoOf(from_ms), to: isoOf(to_ms) };
  await auditedSession(request, { action: "look", object, ...said(purpose), details }, details.from);
}

/** Before a camera's live pictures are sent, and again each time that they still are: written once in a while. @throws Refusal 503. */
export async function lookedAtLive(request: FastifyRequest, camera: string, purpose: Purpose): Promise<void> {
  const object = { kind: "camera", id: camera };
  await auditedSession(
    request,
    { action: "live", object, ...said(purpose), details: { what: "video" } },
    "video",
  );
}

/** Before a stream of events that name pictures begins. */
export async function watchedQueue(
  request: FastifyRequest,
  what: "pictures" | "events",
  { purpose }: Purpose,
): Promise<void> {
  const { tenant } = request.server.auditing;
  const object = { kind: "queue", id: tenant };
  await auditedSession(
    request,
    { action: "live", object, ...(purpose !== undefined && { purpose }), details: { what } },
    what,
  );
}

/** Before the answer of a search is sent that names pictures; of any other nothing is written. @param question as it was asked. */
export async function searched(
  request: FastifyRequest,
  question: unknown,
  found: readonly YardlineEvent[],
): Promise<void> {
  const shown = found.filter((event) => {
    const { snapshot, clip } = mediaOf(event);
    return snapshot !== undefined || clip !== undefined;
  });
  if (shown.length === 0) return;
  const { clock, tenant } = request.server.auditing;
  const purpose = await findPurpose(request, {}, clock.now_ms());
  const text = JSON.stringify(question);
  const details = { question: text, pictures: shown.length };
  const object = { kind: "events", id: tenant };
  await auditedSession(request, { action: "search", object, ...said(purpose), details }, text);
}

function said({ purpose, incident }: Purpose): Omit<Purpose, "queue"> {
  return { ...(purpose !== undefined && { purpose }), ...(incident !== undefined && { incident }) };
}
