import { useEffect, useState } from "react";

/** The stream tells of an event a moment before the server can find it, and its picture with it. */
const RETRIES_MS = [1_000, 3_000, 10_000] as const;

export type Picture = {
  /** What to show now; absent while it waits for another try, and when there is none. */
  readonly src: string | undefined;
  /** Every try has failed: it has expired, or never was. */
  readonly gone: boolean;
  onError(): void;
};

/** A picture that may come a little later than the event that names it. */
export function usePicture(path: string | undefined): Picture {
  const [failed, setFailed] = useState({ path, times: 0, waiting: false });
  const current = failed.path === path ? failed : { path, times: 0, waiting: false };
  const { times, waiting } = current;

  useEffect(() => {
    const wait_ms = RETRIES_MS[times - 1];
    if (!waiting || wait_ms === undefined) return;
    const timer = setTimeout(() => setFailed({ path, times, waiting: false }), wait_ms);
    return () => clearTimeout(timer);
  }, [path, times, waiting]);

  return {
    src: waiting ? undefined : path,
    gone: times > RETRIES_MS.length,
    onError: () => setFailed({ path, times: times + 1, waiting: true }),
  };
}
