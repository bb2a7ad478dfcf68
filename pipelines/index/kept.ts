import type { YardlineEvent } from "@yardline/events/event";
import { anchorOf } from "@yardline/events/identity";
import { Packer } from "./packer.ts";
import { tagsOf, termsOf } from "./terms.ts";
import { unpack } from "./unpack.ts";

/** A statement as it is kept. Withdrawn ones have neither tags nor words: nothing finds them. */
export type Kept = {
  readonly occurrence: string;
  readonly revision: number;
  /** The tags that are counted, spaces between. */
  readonly tags: string;
  /** Everything else that it is found by, spaces between. */
  readonly words: string;
  readonly body: Uint8Array;
};

/** Statements on their way between threads: few long things are copied quicker than many small ones. */
export type Batch = {
  readonly occurrences: readonly string[];
  readonly revisions: readonly number[];
  readonly tags: readonly string[];
  readonly words: readonly string[];
  /** Where each body ends. */
  readonly ends: readonly number[];
  readonly bodies: Uint8Array;
};

/** An event that is nested too deep gets a body of no bytes. */
export function batchOf(events: readonly YardlineEvent[]): Batch {
  const packer = new Packer();
  const shown = (event: YardlineEvent) => event.state !== "withdrawn";
  return {
    occurrences: events.map(({ occurrence }) => occurrence),
    revisions: events.map(({ revision }) => revision),
    tags: events.map((event) => (shown(event) ? [...tagsOf(event)].join(" ") : "")),
    words: events.map((event) => (shown(event) ? termsOf(event).join(" ") : "")),
    ends: events.map((event) => {
      packer.tryWrite(bodyOf(event), anchorOf(event.occurrence));
      return packer.length;
    }),
    bodies: packer.take(),
  };
}

export function keptIn({ occurrences, revisions, tags, words, ends, bodies }: Batch): Kept[] {
  return occurrences.map((occurrence, at) => ({
    occurrence,
    revision: revisions[at] ?? 0,
    tags: tags[at] ?? "",
    words: words[at] ?? "",
    body: bodies.subarray(ends[at - 1] ?? 0, ends[at]),
  }));
}

/** What the key and the revision do not tell already. */
function bodyOf(event: YardlineEvent): Partial<YardlineEvent> {
  const { occurrence, revision, id, ...body } = event;
  return id === `${occurrence}.${revision}` ? body : { ...body, id };
}

/** The event that was kept. */
export function eventOf({
  occurrence,
  revision,
  body,
}: Pick<Kept, "occurrence" | "revision" | "body">): YardlineEvent {
  const rest = unpack(body, anchorOf(occurrence)) as YardlineEvent;
  return { ...rest, id: rest.id ?? `${occurrence}.${revision}`, occurrence, revision };
}
