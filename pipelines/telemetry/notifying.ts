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

const reminders = new Counter({
  name: "yardline_reminders_total",
  help: "Reminders of passengers: told, taken back by the push service, or given up.",
  labelNames: ["fate"] as const,
});

export function reminderTold(): void {
  reminders.inc({ fate: "told" });
}

/** The browser has given its address up: nobody is there to be told. */
export function reminderGone(): void {
  reminders.inc({ fate: "gone" });
}

/** @param why without the address, which is one person's. */
export function reminderGaveUp(log: Logger, host: string, why: string): void {
  reminders.inc({ fate: "gave_up" });
  log.warn({ host, why }, "A passenger could not be reminded.");
}

export function remindersTroubled(log: Logger, why: string): void {
  log.warn({ why }, "Reminders wait: what was asked for cannot be read now.");
}
