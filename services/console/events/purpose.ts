/** An address of pictures, with what they are looked at for: a media element sends no header. */
export function withPurpose(path: string, purpose: string | undefined): string {
  return purpose === undefined ? path : withQuery(path, `purpose=${encodeURIComponent(purpose)}`);
}

export function withQuery(path: string, query: string): string {
  return `${path}${path.includes("?") ? "&" : "?"}${query}`;
}
