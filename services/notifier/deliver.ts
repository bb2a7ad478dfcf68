import { setTimeout as delay } from "node:timers/promises";
import { messageOf as textOf } from "@yardline/domain/errors";
import type { Clock } from "@yardline/domain/time";
import type { YardlineEvent } from "@yardline/events/event";
import { webhookGaveUp, webhookTold, webhookTroubled } from "@yardline/telemetry/notifying";
import type { Logger } from "pino";
import type { Post } from "./post.ts";
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
  readonly post: Post;
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
  { clock, signal, post }: DeliverParts,
): Promise<{ readonly verdict: Verdict; readonly why: string }> {
  const message = messageOf(event, secret, Math.floor(clock.now_ms() / 1000));
  try {
    const status = await post(url, message, AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS_MAX)]));
    return { verdict: verdictOn(status), why: `it answered ${status}` };
  } catch (thrown) {
    return { verdict: "later", why: textOf(thrown) };
  }
}
