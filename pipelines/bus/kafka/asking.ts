import { setTimeout as delay } from "node:timers/promises";
import type { AppError } from "@yardline/domain/errors";
import type { Admin } from "kafkajs";
import type { ClientMaker } from "./client.ts";
import { failureOf } from "./failure.ts";

/** Tries of one question: a leader that was killed is replaced within seconds. */
const TRIES_MAX = 4;
const RETRY_MS = 500;

/** Asks the brokers about topics and groups. */
export type Asking = {
  /** @throws AppError as `failureOf` gives it, after some tries. */
  ask<Answer>(question: (admin: Admin) => Promise<Answer>): Promise<Answer>;
  close(): Promise<void>;
};

/** @throws AppError `BUS_UNAVAILABLE`, `BUS_REFUSED`. */
export async function openAsking(newClient: ClientMaker): Promise<Asking> {
  let admin = connected(newClient);
  await admin.catch((thrown) => {
    throw failureOf(thrown);
  });
  return {
    async ask(question) {
      for (let tries = 1; ; tries++) {
        const used = admin;
        try {
          return await question(await used);
        } catch (thrown) {
          const failure = failureOf(thrown);
          if (!isWorthIt(failure) || tries === TRIES_MAX) throw failure;
          await delay(RETRY_MS);
          // The client does not look for other brokers by itself when those it knew are gone.
          if (admin === used) admin = connected(newClient);
          await used.then((old) => old.disconnect()).catch(() => undefined);
        }
      }
    },
    async close() {
      await admin.then((open) => open.disconnect()).catch(() => undefined);
    },
  };
}

/** A topic that is missing is so for longer than we would wait here. */
function isWorthIt({ retryable, code }: AppError): boolean {
  return retryable && code !== "BUS_TOPICS";
}

async function connected(newClient: ClientMaker): Promise<Admin> {
  const admin = newClient().admin();
  await admin.connect();
  return admin;
}
