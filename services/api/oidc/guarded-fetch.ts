import { AppError } from "@yardline/domain/errors";
import { guardedRequest, readBody, type Trust } from "@yardline/sources/http/guarded-request";
import type { CustomFetch } from "openid-client";

/** Documents of a provider are a few kilobytes. */
const ANSWER_BYTES_MAX = 256 * 1024;
const ANSWER_MS_MAX = 10_000;
/** Of an answer's head this is all that matters; others may be there twice or hold cookies. */
const HEADERS = ["content-type", "cache-control", "age", "www-authenticate"] as const;

/**
 * Asks a provider and nobody else: its own host may be in the town's network, since the town's settings name it. What its documents name
 * besides is somebody's word only: over https, to the internet alone, and no redirect is followed.
 * @throws AppError `ADDRESS_FORBIDDEN`, `DEVICE_UNREACHABLE`, `DEVICE_SILENT`, `DEVICE_TOO_MUCH`.
 */
export function guardedFetch(issuer: URL, trust: Trust): CustomFetch {
  return async (address, { method, headers, body }) => {
    const url = new URL(address);
    const isOwn = url.host === issuer.host && url.protocol === issuer.protocol;
    if (!isOwn && url.protocol !== "https:") {
      throw new AppError("ADDRESS_FORBIDDEN", "The provider names an address that is not https");
    }
    const answer = await guardedRequest({
      url,
      headers: { ...headers },
      ...(method !== "GET" && { body: String(body ?? "") }),
      namedBy: isOwn ? "town" : "stranger",
      redirects_max: 0,
      trust,
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
    });
    const content = await readBody(answer, ANSWER_BYTES_MAX);
    const kept = HEADERS.flatMap((name) => {
      const value = answer.headers[name];
      return typeof value === "string" ? [[name, value] as [string, string]] : [];
    });
    const isEmpty = answer.statusCode === 204 || answer.statusCode === 304;
    return new Response(isEmpty ? null : new Uint8Array(content), {
      status: answer.statusCode,
      headers: kept,
    });
  };
}
