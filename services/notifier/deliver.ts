import { setTimeout as delay } from "node:timers/promises";
import { messageOf as textOf } from "@yardline/domain/errors";
import type { Clock } from "@yardline/domain/time";
import type { YardlineEvent } from "@yardline/events/event";
import { webhookGaveUp, webhookTold, webhookTroubled } from "@yardline/telemetry/notifying";
import type { Logger } from "pino";
import { messageOf, type Verdict, verdictOn, type Webhook } from "./webhook.ts";

/** A receiver that has not answered by then is tried again later. */
const ANSWER_MS_MAX = 10_000;
/** The first wait before trying again, doubled up to the second. */
const RETRY_MS_MIN = 1_000;
const RETRY_MS_MAX = 5 * 60_000;
/** Older news alerts nobody. */
const AGE_MS_MAX = 86_400_000;

export type DeliverParts = {
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Logger;
  readonly signal: AbortSignal;
  readonly fetch: typeof fetch;
};

/** Tells a receiver of one event, however often that takes; gives up on what it refuses or what has grown old. */
export async function deliver(hook: Webhook, event: YardlineEvent, parts: DeliverParts): Promise<void> {
  const { clock, random, log, signal } = parts;
  const since_ms = Date.parse(event.time);
  for (let wait_ms = RETRY_MS_MIN; !signal.aborted; wait_ms = Math.min(2 * wait_ms, RETRY_MS_MAX)) {
    if (clock.now_ms() - since_ms > AGE_MS_MAX) return webhookGaveUp(log, hook.id, event.id, "old");
    const { verdict, why } = await attempt(hook, event, parts);
    if (verdict === "delivered") return webhookTold(hook.id);
    if (verdict === "never") return webhookGaveUp(log, hook.id, event.id, why);
    webhookTroubled(log, hook.id, why, wait_ms);
    // Half of the wait is left to chance, so that many messages do not come back all at once.
    await delay(wait_ms * (0.5 + random() / 2), undefined, { signal }).catch(() => undefined);
  }
}

async function attempt(
  { url, secret }: Webhook,
  event: YardlineEvent,
  { clock, signal, fetch: send }: DeliverParts,
): Promise<{ readonly verdict: Verdict; readonly why: string }> {
  const { headers, body } = messageOf(event, secret, Math.floor(clock.now_ms() / 1000));
  try {
    const answer = await send(url, {
      method: "POST",
      headers,
      body,
      // Where a receiver moved to is for a person to decide, not for the receiver's answer.
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS_MAX)]),
    });
    await answer.body?.cancel();
    return { verdict: verdictOn(answer.status), why: `it answered ${answer.status}` };
  } catch (thrown) {
    return { verdict: "later", why: causeOf(thrown) };
  }
}

/** `fetch` says no more than that it failed; what failed is in its cause. */
function causeOf(thrown: unknown): string {
  return textOf(thrown instanceof Error && thrown.cause ? thrown.cause : thrown);
}
