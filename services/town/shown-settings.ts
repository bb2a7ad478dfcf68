/** The settings of a town as they may be shown: files are named, never read; of an address only where it is, never who may enter. */
export function shownSettings(value: unknown): unknown {
  if (typeof value === "string") return value.includes("://") ? shownAddress(value) : value;
  if (Array.isArray(value)) return value.map(shownSettings);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shownSettings(each)]));
}

/** Keys stand in user names, passwords, queries and sometimes in the path itself: scheme and host are what tells one feed from another. */
function shownAddress(text: string): string {
  if (!URL.canParse(text)) return "…://…";
  const { protocol, host, pathname, search } = new URL(text);
  return `${protocol}//${host}${pathname === "/" && search === "" ? "" : "/…"}`;
}
