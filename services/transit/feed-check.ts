import type { TransitView } from "@yardline/api/parts";
import type { Clock } from "@yardline/domain/time";
import { type Message, readMessage } from "@yardline/publishing/realtime-check/message";
import { planOfTimetables } from "@yardline/publishing/realtime-check/plan";
import type { Breach } from "@yardline/publishing/realtime-check/rule";
import { checkRealtime } from "@yardline/publishing/realtime-check/rules";
import { feedsChecked } from "@yardline/telemetry/transit";
import type { Timetable } from "@yardline/timetable/timetable";
import type { Logger } from "pino";

/** A feed is fetched about so often, and so often it is looked at; the rules allow 35 s between two. */
const CHECK_EVERY_MS = 30_000;

type Checked = Pick<TransitView, "tripUpdates" | "vehiclePositions">;

/** One look after another at what is served, as a consumer would fetch it. */
export class FeedCheck {
  #plan: ReturnType<typeof planOfTimetables>;
  readonly #view: Checked;
  #before: readonly Message[] = [];

  constructor(timetables: readonly [Timetable, ...Timetable[]], view: Checked) {
    this.#plan = planOfTimetables(timetables);
    this.#view = view;
  }

  /** From now on the feeds speak of these. */
  follow(timetables: readonly [Timetable, ...Timetable[]]): void {
    this.#plan = planOfTimetables(timetables);
  }

  look(now_ms: number): readonly Breach[] {
    const { tripUpdates, vehiclePositions } = this.#view;
    const together = [readMessage(tripUpdates(now_ms)), readMessage(vehiclePositions(now_ms))];
    const breaches = together.flatMap((message, i) => {
      const before = this.#before[i];
      const look = { message, together, plan: this.#plan, now_ms, ...(before && { before }) };
      return [...checkRealtime(look)];
    });
    this.#before = together;
    return breaches;
  }
}

/** Holds the feeds that are served against the rules until `signal` aborts: counted, and told in the log. */
export function checkFeeds(
  timetables: readonly [Timetable, ...Timetable[]],
  view: Checked,
  { clock, log }: { readonly clock: Clock; readonly log: Logger },
  signal: AbortSignal,
): Pick<FeedCheck, "follow"> {
  const check = new FeedCheck(timetables, view);
  const timer = setInterval(() => feedsChecked(log, check.look(clock.now_ms())), CHECK_EVERY_MS);
  signal.addEventListener("abort", () => clearInterval(timer), { once: true });
  timer.unref();
  return check;
}
