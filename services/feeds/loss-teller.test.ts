import { AppError } from "@yardline/domain/errors";
import type { YardlineEvent } from "@yardline/events/event";
import { stateEvent } from "@yardline/events/event-type";
import { transitFeedLost } from "@yardline/events/transit-feed-lost";
import type { Said } from "@yardline/records/revise";
import pino from "pino";
import { expect, test } from "vitest";
import { closeForgottenLosses, openLossTeller } from "./loss-teller.ts";

const T = Date.parse("2026-11-30T09:00:00Z");
const log = pino({ level: "silent" });

function producerIn(open: readonly YardlineEvent[] = []) {
  const said: Said[] = [];
  const failures: AppError[] = [];
  const producer = {
    async state(statements: readonly Said[]) {
      const failure = failures.shift();
      if (failure) throw failure;
      said.push(...statements);
    },
    listOpen: () => open,
  };
  const told = () => said.map(({ source, state, data }) => [source, state, data]);
  return { producer, failures, told };
}

const before = (feed: string) =>
  stateEvent(
    transitFeedLost,
    { feed, since: "2026-11-30T08:00:00.000Z", why: "silent" },
    { source: `feed/${feed}`, tenant: "town", revision: 0, state: "open", severity: "notice" },
  );

test("lost, for another reason, and back is one loss in three statements", async () => {
  const { producer, told } = producerIn();
  const teller = openLossTeller("oblast", { producer, log }, new AbortController().signal);
  teller.take({ kind: "fresh", at_ms: T - 1 });
  teller.take({ kind: "lost", since_ms: T, why: "silent" });
  teller.take({ kind: "lost", since_ms: T, why: "refused" });
  teller.take({ kind: "fresh", at_ms: T + 60_000 });
  await teller.settled();
  const loss = { feed: "oblast", since: "2026-11-30T09:00:00.000Z" };
  expect(told()).toEqual([
    ["feed/oblast", "open", { ...loss, why: "silent" }],
    ["feed/oblast", "updated", { ...loss, why: "refused" }],
    [
      "feed/oblast",
      "closed",
      { ...loss, why: "refused", until: "2026-11-30T09:01:00.000Z", ended: "returned" },
    ],
  ]);
});

test("a loss from before a restart goes on; one of a feed that is no more ours ends as lost", async () => {
  const { producer, told } = producerIn([before("oblast"), before("gone")]);
  await closeForgottenLosses(producer, ["oblast"]);
  const teller = openLossTeller("oblast", { producer, log }, new AbortController().signal);
  teller.take({ kind: "fresh", at_ms: T });
  await teller.settled();
  const since = "2026-11-30T08:00:00.000Z";
  expect(told()).toEqual([
    ["feed/gone", "closed", { feed: "gone", since, why: "silent", ended: "lost" }],
    [
      "feed/oblast",
      "closed",
      { feed: "oblast", since, why: "silent", until: "2026-11-30T09:00:00.000Z", ended: "returned" },
    ],
  ]);
});

test("what can never be said is given up, and what comes after it is said", async () => {
  const { producer, failures, told } = producerIn();
  const teller = openLossTeller("oblast", { producer, log }, new AbortController().signal);
  failures.push(new AppError("EVENT_MALFORMED", "no"));
  teller.take({ kind: "lost", since_ms: T, why: "silent" });
  teller.take({ kind: "lost", since_ms: T, why: "stale" });
  await teller.settled();
  expect(told()).toMatchObject([["feed/oblast", "updated", { why: "stale" }]]);
});
