const DAY_MS = 86_400_000;
/** With the segment that is still written to, less than personal fields may live (`events/fade.ts`). */
const UNCHANGED_MS = 2.5 * DAY_MS;
/** Kafka removes whole segments: a record lives so much longer than it is kept at least. */
export const SEGMENT_MS = DAY_MS / 4;

/** What a topic promises, wherever it is kept. */
export type TopicSettings = {
  /** How many readers of one group can share the work; all records of one source are in one partition. Only ever raised. */
  readonly partitions: number;
  /** Records are kept at least this long. */
  readonly keep_ms: number;
  /** The same where a record cannot be changed, of topics whose records may hold personal fields. */
  readonly keep_unchanged_ms?: number;
  /** Whether only the newest record of each key is kept. */
  readonly compacted: boolean;
  /** Most bytes of one message on the wire, a batch of records included. */
  readonly message_bytes_max: number;
};

/** What Kafka's brokers take by default: a record of `RECORD_BYTES_MAX` with its key, source and envelope. */
const MESSAGE_BYTES_MAX = 1_048_588;

/** The topics of the town, declared once: embedded buses obey them, `./yardline topics apply` tells Kafka. */
export const TOPICS = {
  /** Statements. Transport only: what the index has not read within a week it will not read. */
  events: {
    partitions: 12,
    keep_ms: 7 * DAY_MS,
    keep_unchanged_ms: UNCHANGED_MS,
    compacted: false,
    message_bytes_max: MESSAGE_BYTES_MAX,
  },
  /** Where vehicles are. Read again after a restart for eight hours back. */
  positions: { partitions: 12, keep_ms: 2 * DAY_MS, compacted: false, message_bytes_max: MESSAGE_BYTES_MAX },
  /** How each camera is, said by its edge: the newest counts. */
  cameras: { partitions: 1, keep_ms: DAY_MS, compacted: true, message_bytes_max: MESSAGE_BYTES_MAX },
  /** Messages that nobody could read, until a person has looked. */
  "dead-letters": {
    partitions: 1,
    keep_ms: 30 * DAY_MS,
    keep_unchanged_ms: UNCHANGED_MS,
    compacted: false,
    message_bytes_max: MESSAGE_BYTES_MAX,
  },
} as const satisfies Readonly<Record<string, TopicSettings>>;

export type Topic = keyof typeof TOPICS;

/** Their names, in the order of the declaration. */
export const TOPIC_NAMES: readonly Topic[] = ["events", "positions", "cameras", "dead-letters"];
