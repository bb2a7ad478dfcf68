import { AppError } from "@yardline/domain/errors";
import type { Clock } from "@yardline/domain/time";
import type { CheckpointPlace } from "./checkpoint-place.ts";
import type { Post } from "./post.ts";
import { signedHeaders, verdictOn } from "./webhook.ts";

type Receiver = { readonly url: URL; readonly secret: Uint8Array; readonly every_ms: number };

/** A receiver that keeps what it is sent: the note as plain text, signed as every other webhook. */
export function checkpointWebhook(
  { url, secret, every_ms }: Receiver,
  { clock, post }: { readonly clock: Pick<Clock, "now_ms">; readonly post: Post },
): CheckpointPlace {
  return {
    name: "webhook",
    every_ms,
    async send(note, signal) {
      const now_s = Math.floor(clock.now_ms() / 1000);
      const headers = {
        ...signedHeaders(`checkpoint-${now_s}`, note, secret, now_s),
        "content-type": "text/plain; charset=utf-8",
      };
      const status = await post(url, { headers, body: note }, signal);
      if (verdictOn(status) === "delivered") return;
      throw new AppError("CHECKPOINT_REFUSED", `The webhook answered ${status}.`, { retryable: true });
    },
  };
}
