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

type Checked = Pick<TransitView, "tripUpdates" | "vehiclePositions" | "alerts">;

/** What a trip that nobody drives yet, or that was cancelled, cannot have. Consumers must hear of it all the same. */
const OF_VEHICLES: ReadonlySet<string> = new Set(["W002", "W003"]);

/** One look after another at what is served, as a consumer would fetch it. */
export class FeedCheck {
  readonly #plan: ReturnType<typeof planOfTimetables>;
  readonly #view: Checked;
  #before: readonly Message[] = [];

  constructor(timetables: readonly [Timetable, ...Timetable[]], view: Checked) {
    this.#plan = planOfTimetables(timetables);
    this.#view = view;
  }

  look(now_ms: number): readonly Breach[] {
    const { tripUpdates, vehiclePositions, alerts } = this.#view;
    const together = [tripUpdates, vehiclePositions, alerts].map((feed) => readMessage(feed(now_ms)));
    const unmanned = new Set(
      together.flatMap(({ entity = [] }) =>
        entity.flatMap(({ id, tripUpdate }) => (tripUpdate && !tripUpdate.vehicle && id ? [id] : [])),
      ),
    );
    const breaches = together.flatMap((message, i) => {
      const before = this.#before[i];
      const look = { message, together, plan: this.#plan, now_ms, ...(before && { before }) };
      return [...checkRealtime(look)].filter(
        ({ rule, entity }) => !(OF_VEHICLES.has(rule) && unmanned.has(entity)),
      );
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
): void {
  const check = new FeedCheck(timetables, view);
  const timer = setInterval(() => feedsChecked(log, check.look(clock.now_ms())), CHECK_EVERY_MS);
  signal.addEventListener("abort", () => clearInterval(timer), { once: true });
  timer.unref();
}
