import { createHmac } from "node:crypto";
import { AppError } from "@yardline/domain/errors";
import type { YardlineEvent } from "@yardline/events/event";
import type { Condition } from "@yardline/index/condition";

/** One receiver of events. */
export type Webhook = {
  /** Names its place on the bus: another id begins again. */
  readonly id: string;
  readonly url: URL;
  readonly secret: Uint8Array;
  /** Which events it is told of; all where it is undefined. */
  readonly where?: Condition;
};

export type Message = { readonly headers: Readonly<Record<string, string>>; readonly body: string };

/** What an answer means for the message: delivered, not now, or never. */
export type Verdict = "delivered" | "later" | "never";

const SECRET_BYTES_MIN = 24;
const SECRET_BYTES_MAX = 64;
const LOOPBACK: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * The CloudEvent in the HTTP binding's structured mode, signed.
 * @see https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function messageOf(event: YardlineEvent, secret: Uint8Array, now_s: number): Message {
  const body = JSON.stringify(event);
  const signed = signedHeaders(event.id, body, secret, now_s);
  return { headers: { "content-type": "application/cloudevents+json; charset=utf-8", ...signed }, body };
}

/** What a receiver checks a message by. @param id another one for each message. */
export function signedHeaders(
  id: string,
  body: string,
  secret: Uint8Array,
  now_s: number,
): Readonly<Record<string, string>> {
  const signature = createHmac("sha256", secret).update(`${id}.${now_s}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": String(now_s), "webhook-signature": `v1,${signature}` };
}

/** 2xx is delivered; a timeout, too many requests and the receiver's own faults pass; everything else never will. */
export function verdictOn(status: number): Verdict {
  if (status >= 200 && status < 300) return "delivered";
  return status === 408 || status === 429 || status >= 500 ? "later" : "never";
}

/**
 * A secret as Standard Webhooks write it: `whsec_` and base64.
 * @throws AppError `WEBHOOK_SECRET`, which never holds it.
 */
export function readSecret(text: string): Uint8Array {
  const secret = Buffer.from(text.trim().replace(/^whsec_/, ""), "base64");
  if (secret.byteLength >= SECRET_BYTES_MIN && secret.byteLength <= SECRET_BYTES_MAX) return secret;
  const mend = "make one with: printf 'whsec_%s' \"$(openssl rand -base64 32)\"";
  throw new AppError(
    "WEBHOOK_SECRET",
    `The secret must be base64 of ${SECRET_BYTES_MIN} to ${SECRET_BYTES_MAX} bytes; ${mend}.`,
  );
}

/** @throws AppError `WEBHOOK_URL`: events leave this machine encrypted or not at all. */
export function readUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && LOOPBACK.has(url.hostname));
  if (url && isSafe && url.username === "" && url.password === "") return url;
  throw new AppError("WEBHOOK_URL", "The url must be https://… without a name and password in it.");
}
