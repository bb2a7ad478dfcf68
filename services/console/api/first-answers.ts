import type { Heard } from "./polling.ts";
import type { PushKey, StopArrivals, Town } from "./types.ts";

type Answers = { readonly town: Town; readonly arrivals: StopArrivals; readonly push_key: PushKey };

/** What a stop's page needs first stands in it already (the API's `first-answers.ts` writes it); of any other page, and of a kept one, nothing. */
export const FIRST = firstAnswers(document.getElementById("first-answers")?.textContent ?? "{}");

/** Each answer as it came with the page, which may be a while ago: a slow phone reads its program for seconds. */
function firstAnswers(json: string): { readonly [Name in keyof Answers]?: Heard<Answers[Name]> } {
  // Trusts the shape of what our own server, from the same schemas, has said.
  const answers = JSON.parse(json) as Partial<Answers>;
  const [page] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  const at_ms = Date.now() - (performance.now() - (page?.responseStart ?? 0));
  return Object.fromEntries(Object.entries(answers).map(([name, value]) => [name, { value, at_ms }]));
}

/** What comes to this stop, where the page is that stop's. */
export const firstArrivals = (stop_id: string): Heard<StopArrivals> | undefined =>
  FIRST.arrivals?.value.stop.stop_id === stop_id ? FIRST.arrivals : undefined;
