import type { Logger } from "pino";
import { Counter } from "prom-client";

const messages = new Counter({
  name: "yardline_webhook_messages_total",
  help: "Messages to a webhook: delivered, or given up because it refused them or they had grown old.",
  labelNames: ["webhook", "fate"] as const,
});

const retries = new Counter({
  name: "yardline_webhook_retries_total",
  help: "Times that a webhook could not be told for now.",
  labelNames: ["webhook"] as const,
});

export function webhookTold(webhook: string): void {
  messages.inc({ webhook, fate: "delivered" });
}

export function webhookGaveUp(log: Logger, webhook: string, id: string, why: string): void {
  messages.inc({ webhook, fate: why === "old" ? "old" : "refused" });
  log.warn({ webhook, id, why }, "A webhook was not told of an event.");
}

export function webhookTroubled(log: Logger, webhook: string, why: string, wait_ms: number): void {
  retries.inc({ webhook });
  log.warn({ webhook, why, wait_ms }, "A webhook waits and is tried again.");
}
