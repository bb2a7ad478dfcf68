/** What the worker answers a request with. */
export type Answering =
  /** Not its business: the browser asks the town. */
  | "leave"
  /** The page of passengers: the town's, or the kept one where the town does not answer soon. */
  | "page"
  /** A file that never changes under its name. */
  | "file";

/** Addresses that passengers open; the desks of people who work here are never answered from a store. */
const PASSENGERS = /^\/(?:stops(?:\/[^/]+)?|board\/[^/]+|signs\/[^/]+)\/?$/;

/** @param files that were kept, as paths. */
export function answering(
  { method, mode, url }: { readonly method: string; readonly mode: string; readonly url: string },
  origin: string,
  files: ReadonlySet<string>,
): Answering {
  const asked = new URL(url);
  if (method !== "GET" || asked.origin !== origin) return "leave";
  if (mode === "navigate") return PASSENGERS.test(asked.pathname) ? "page" : "leave";
  return files.has(asked.pathname) ? "file" : "leave";
}

/** What a message of the town says; undefined for what is none of its. */
export function noticeOf(
  value: unknown,
):
  | { readonly title: string; readonly body: string; readonly tag: string; readonly path: string }
  | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { title, body, tag, path } = value as Readonly<Record<string, unknown>>;
  if (typeof title !== "string" || typeof body !== "string") return undefined;
  if (typeof tag !== "string" || typeof path !== "string") return undefined;
  // It opens a page of this town and nothing else.
  return { title, body, tag, path: /^\/stops\/[^/]+$/.test(path) ? path : "/stops" };
}
