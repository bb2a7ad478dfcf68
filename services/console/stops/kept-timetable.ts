import { getStopTimetable } from "../api/client.ts";
import type { StopTimetable } from "../api/types.ts";

const STORE = "yardline-timetables";
/** Stops that a phone keeps; then the one that was looked at longest ago goes. */
const KEPT_MAX = 24;

const addressOf = (stop_id: string) => `/kept/${encodeURIComponent(stop_id)}`;

/** What was kept of a stop; undefined where nothing was, or where this browser keeps nothing. */
export async function readTimetable(stop_id: string): Promise<StopTimetable | undefined> {
  const kept = await openStore().catch(() => undefined);
  const answer = await kept?.match(addressOf(stop_id));
  // It was written by the lines below, as the API gave it.
  return answer && ((await answer.json()) as StopTimetable);
}

/** Fetches a stop's timetable of the next days and keeps it. A browser that keeps nothing, or has no room, goes without. */
export async function keepTimetable(stop_id: string, signal: AbortSignal): Promise<StopTimetable> {
  const timetable = await getStopTimetable(stop_id, signal);
  try {
    const kept = await openStore();
    const address = addressOf(stop_id);
    // Keys come in the order in which they were put in: the oldest first.
    await kept?.delete(address);
    await kept?.put(address, new Response(JSON.stringify(timetable)));
    for (const old of (await kept?.keys())?.slice(0, -KEPT_MAX) ?? []) await kept?.delete(old);
  } catch {
    return timetable;
  }
  return timetable;
}

/** Absent over plain http, where browsers keep nothing for a page. */
const openStore = async () => ("caches" in window ? caches.open(STORE) : undefined);
