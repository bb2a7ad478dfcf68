import { AppError, messageOf } from "@yardline/domain/errors";
import acme from "acme-client";
import type { Pair } from "./certificate.ts";

/** Answers to an authority that asks whether the name is ours, by the token that it asks for. */
export type Challenges = Map<string, string>;

export type AcmeOptions = {
  readonly name: string;
  /** The authority's directory (RFC 8555 7.1.1). */
  readonly directory: string;
  /** Where it writes to when something ends; it may do without. */
  readonly email?: string;
  readonly account_key: string;
  /** Served at `/.well-known/acme-challenge/` while it asks. */
  readonly challenges: Challenges;
  /** Between two questions whether it is done; longer with each. */
  readonly poll_ms?: number;
};

const ORDER_MS_MAX = 5 * 60_000;
const POLLS_MAX = 12;
const POLL_MS = 1_000;
const POLL_MS_MAX = 20_000;

/**
 * Orders a certificate by RFC 8555, proving by HTTP-01 that the name is ours. The key is new each time.
 * @throws AppError `ACME_FAILED` (retryable) with the authority's own words.
 */
export async function orderCertificate(options: AcmeOptions): Promise<Pick<Pair, "cert" | "key">> {
  const { name, directory, email, account_key, challenges, poll_ms = POLL_MS } = options;
  // We wait and try again ourselves, much later: the library would within seconds, on an authority that asked for the contrary.
  Object.assign(acme.axios.defaults, { acmeSettings: { retryMaxAttempts: 0, retryDefaultDelay: 0 } });
  const client = new acme.Client({
    directoryUrl: directory,
    accountKey: account_key,
    backoffAttempts: POLLS_MAX,
    backoffMin: poll_ms,
    backoffMax: POLL_MS_MAX,
  });
  try {
    const key = await acme.crypto.createPrivateEcdsaKey("P-256");
    const [, csr] = await acme.crypto.createCsr({ commonName: name, altNames: [name] }, key);
    const order = client.auto({
      csr,
      ...(email !== undefined && { email }),
      termsOfServiceAgreed: true,
      // A box behind a router cannot ask itself by its public name.
      skipChallengeVerification: true,
      challengePriority: ["http-01"],
      challengeCreateFn: async (_, { token }, answer) => void challenges.set(token, answer),
      challengeRemoveFn: async (_, { token }) => void challenges.delete(token),
    });
    return { cert: await within(order, ORDER_MS_MAX), key: key.toString() };
  } catch (cause) {
    const message = `${new URL(directory).hostname} gave no certificate for ${name}: ${messageOf(cause).slice(0, 300)}`;
    throw new AppError("ACME_FAILED", message, { retryable: true, cause });
  }
}

/** The library waits as long as it is told to; we do not. */
async function within<Value>(work: Promise<Value>, ms: number): Promise<Value> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error("it took too long")), ms);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
