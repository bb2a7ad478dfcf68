import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { isEncrypted } from "./cookies.ts";
import type { Limits } from "./limits.ts";
import { Refusal } from "./problem.ts";

/** What a browser may do with anything we send. maplibre-gl draws in a worker made of a blob and reads its tiles' pictures as blobs. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "worker-src 'self' blob:",
  "child-src 'self' blob:",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const HEADERS = {
  "content-security-policy": CONTENT_SECURITY_POLICY,
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy":
    "camera=(), microphone=(), geolocation=(self), usb=(), serial=(), bluetooth=(), payment=(), display-capture=()",
  // Routes that may be kept say so themselves.
  "cache-control": "no-store",
} as const;

/** A browser that was here once asks over TLS alone for a year. Other names of the domain are not ours to decide about. */
const STRICT_TRANSPORT = "max-age=31536000";

/** Every answer carries these, refusals too. */
export function hardenReply(reply: FastifyReply): void {
  reply.headers(HEADERS);
  if (isEncrypted(reply.request)) reply.header("strict-transport-security", STRICT_TRANSPORT);
}

/**
 * The only names under which this machine may be asked. A page of another site that points its own name at 127.0.0.1
 * (DNS rebinding) still sends that name.
 */
const LOOPBACK_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i;

/** Checks what schemas cannot see: method, address form, length, `Host`, and which site's page is asking. */
export function guardDoors(
  app: FastifyInstance,
  { url_chars_max }: Limits,
  /** Under which this machine may be asked over TLS. */
  public_name?: string,
): void {
  app.addHook("onRequest", async (request, reply) => {
    hardenReply(reply);
    refuseWrongName(request, public_name);
    refuseWrongAddress(request, url_chars_max);
    refuseOtherSites(request);
    if (request.method !== "GET" && request.method !== "HEAD" && request.is404) {
      reply.header("allow", "GET, HEAD");
      throw new Refusal(405, "METHOD_NOT_ALLOWED", `Nothing here takes ${request.method}; GET reads it.`);
    }
  });
}

/** Over TLS only the public name, without it only this machine's own: neither door answers for the other. */
function refuseWrongName(request: FastifyRequest, public_name: string | undefined): void {
  const host = request.headers.host ?? "";
  const isOurs = isEncrypted(request)
    ? host.replace(/:\d{1,5}$/, "").toLowerCase() === public_name
    : LOOPBACK_HOST.test(host);
  if (isOurs) return;
  const message =
    "This address is not served under that name. Open it as http://localhost with the port it was started on, or by the town's public name.";
  throw new Refusal(421, "HOST_UNKNOWN", message);
}

function refuseWrongAddress({ raw }: FastifyRequest, url_chars_max: number): void {
  const url = raw.url ?? "";
  if (!url.startsWith("/"))
    throw new Refusal(400, "ADDRESS_FORM", "Ask for a path, not for a whole address.");
  if (url.length > url_chars_max) {
    throw new Refusal(414, "ADDRESS_TOO_LONG", `The address has more than ${url_chars_max} characters.`);
  }
}

/** Reads and goes nowhere; everything else may change something. */
const SAFE: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

function refuseOtherSites({ method, headers, protocol }: FastifyRequest): void {
  const { origin, host } = headers;
  const site = headers["sec-fetch-site"];
  const foreign = origin !== undefined && origin !== `${protocol}://${host}`;
  // Browsers say so also where they send no Origin: pictures, videos and scripts that another site embeds.
  const embedded = site === "cross-site" && headers["sec-fetch-mode"] !== "navigate";
  // A sister site under the same domain is another site, too, and a link is never a reason to change something.
  const written = !SAFE.has(method) && site !== undefined && site !== "same-origin" && site !== "none";
  if (foreign || embedded || written) {
    throw new Refusal(403, "ORIGIN_FOREIGN", "Pages of other sites may not read from here.");
  }
}
