/** Where a passenger is: the page of everybody who has no account. */
export type ResidentPlace =
  | { readonly page: "home" }
  | { readonly page: "stop"; readonly stop_id: string }
  /** A screen at the stop. */
  | { readonly page: "board"; readonly stop_id: string }
  /** Sheets to print, one a stop of the line. */
  | { readonly page: "signs"; readonly route_id: string };

/** @returns undefined for an address of somebody else's page. */
export function parseResident(pathname: string): ResidentPlace | undefined {
  if (/^\/stops\/?$/.test(pathname)) return { page: "home" };
  const [, room, encoded = ""] = /^\/(stops|board|signs)\/([^/]+)\/?$/.exec(pathname) ?? [];
  const id = decoded(encoded);
  if (!room || !id) return undefined;
  if (room === "signs") return { page: "signs", route_id: id };
  return { page: room === "board" ? "board" : "stop", stop_id: id };
}

export function formatResident(place: ResidentPlace): string {
  switch (place.page) {
    case "home":
      return "/stops";
    case "stop":
      return `/stops/${encodeURIComponent(place.stop_id)}`;
    case "board":
      return `/board/${encodeURIComponent(place.stop_id)}`;
    case "signs":
      return `/signs/${encodeURIComponent(place.route_id)}`;
  }
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
