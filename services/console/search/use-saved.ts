import { useCallback, useEffect, useState } from "react";
import { useAccount } from "../account/use-session.tsx";
import type { ApiProblem } from "../api/client.ts";
import { startPolling, usePolling } from "../api/polling.ts";
import type { EventCount, SavedSearch } from "../api/types.ts";
import { browserStorage } from "../elements/browser-storage.ts";
import { useTown } from "../page/use-town.tsx";
import { countEvents, listSearches } from "./asking.ts";
import type { Now } from "./question.ts";
import { isCounted, parseSeen, type Seen, withSeen } from "./saved.ts";

const SEARCHES_MS = 60_000;
const CHANGED = "yardline-searches-changed";

/** Whoever shows saved searches asks again. */
export const tellSearchesChanged = () => dispatchEvent(new Event(CHANGED));

/** One's own searches and those that colleagues share; asked for again when one is changed here. */
export function useSearches(): { readonly searches?: readonly SavedSearch[]; readonly problem?: ApiProblem } {
  const [times, setTimes] = useState(0);
  useEffect(() => {
    const onChanged = () => setTimes((before) => before + 1);
    addEventListener(CHANGED, onChanged);
    return () => removeEventListener(CHANGED, onChanged);
  }, []);
  const { value, problem } = usePolling(`searches/${times}`, listSearches, SEARCHES_MS);
  // While it is asked again, what was known stays.
  const [known, setKnown] = useState(value);
  if (value && value !== known) setKnown(value);
  return { ...(known && { searches: known }), ...(problem && { problem }) };
}

/** How many each search found since whoever sits here looked at it last on this device. */
export function useNews(searches: readonly SavedSearch[] | undefined, now: () => Now) {
  const { session } = useAccount();
  const { now_ms } = useTown();
  const key = `yardline.searches-seen.${session.login ?? ""}`;
  const [seen, setSeen] = useState<Seen>(() => parseSeen(browserStorage.getItem(key)));
  const [news, setNews] = useState<Readonly<Record<string, EventCount>>>({});
  useEffect(() => {
    if (!searches) return;
    return startPolling({
      load: async (signal) => {
        const counted: Record<string, EventCount> = {};
        for (const search of searches.filter((each) => isCounted(each, now()))) {
          const params = new URLSearchParams({ q: search.q, from: seen[search.id] ?? search.changed_at });
          counted[search.id] = await countEvents(`?${params}`, signal);
        }
        return counted;
      },
      onValue: setNews,
      onProblem: () => undefined,
      period_ms: SEARCHES_MS,
    });
  }, [searches, seen, now]);
  const look = useCallback(
    (id: string) => {
      const next = withSeen(parseSeen(browserStorage.getItem(key)), searches ?? [], id, now_ms());
      setSeen(next);
      browserStorage.setItem(key, JSON.stringify(next));
    },
    [key, searches, now_ms],
  );
  return { news, look };
}
