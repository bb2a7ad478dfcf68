import { isoOf } from "@yardline/domain/time";
import { BEGINNING, follows, type Head, type Link, readLink } from "./chain.ts";
import type { FoundCheckpoint } from "./checkpoint.ts";
import type { LogLine } from "./log-line.ts";

/** `changed`: not as it was written. `cut`: shorter than a checkpoint says. `rebuilt`: whole, and another than a checkpoint says. */
export type Finding = {
  readonly kind: "changed" | "missing" | "unfinished" | "cut" | "rebuilt" | "checkpoint";
  readonly place: string;
  readonly message: string;
};

export type Verdict = {
  readonly entries: number;
  readonly first: Link | undefined;
  readonly last: Link | undefined;
  readonly findings: readonly Finding[];
  /** Up to how many entries a checkpoint that was kept elsewhere proves it; 0 without one. */
  readonly proven: number;
  /** What cannot be told from what was given, as sentences. */
  readonly unproven: readonly string[];
};

/** Findings that are told one by one; a log that was written over has as many as entries. */
const FINDINGS_MAX = 1_000;

export type Evidence = {
  /** What stands in the place of entries whose time was over; believed where it is signed. */
  readonly notes: readonly FoundCheckpoint[];
  /** What was kept elsewhere. */
  readonly checkpoints: readonly FoundCheckpoint[];
  readonly origin: string;
};

/** Reads a log from its first line to its last and says everything that is not as it must be. */
export async function verifyLog(lines: AsyncIterable<LogLine>, evidence: Evidence): Promise<Verdict> {
  const walk = new Walk(evidence);
  for await (const line of lines) walk.take(line);
  return walk.end();
}

class Walk {
  readonly #evidence: Evidence;
  readonly #findings: Finding[] = [];
  /** The chain's hash at each size that a checkpoint speaks of. */
  readonly #hashes = new Map<number, string | undefined>();
  #entries = 0;
  #first: Link | undefined;
  #last: Link | undefined;
  #head: Head | undefined;
  /** Lines since the last good one that could not be read: the next one cannot be checked against them. */
  #unread = 0;

  constructor(evidence: Evidence) {
    this.#evidence = evidence;
    for (const { size } of evidence.checkpoints) this.#hashes.set(size, undefined);
  }

  take(line: LogLine): void {
    if ("fault" in line) {
      this.#find(line.fault.startsWith("unfinished") ? "unfinished" : "changed", line.place, line.fault);
      return;
    }
    const link = readLink(line.text);
    if (!link) {
      this.#unread++;
      this.#find("changed", line.place, "this entry is not as it was written");
      return;
    }
    if (this.#head) this.#checkLink(line.place, link, this.#head);
    else this.#checkBeginning(line.place, link);
    this.#entries++;
    this.#first ??= link;
    this.#last = link;
    this.#head = link.head;
    this.#unread = 0;
    this.#note({ size: link.entry.seq, hash: link.entry.previous });
    this.#note(link.head);
  }

  end(): Verdict {
    const { proven, unproven } = this.#checkCheckpoints();
    const [first, last] = [this.#first, this.#last];
    return { entries: this.#entries, first, last, findings: this.#findings, proven, unproven };
  }

  #checkLink(place: string, link: Link, head: Head): void {
    if (follows(link, head)) return;
    const { seq } = link.entry;
    // What stood between could not be read, and was told already.
    if (this.#unread > 0 && seq > head.size) return;
    const missing = seq - head.size;
    if (missing > 0) this.#find("missing", place, `${missing} entries before entry ${seq} are missing`);
    else this.#find("changed", place, `entry ${seq} is not linked to entry ${head.size - 1} before it`);
  }

  #checkBeginning(place: string, link: Link): void {
    const { seq, previous } = link.entry;
    if (follows(link, BEGINNING)) return;
    if (this.#unread > 0) return;
    const note = this.#evidence.notes.find(({ size }) => size === seq);
    if (note?.isSigned && note.hash === previous) return;
    const why = note
      ? "the note in the place of what is gone is not its own"
      : "nothing signed stands in the place of what is gone";
    this.#find("missing", place, `the log begins with entry ${seq}, and ${why}`);
  }

  #note({ size, hash }: Head): void {
    if (this.#hashes.has(size) && this.#hashes.get(size) === undefined) this.#hashes.set(size, hash);
  }

  #checkCheckpoints(): Pick<Verdict, "proven" | "unproven"> {
    const { checkpoints, origin } = this.#evidence;
    const size = this.#head?.size ?? 0;
    const begins = this.#first?.entry.seq ?? 0;
    const unproven: string[] = [];
    let proven = 0;
    for (const checkpoint of checkpoints) {
      const place = `checkpoint of ${isoOf(checkpoint.at_ms)}`;
      if (checkpoint.origin !== origin) {
        this.#find("checkpoint", place, `it is of another log: "${checkpoint.origin}", not "${origin}"`);
      } else if (!checkpoint.isSigned) {
        this.#find("checkpoint", place, "it was not signed with this log's key, or was changed");
      } else if (checkpoint.size > size) {
        this.#find("cut", place, `it knows of ${checkpoint.size} entries; the log ends after ${size}`);
      } else if (checkpoint.size < begins) {
        unproven.push(`${place}: it is older than what is kept, so that nothing of it can be compared.`);
      } else if (checkpoint.size > 0 && this.#hashes.get(checkpoint.size) !== checkpoint.hash) {
        this.#find("rebuilt", place, `entry ${checkpoint.size - 1} is not the one that it was made of`);
      } else proven = Math.max(proven, checkpoint.size);
    }
    return { proven, unproven: [...unproven, ...unprovenAfter(proven, size)] };
  }

  #find(kind: Finding["kind"], place: string, message: string): void {
    if (this.#findings.length < FINDINGS_MAX) this.#findings.push({ kind, place, message });
  }
}

function unprovenAfter(proven: number, size: number): readonly string[] {
  const rebuilt = "written anew by somebody who has this machine's key";
  if (proven === 0) {
    const give = "give --checkpoint with one that was kept elsewhere";
    return [`Whether the end was cut off, or all of it ${rebuilt}, cannot be told: ${give}.`];
  }
  if (proven === size)
    return [`Whether entries were cut off since the newest checkpoint cannot be told; up to it none were.`];
  const after = `the ${size - proven} entries since the newest checkpoint`;
  return [
    `Up to entry ${proven - 1} all is proven. Whether ${after} were ${rebuilt}, or others behind them cut off, cannot be told.`,
  ];
}
