import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
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
  "permissions-policy": "camera=(), microphone=(), usb=(), payment=()",
  // Routes that may be kept say so themselves.
  "cache-control": "no-store",
} as const;

/** Every answer carries these, refusals too. */
export function hardenReply(reply: FastifyReply): void {
  reply.headers(HEADERS);
}

/**
 * The only names under which this machine may be asked. A page of another site that points its own name at 127.0.0.1
 * (DNS rebinding) still sends that name.
 */
const LOOPBACK_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i;

/** Checks what schemas cannot see: method, address form, length, `Host`, and which site's page is asking. */
export function guardDoors(app: FastifyInstance, { url_chars_max }: Limits): void {
  app.addHook("onRequest", async (request, reply) => {
    hardenReply(reply);
    refuseWrongAddress(request, url_chars_max);
    refuseOtherSites(request);
    if (request.method !== "GET" && request.method !== "HEAD" && request.is404) {
      reply.header("allow", "GET, HEAD");
      throw new Refusal(405, "METHOD_NOT_ALLOWED", `Nothing here takes ${request.method}; GET reads it.`);
    }
  });
}

function refuseWrongAddress({ raw, headers }: FastifyRequest, url_chars_max: number): void {
  const url = raw.url ?? "";
  if (!LOOPBACK_HOST.test(headers.host ?? "")) {
    const message =
      "This address is not served under that name. Open it as http://localhost with the port it was started on.";
    throw new Refusal(421, "HOST_UNKNOWN", message);
  }
  if (!url.startsWith("/"))
    throw new Refusal(400, "ADDRESS_FORM", "Ask for a path, not for a whole address.");
  if (url.length > url_chars_max) {
    throw new Refusal(414, "ADDRESS_TOO_LONG", `The address has more than ${url_chars_max} characters.`);
  }
}

function refuseOtherSites({ headers }: FastifyRequest): void {
  const { origin, host } = headers;
  const foreign = origin !== undefined && origin !== `http://${host}`;
  // Browsers say so also where they send no Origin: pictures, videos and scripts that another site embeds.
  const embedded = headers["sec-fetch-site"] === "cross-site" && headers["sec-fetch-mode"] !== "navigate";
  if (foreign || embedded) {
    throw new Refusal(403, "ORIGIN_FOREIGN", "Pages of other sites may not read from here.");
  }
}
