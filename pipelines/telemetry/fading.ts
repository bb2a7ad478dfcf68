import type { Logger } from "pino";
import { Counter } from "prom-client";

const faded = new Counter({
  name: "yardline_personal_faded_total",
  help: "Statements out of which personal fields were taken because their time was over.",
  labelNames: ["store"] as const,
});

const kept = new Counter({
  name: "yardline_personal_rounds_failed_total",
  help: "Rounds of retention in which personal fields could not be taken out; the next round does it.",
});

const holds = new Counter({
  name: "yardline_holds_over_total",
  help: "Holds that ended by themselves.",
});

export function personalFaded(log: Logger, changed: { readonly index: number; readonly bus: number }): void {
  faded.inc({ store: "index" }, changed.index);
  faded.inc({ store: "bus" }, changed.bus);
  log.info(changed, "Personal fields went, since their time was over.");
}

export function personalKept(log: Logger, error: unknown): void {
  kept.inc();
  log.warn(
    { err: error },
    "Personal fields whose time is over could not be taken out yet; it is tried again.",
  );
}

export function holdOver(log: Logger, hold: string, camera: string): void {
  holds.inc();
  log.warn({ hold, camera }, "A hold is over: what it held goes by its own time again.");
}
