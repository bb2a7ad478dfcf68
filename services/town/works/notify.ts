import { AppError, messageOf } from "@yardline/domain/errors";
import { parseQuery } from "@yardline/index/query";
import { guardedPost } from "@yardline/notifier/post";
import { runWebhook } from "@yardline/notifier/run-webhook";
import { readSecret, readUrl, type Webhook } from "@yardline/notifier/webhook";
import type { TownConfig } from "../config.ts";
import { readSecretText, type Site } from "../site.ts";

/** Tells the webhooks of the settings of events as they happen. @throws AppError `TOWN_CONFIG` for one that cannot be meant. */
export async function startNotifying(site: Site, signal: AbortSignal): Promise<void> {
  const { config, stores, parts, clock, log } = site;
  const hooks = await Promise.all((config.webhooks ?? []).map((hook) => readWebhook(hook, site)));
  if (hooks.length === 0) return;
  const bus = await stores.bus();
  for (const hook of hooks) {
    const running = runWebhook(hook, { bus, clock, random: Math.random, log, signal, post: guardedPost });
    parts.run(`webhook ${hook.id}`, false, running);
  }
}

type WebhookConfig = NonNullable<TownConfig["webhooks"]>[number];

async function readWebhook({ id, url, secret_file, query }: WebhookConfig, site: Site): Promise<Webhook> {
  try {
    const secret = readSecret(await readSecretText(site, secret_file));
    const where = query === undefined ? undefined : whereOf(query);
    return { id, url: readUrl(url), secret, ...(where && { where }) };
  } catch (cause) {
    throw new AppError("TOWN_CONFIG", `webhook "${id}": ${messageOf(cause)}`, { cause });
  }
}

/** A question without a time: events are told of when they happen. */
function whereOf(text: string) {
  const parsed = parseQuery(text, { now_ms: 0, timezone: "UTC" });
  if (!parsed.ok) {
    const said = parsed.problems.map(({ at, message }) => `at character ${at + 1}: ${message.en}`);
    throw new AppError("TOWN_CONFIG", said.join("; "));
  }
  const { where, ...others } = parsed.query;
  if (Object.keys(others).length > 0)
    throw new AppError("TOWN_CONFIG", "its query may ask for no time and no order");
  return where;
}
