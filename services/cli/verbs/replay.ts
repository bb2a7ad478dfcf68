import { once } from "node:events";
import { createServer } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { AppError, messageOf } from "@yardline/domain/errors";
import { ReplayedFeed } from "../replayed-feed.ts";
import { defineVerb, type Given, optionalFlag, textFlag, UsageError, type World } from "../verb.ts";
import { badRowsText, type PositionRow, readPositions } from "./positions-csv.ts";

const PORT = 8090;
const SPEED_MAX = 1_000;
/** How often it is looked whether the recording is over. */
const LOOK_EVERY_MS = 100;

/** A recording as a live feed: a running town takes it as it takes any other. */
export const replay = defineVerb({
  name: "replay",
  summary: "Plays recorded positions as a live GTFS-Realtime feed.",
  usage: "--positions CSV[.gz] [--speed N] [--from TIME] [--port N] [--timezone ZONE]",
  example: "./yardline replay --positions day.csv.gz --from 2015-06-07T07:00:00-05:00",
  flags: {
    positions: {
      type: "string",
      help: "CSV with vehicle_id, timestamp, latitude, longitude, and perhaps trip_id, route_id, speed (m/s), bearing.",
    },
    speed: { type: "string", help: `Seconds of the recording in a second, up to ${SPEED_MAX} (1).` },
    from: {
      type: "string",
      help: "Begin with this instant of the recording, as in 2026-03-01T07:00:00Z (its first).",
    },
    port: { type: "string", help: `Where it is served on this machine (${PORT}); 0 takes any free one.` },
    timezone: { type: "string", help: "The zone of timestamps that name none (UTC)." },
  },
  async run(given, world) {
    const speed = numberFlag(given, "speed", 1, { min: 0.01, max: SPEED_MAX });
    const port = numberFlag(given, "port", PORT, { min: 0, max: 65_535 });
    const from_ms = momentFlag(given);
    const now_ms = world.clock.now_ms();
    const reading = { timezone: optionalFlag(given, "timezone") ?? "UTC", now_ms };
    const { reports, bad } = await readPositions(textFlag(given, "positions"), reading);
    const begins_ms = from_ms ?? reports[0]?.fix.at_ms;
    if (begins_ms === undefined || !reports.some(({ fix }) => fix.at_ms >= begins_ms)) {
      throw new AppError("REPLAY_EMPTY", `There is nothing to play${badRowsText(bad)}.`);
    }
    await serve(reports, { begins_ms, speed, port, bad: badRowsText(bad) }, world);
    return 0;
  },
});

type Playing = {
  readonly begins_ms: number;
  readonly speed: number;
  readonly port: number;
  readonly bad: string;
};

async function serve(
  rows: readonly PositionRow[],
  { begins_ms, speed, port, bad }: Playing,
  { clock, signal, stderr }: World,
): Promise<void> {
  const feed = new ReplayedFeed(rows, { from_ms: begins_ms, began_ms: clock.now_ms(), speed });
  const server = createServer((_asked, answer) => {
    answer.setHeader("content-type", "application/x-protobuf");
    answer.end(feed.feedAt(clock.now_ms()));
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening").catch((cause: unknown) => {
    throw new AppError(
      "PORT_TAKEN",
      `Port ${port} cannot be used: ${messageOf(cause)}. Choose another --port.`,
    );
  });
  const bound = server.address();
  const url = `http://127.0.0.1:${typeof bound === "object" && bound ? bound.port : port}/vehicle-positions.pb`;
  stderr.write(`${rows.length} positions are played at ${url}${bad}.\n`);
  stderr.write(`In town.yaml: feeds: [{ name: replay, format: gtfs-realtime, url: "${url}", every_s: 5 }]\n`);
  while (!signal.aborted && !feed.isOver(clock.now_ms())) {
    await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
  server.closeAllConnections();
  server.close();
  stderr.write(signal.aborted ? "stopped before the end\n" : "the recording is over\n");
}

function numberFlag(
  given: Given,
  name: string,
  usual: number,
  { min, max }: { readonly min: number; readonly max: number },
): number {
  const text = optionalFlag(given, name);
  const value = text === undefined ? usual : Number(text || Number.NaN);
  if (value >= min && value <= max) return value;
  throw new UsageError(`--${name} must be a number from ${min} to ${max}, not ${text}`);
}

function momentFlag(given: Given): number | undefined {
  const text = optionalFlag(given, "from");
  const at_ms = text === undefined ? undefined : Date.parse(text);
  if (!Number.isNaN(at_ms)) return at_ms;
  throw new UsageError(`--from must be an instant like 2026-03-01T07:00:00Z, not ${text}`);
}
