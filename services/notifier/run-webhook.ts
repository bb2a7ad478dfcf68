import type { Delivered, EventBus } from "@yardline/bus/event-bus";
import { handleBatches } from "@yardline/bus/handle-batches";
import { AppError } from "@yardline/domain/errors";
import type { YardlineEvent } from "@yardline/events/event";
import { readEvent } from "@yardline/events/read-event";
import { holds } from "@yardline/index/condition";
import { webhookTroubled } from "@yardline/telemetry/notifying";
import { type DeliverParts, deliver } from "./deliver.ts";
import type { Webhook } from "./webhook.ts";

export type WebhookParts = DeliverParts & { readonly bus: Pick<EventBus, "subscribe"> };

/** Tells one receiver of every event it asked for, in order, from where it stopped, until the signal. */
export function runWebhook(hook: Webhook, parts: WebhookParts): Promise<void> {
  const { bus, log, signal } = parts;
  return handleBatches({
    bus,
    topic: "events",
    group: `webhook-${hook.id}`,
    async handle(batch) {
      for (const event of wantedOf(batch, hook)) await deliver(hook, event, parts);
      // What the signal cut off is not done: it comes again at the next start.
      if (signal.aborted) throw new AppError("WEBHOOK_STOPPED", "It was told to stop.", { retryable: true });
    },
    waits: ({ message }, wait_ms) => webhookTroubled(log, hook.id, message, wait_ms),
    signal,
  });
}

function wantedOf(batch: readonly Delivered[], { where }: Webhook): YardlineEvent[] {
  return batch
    .flatMap(({ body }) => findEvent(body) ?? [])
    .filter((event) => !event.backfilled && (!where || holds(where, event)));
}

/** What is no event is the indexer's to report. */
function findEvent(body: Uint8Array): YardlineEvent | undefined {
  try {
    return readEvent(body);
  } catch (thrown) {
    if (thrown instanceof AppError) return undefined;
    throw thrown;
  }
}
