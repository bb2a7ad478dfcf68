import { setTimeout as delay } from "node:timers/promises";
import { messageOf } from "@yardline/domain/errors";
import type { PushKeys } from "@yardline/reminders/push-keys";
import type { PushAddress } from "@yardline/reminders/reminder";
import webPush from "web-push";

/** A push service that has not answered by then is tried again. */
const ANSWER_MS_MAX = 10_000;
/** What is about to come is not worth telling for longer: then the push service forgets it. */
const TTL_S = 15 * 60;
const TRIES_MAX = 4;
/** The first wait, doubled each time. */
const RETRY_MS_MIN = 2_000;
/** RFC 8030: a name of at most 32 characters, under which a newer message takes the place of an older one. */
const TOPIC_CHARS = 32;

export type PushParts = {
  readonly keys: PushKeys;
  /** RFC 8292: whom the push service can ask about us, a `mailto:` or `https:` address. */
  readonly contact: string;
  readonly fetch: typeof fetch;
  readonly signal: AbortSignal;
  /** Between tries; as `setTimeout` of node:timers/promises. */
  readonly wait?: (ms: number) => Promise<unknown>;
};

/** `gone`: the browser has given the address up. */
export type PushFate =
  | { readonly fate: "told" }
  | { readonly fate: "gone" }
  | { readonly fate: "gave-up"; readonly why: string };

/** Tells one browser something, encrypted for it alone; tries a few times while the push service has trouble. */
export async function sendPush(
  address: PushAddress,
  text: string,
  topic: string,
  parts: PushParts,
): Promise<PushFate> {
  const { signal, wait = (ms) => delay(ms, undefined, { signal }) } = parts;
  const message = sealed(address, text, topic, parts);
  if (!message) return { fate: "gave-up", why: "its keys are none" };
  let why = "it was told to stop";
  for (let tries = 1; tries <= TRIES_MAX && !signal.aborted; tries += 1) {
    if (tries > 1) await wait(RETRY_MS_MIN * 2 ** (tries - 2)).catch(() => undefined);
    const answer = await attempt(message, parts);
    if (answer.verdict === "told" || answer.verdict === "gone") return { fate: answer.verdict };
    why = answer.why;
    if (answer.verdict === "never") break;
  }
  return { fate: "gave-up", why };
}

type Message = ReturnType<typeof webPush.generateRequestDetails>;

/** @returns undefined where the browser's keys are none: the library throws whatever it finds. */
function sealed(
  { endpoint, keys: { p256dh, auth } }: PushAddress,
  text: string,
  topic: string,
  { keys, contact }: PushParts,
): Message | undefined {
  try {
    return webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, text, {
      vapidDetails: { subject: contact, publicKey: keys.public_key, privateKey: keys.private_key },
      contentEncoding: "aes128gcm",
      ...{ TTL: TTL_S, urgency: "high", topic: topic.slice(0, TOPIC_CHARS) },
    });
  } catch {
    return undefined;
  }
}

type Verdict = "told" | "gone" | "never" | "later";

async function attempt(
  { endpoint, method, headers, body }: Message,
  { fetch: send, signal }: PushParts,
): Promise<{ readonly verdict: Verdict; readonly why: string }> {
  try {
    const answer = await send(endpoint, {
      ...{
        method,
        body: new Uint8Array(body ?? []),
        signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS_MAX)]),
      },
      headers: Object.entries(headers).map(([name, value]) => [name, String(value)] as [string, string]),
      // Only known push services are called: what they answer sends us nowhere else.
      redirect: "manual",
    });
    await answer.body?.cancel();
    return { verdict: verdictOn(answer.status), why: `it answered ${answer.status}` };
  } catch (thrown) {
    const cause = thrown instanceof Error && thrown.cause ? thrown.cause : thrown;
    return { verdict: "later", why: messageOf(cause) };
  }
}

function verdictOn(status: number): Verdict {
  if (status >= 200 && status < 300) return "told";
  if (status === 404 || status === 410) return "gone";
  return status === 429 || status >= 500 ? "later" : "never";
}
