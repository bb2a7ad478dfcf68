/** Longer than any push service's addresses are. */
export const ENDPOINT_CHARS_MAX = 1_000;

/** Hosts of the push services that browsers use; one that begins with a dot stands for all below it. */
const KNOWN_HOSTS = [
  "fcm.googleapis.com",
  "updates.push.services.mozilla.com",
  "web.push.apple.com",
  ".push.apple.com",
  ".notify.windows.com",
] as const;

/**
 * Whether an address is one of a known push service: only those are ever called, whatever a browser says that its address is.
 * @param more origins, as `https://push.example.org:8443`, that the town's settings name beside them.
 */
export function isPushAddress(endpoint: string, more: readonly string[] = []): boolean {
  if (endpoint.length > ENDPOINT_CHARS_MAX || !URL.canParse(endpoint)) return false;
  const { origin, protocol, hostname, port, username, password } = new URL(endpoint);
  if (username !== "" || password !== "") return false;
  if (more.includes(origin)) return true;
  if (protocol !== "https:" || port !== "") return false;
  return KNOWN_HOSTS.some((host) => (host.startsWith(".") ? hostname.endsWith(host) : hostname === host));
}
