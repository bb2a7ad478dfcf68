import { readFile } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { AppError, messageOf } from "@yardline/domain/errors";
import { type Message, readMessage } from "@yardline/publishing/realtime-check/message";
import { planOf } from "@yardline/publishing/realtime-check/plan";
import type { Breach } from "@yardline/publishing/realtime-check/rule";
import { checkRealtime } from "@yardline/publishing/realtime-check/rules";
import { readFeed } from "@yardline/timetable/check/check-gtfs";
import { defineVerb, type Given, optionalFlag, textFlag, UsageError, type World } from "../verb.ts";

/** Places of one rule that are printed a look; all of them are counted. */
const PLACES_MAX = 5;
/** A feed that answers slower is down. */
const FETCH_MS_MAX = 10_000;

/** Holds a realtime feed against the rules of the canonical validator. */
export const gtfsRt = defineVerb({
  name: "gtfs-rt",
  summary: "Finds what is wrong with GTFS-Realtime feeds: the 57 rules of the canonical validator.",
  usage: "check --gtfs FILE.zip FEED… [--every SECONDS] [--at TIME] [--json]",
  example:
    "./yardline gtfs-rt check --gtfs timetable.zip http://localhost:8080/gtfs-realtime/trip-updates.pb",
  flags: {
    gtfs: { type: "string", help: "The timetable that the feeds speak of." },
    every: {
      type: "string",
      help: "Look again so often, in seconds, until stopped; changes are checked too.",
    },
    at: { type: "string", help: "Judge recorded feeds as of this instant, as 2026-03-01T12:00:00Z." },
    json: { type: "boolean", help: "Print each breach as a line of JSON." },
  },
  positionals: { min: 2, max: 9 },
  async run(given, world) {
    const [word, ...feeds] = given.positionals;
    if (word !== "check") throw new UsageError(`gtfs-rt: there is no "${word}"; there is "check"`);
    const every_s = everyOf(given);
    const at_ms = atOf(given);
    const plan = planOf(await readFeed(textFlag(given, "gtfs")));
    let before: readonly Message[] = [];
    let errors = 0;
    do {
      const messages = await Promise.all(feeds.map((feed) => fetched(feed, world.signal)));
      const now_ms = at_ms ?? world.clock.now_ms();
      for (const [i, message] of messages.entries()) {
        const previous = before[i];
        const look = { message, ...(previous && { before: previous }), together: messages, plan, now_ms };
        errors += tell(feeds[i] ?? "", [...checkRealtime(look)], Boolean(given.flags["json"]), world);
      }
      before = messages;
      if (every_s !== undefined)
        await setTimeout(every_s * 1000, undefined, { signal: world.signal }).catch(() => undefined);
    } while (every_s !== undefined && !world.signal.aborted);
    return errors === 0 ? 0 : 1;
  },
});

/** @returns how many of them are errors. */
function tell(feed: string, breaches: readonly Breach[], json: boolean, { stdout, stderr }: World): number {
  const errors = breaches.filter(({ rule }) => rule.startsWith("E")).length;
  if (json) for (const each of breaches) stdout.write(`${JSON.stringify({ feed, ...each })}\n`);
  else
    for (const [rule, ofRule] of Map.groupBy(breaches, ({ rule }) => rule)) {
      stdout.write(`${rule} ${feed} (${ofRule.length})\n`);
      for (const { entity, text } of ofRule.slice(0, PLACES_MAX)) stdout.write(`  ${entity}: ${text}\n`);
    }
  stderr.write(`${feed}: ${errors} errors, ${breaches.length - errors} warnings\n`);
  return errors;
}

async function fetched(feed: string, signal: AbortSignal): Promise<Message> {
  return readMessage(await bytesOf(feed, signal));
}

async function bytesOf(feed: string, signal: AbortSignal): Promise<Uint8Array> {
  try {
    if (!/^https?:\/\//.test(feed)) return await readFile(feed);
    const response = await fetch(feed, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(FETCH_MS_MAX)]),
    });
    if (!response.ok) throw new Error(`it answers ${response.status}`);
    return await response.bytes();
  } catch (cause) {
    const text = `${feed} cannot be read: ${messageOf(cause)}; check the path or address.`;
    throw new AppError("GTFS_REALTIME_UNREACHABLE", text, { cause });
  }
}

function everyOf(given: Given): number | undefined {
  const text = optionalFlag(given, "every");
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (!(seconds >= 1 && seconds <= 3600)) throw new UsageError("--every must be 1 to 3600 seconds");
  return seconds;
}

function atOf(given: Given): number | undefined {
  const text = optionalFlag(given, "at");
  if (text === undefined) return undefined;
  const at_ms = Date.parse(text);
  if (Number.isNaN(at_ms))
    throw new UsageError(`--at must be an instant as 2026-03-01T12:00:00Z, not ${text}`);
  return at_ms;
}
