const ADDRESS = /[a-z][a-z0-9+.-]*:\/\/[^\s]*/gi;

/**
 * What ffmpeg says, made fit for logs and people: no address survives (ffmpeg prints the whole camera URL, password
 * included, in many of its messages), nor any of `secrets`, wherever they stand.
 */
export function scrub(text: string, secrets: readonly string[] = []): string {
  let clean = text.replace(ADDRESS, (address) => `${address.slice(0, address.indexOf(":"))}://…`);
  for (const secret of secrets) if (secret !== "") clean = clean.replaceAll(secret, "…");
  return clean;
}
