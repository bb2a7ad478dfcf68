import { AppError } from "@yardline/domain/errors";
import type { BusWatch } from "./bus-watch.ts";
import type { EventBus } from "./event-bus.ts";
import type { Topic } from "./topics.ts";

const REPORT_EVERY_MS = 1_000;

/** Says each second how far a group is behind, whether batches come or not. @returns the end of it. */
export function reportLag(
  bus: Pick<EventBus, "lag">,
  topic: Topic,
  group: string,
  watch: BusWatch,
): Disposable {
  let asking = false;
  const report = async () => {
    if (asking) return;
    asking = true;
    try {
      watch.lagging(topic, group, await bus.lag(topic, group));
    } catch (thrown) {
      // Whoever reads or writes hears of the same failure; the last figure stands.
      if (!(thrown instanceof AppError)) throw thrown;
    } finally {
      asking = false;
    }
  };
  const timer = setInterval(() => void report(), REPORT_EVERY_MS).unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
