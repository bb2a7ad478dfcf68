import { openDoors } from "./api-doors.ts";
import { loadApart } from "./api-load.ts";
import type { LoadRequest } from "./api-load-child.ts";
import type { Figure } from "./figure.ts";

/** While somebody guesses, others may wait so much longer. */
const MORE_MS_MOST = 20;
const CONNECTIONS = 4;
/** Addresses that it comes from, each of which waits by itself. */
const ADDRESSES = 250;
const LOGINS = 1_000;

export type LoginsRun = { readonly attempts_per_s: number; readonly seconds: number };

/**
 * Somebody tries passwords a thousand times a second, from many addresses and for many logins, so that no wait of any one of them
 * stops it. Meanwhile a dispatcher asks what a page asks. All come from this machine, whose requests are not counted: only what
 * the doors do about guesses themselves is measured.
 */
export async function measureLogins(
  folder: string,
  { attempts_per_s, seconds }: LoginsRun,
): Promise<readonly Figure[]> {
  const doors = await openDoors(folder);
  try {
    const { port, cookie } = doors;
    const asked: LoadRequest = { method: "GET", path: "/v1/session", headers: { cookie } };
    const others = { port, requests: [asked], connections: CONNECTIONS, for_ms: seconds * 1_000 };
    await loadApart({ ...others, for_ms: 1_000 });
    const before = await loadApart({ ...others, rate: 50 });
    const guesses = { port, requests: guessesOf(), connections: 1, rate: attempts_per_s };
    const [guessed, during] = await Promise.all([
      loadApart({ ...guesses, for_ms: seconds * 1_000 + 1_000 }),
      loadApart({ ...others, rate: 50 }),
    ]);
    const { answers, statuses } = guessed;
    return [
      { what: "guesses a second", value: answers / (seconds + 1), unit: "" },
      {
        what: "of them told to wait (429), or that too many try (503)",
        value: (statuses["429"] ?? 0) + (statuses["503"] ?? 0),
        unit: "",
      },
      { what: "of them looked at (401)", value: statuses["401"] ?? 0, unit: "" },
      { what: "a dispatcher's answer before, p95", value: before.p95_ms, unit: "ms" },
      {
        what: "meanwhile, p95",
        value: during.p95_ms,
        unit: "ms",
        budget: { most: before.p95_ms + MORE_MS_MOST },
      },
      {
        what: "refused to the dispatcher",
        value: during.answers - (during.statuses["200"] ?? 0),
        unit: "",
        budget: { most: 0 },
      },
    ];
  } finally {
    await doors.close();
  }
}

function guessesOf(): readonly LoadRequest[] {
  return Array.from({ length: LOGINS }, (_, n) => ({
    method: "POST",
    path: "/v1/session",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ login: n % 10 === 0 ? "olena" : `login-${n}`, password: `guess ${n}` }),
    from: `127.0.1.${1 + (n % ADDRESSES)}`,
  }));
}
