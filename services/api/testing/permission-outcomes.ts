import type { Operation } from "./operations.ts";

/** Refusals that are about permission; signing in with a wrong password is not one. */
const OUTCOMES: Readonly<Record<string, string>> = {
  "urn:yardline:problem:sign-in": "1",
  "urn:yardline:problem:not-allowed": "3",
  "urn:yardline:problem:event-unknown": "4",
  "urn:yardline:problem:camera-unknown": "4",
  "urn:yardline:problem:incident-unknown": "4",
  "urn:yardline:problem:shift-unknown": "4",
  "urn:yardline:problem:search-unknown": "4",
  "urn:yardline:problem:hold-unknown": "4",
  "urn:yardline:problem:evidence-unknown": "4",
  "urn:yardline:problem:collection-unknown": "4",
  "urn:yardline:problem:feature-unknown": "4",
  "urn:yardline:problem:session-unknown": "4",
};
/** What becomes of a request: `y` where permission let it pass, else the letter of the refusal. */
export async function outcomeOf(
  { method }: Operation,
  url: string,
  headers: Record<string, string>,
  body: object | undefined,
): Promise<string> {
  const hangUp = new AbortController();
  const response = await fetch(url, {
    method,
    headers: { ...headers, ...(body && { "content-type": "application/json" }) },
    ...(body && { body: JSON.stringify(body) }),
    signal: hangUp.signal,
  });
  const isRefusal = response.headers.get("content-type")?.startsWith("application/problem") ?? false;
  const outcome = isRefusal ? OUTCOMES[((await response.json()) as { type: string }).type] : undefined;
  // A stream that is let in never ends: it is enough that it began.
  hangUp.abort();
  return outcome ?? "y";
}
