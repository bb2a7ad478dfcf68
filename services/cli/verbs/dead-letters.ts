import { join } from "node:path";
import type { DeadLetter } from "@yardline/bus/dead-letter";
import { openEmbeddedBus } from "@yardline/bus/embedded";
import type { EventBus } from "@yardline/bus/event-bus";
import { openKafkaBus } from "@yardline/bus/kafka";
import { listDeadLetters, retryDeadLetters } from "@yardline/indexer/retry-dead-letters";
import { serversOf } from "@yardline/town/servers";
import { defineVerb, UsageError, type World } from "../verb.ts";

const text = { type: "string" } as const;
/** What is shown of a body. */
const SHOWN_CHARS_MAX = 200;

/** Shows the messages that could not be read, and reads them again after an upgrade. */
export const deadLetters = defineVerb({
  name: "dead-letters",
  summary: "Shows the messages that could not be read, or reads them again.",
  usage: "list|retry [--bus kafka://HOST:PORT|@FILE | --data FOLDER]",
  example: "./yardline dead-letters list --data /var/lib/yardline/town",
  flags: {
    bus: { ...text, help: "kafka://host:9092,…[/prefix] or @FILE that holds it; or YARDLINE_BUS." },
    data: { ...text, help: "Folder of a town that does not run now (.yardline/town)." },
  },
  positionals: { min: 1, max: 1 },
  async run({ flags, positionals: [what = ""] }, world) {
    const work = { list, retry }[what];
    if (!work) throw new UsageError(`dead-letters: there is list and retry, no "${what}"`);
    if (flags["bus"] !== undefined && flags["data"] !== undefined) {
      throw new UsageError("dead-letters: give --bus or --data, not both");
    }
    const bus = await openBus(flags["data"], (await serversOf(flags, world.env)).bus, world);
    try {
      await work(bus, world);
    } finally {
      await bus.close();
    }
    return 0;
  },
});

function openBus(data: unknown, url: string | undefined, { clock, root }: World): Promise<EventBus> {
  if (typeof data !== "string" && url !== undefined) return openKafkaBus({ url, clock });
  const folder = typeof data === "string" ? data : join(root, ".yardline/town");
  return openEmbeddedBus({ folder: join(folder, "bus"), clock });
}

async function list(bus: EventBus, { stdout, signal }: World): Promise<void> {
  const { letters, waiting } = await listDeadLetters(bus, signal);
  for (const letter of letters) stdout.write(`${lineOf(letter)}\n`);
  const more = letters.length < waiting ? `, the ${letters.length} newest different ones are shown` : "";
  stdout.write(`${waiting} dead letters${more}\n`);
}

function lineOf({ kept_at, topic, position, source, key, reason, bytes, body_base64 }: DeadLetter): string {
  const body = Buffer.from(body_base64, "base64").toString().slice(0, SHOWN_CHARS_MAX);
  const place = `${topic} ${position} from "${source}" key "${key}"`;
  // Strangers wrote this, and nothing of theirs may steer the terminal.
  const [head, text] = [`${kept_at} ${place}, ${bytes} bytes: ${reason}`, body].map((part) =>
    part.replaceAll(/\p{Cc}/gu, "\uFFFD"),
  );
  return `${head}\n  ${text}`;
}

async function retry(bus: EventBus, { stdout, clock, signal }: World): Promise<void> {
  const { republished, stayed, dropped } = await retryDeadLetters(bus, clock.now_ms(), signal);
  const old = dropped > 0 ? `, ${dropped} dropped (too old, or no dead letters)` : "";
  stdout.write(`${republished} can be read now and were published again, ${stayed} stay${old}\n`);
}
