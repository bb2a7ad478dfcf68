import { setTimeout as delay } from "node:timers/promises";
import { type Logger, pino } from "pino";
import type { World } from "./verb.ts";

/** What is told to stop has so long to bring its work to an end. */
const DRAIN_MS_MAX = 10_000;

/** Readable on a terminal, JSON lines for whatever collects them. */
export function openLog({ stderr }: Pick<World, "stderr">): Logger {
  return stderr.isTTY
    ? pino({ level: "warn", transport: { target: "pino-pretty" } })
    : pino({ level: "info" });
}

/** Waits for the end of something long; after the signal no longer than it takes to drain. @returns the exit code. */
export async function drained(
  stopped: Promise<void>,
  { signal }: Pick<World, "signal">,
  report: (line: string) => void,
): Promise<number> {
  const finished = new AbortController();
  const late = async (): Promise<"late"> => {
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener("abort", () => resolve(), { once: true });
    });
    await delay(DRAIN_MS_MAX, undefined, { signal: finished.signal }).catch(() => undefined);
    return "late";
  };
  const outcome = await Promise.race([stopped.then(() => "stopped" as const), late()]);
  finished.abort();
  if (outcome === "stopped") {
    report("stopped");
    return 0;
  }
  report(
    `stopped after ${DRAIN_MS_MAX / 1000} s with work unfinished; nothing that was acknowledged is lost`,
  );
  process.exit(1);
}
