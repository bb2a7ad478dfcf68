import type { TransitView } from "@yardline/api/parts";
import { AppError } from "@yardline/domain/errors";
import type { Clock } from "@yardline/domain/time";
import { startFeedThread } from "@yardline/publishing/check-apart";
import { planOfTimetables } from "@yardline/publishing/realtime-check/plan";
import { feedsChecked } from "@yardline/telemetry/transit";
import { dateAt, dayAfter } from "@yardline/timetable/service-day";
import type { Timetable } from "@yardline/timetable/timetable";
import type { Logger } from "pino";

/** A feed is fetched about so often, and so often it is looked at; the rules allow 35 s between two. */
const CHECK_EVERY_MS = 30_000;

type Timetables = readonly Timetable[];
type Checked = Pick<TransitView, "tripUpdates" | "vehiclePositions" | "alerts">;

/**
 * Holds the feeds that are served against the rules until `signal` aborts, in a thread of its own: counted, and told in the log.
 * @returns how to say that the feeds speak of other timetables from now on.
 */
export function checkFeeds(
  timetables: Timetables,
  { tripUpdates, vehiclePositions, alerts }: Checked,
  {
    clock,
    log,
    every_ms = CHECK_EVERY_MS,
  }: { readonly clock: Clock; readonly log: Logger; readonly every_ms?: number },
  signal: AbortSignal,
): { follow(timetables: Timetables): void } {
  // Where nothing is followed yet there is nothing to hold feeds against, and no thread.
  let thread: ReturnType<typeof startFeedThread> | undefined;
  const ended = (thrown: unknown): void => {
    // A call that comes while the thread is closed is of no interest any more.
    if (!(thrown instanceof AppError && thrown.code === "THREAD_CLOSED")) throw thrown;
  };
  let followed = timetables;
  let planned_on = "";
  const today = () => dateAt(clock.now_ms(), followed[0]?.timezone ?? "UTC");
  function follow(newer: Timetables): void {
    followed = newer;
    const [first, ...others] = newer;
    if (!first || signal.aborted) return;
    planned_on = today();
    const dates = [-1, 0, 1].map((days) => dayAfter(planned_on, days));
    thread ??= startFeedThread();
    void thread.call("follow", planOfTimetables([first, ...others], dates)).catch(ended);
  }
  let looking = false;
  async function look(): Promise<void> {
    if (looking) return;
    if (planned_on !== today()) follow(followed);
    if (!thread) return;
    looking = true;
    const now_ms = clock.now_ms();
    const feeds = [tripUpdates, vehiclePositions, alerts].map((feed) => feed(now_ms));
    feedsChecked(log, await thread.call("look", feeds, now_ms));
    looking = false;
  }
  follow(timetables);
  const timer = setInterval(() => void look().catch(ended), every_ms);
  timer.unref();
  const end = (): void => {
    clearInterval(timer);
    void thread?.close();
  };
  if (signal.aborted) end();
  else signal.addEventListener("abort", end, { once: true });
  return { follow };
}
