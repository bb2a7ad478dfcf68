import { systemClock } from "@yardline/domain/time";

/** What every piece of work wants besides its folder; told lines are kept. */
export function workOptions(signal: AbortSignal = new AbortController().signal) {
  const told: string[] = [];
  return { clock: systemClock, report: (line: string) => void told.push(line), signal, told };
}
