/** What somebody is writing and has not sent. */
export type Draft = {
  readonly text: string;
  /** Names this very text to the server: what was sent and not answered is not kept twice. */
  readonly once: string;
  /** When it was last written at, epoch milliseconds. */
  readonly at_ms: number;
};

/** A draft that nobody came back to is forgotten: it may be about people. */
const KEPT_MS_MAX = 7 * 86_400_000;
const DRAFTS_MAX = 50;
const PREFIX = "yardline.draft.";

type Store = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

/** Drafts by their names, on this device until they are sent. */
export type Drafts = {
  find(name: string): Draft | undefined;
  /** An empty text is no draft. @returns it as it is kept. */
  write(name: string, text: string): Draft | undefined;
  /** It was sent: the next text is another one. */
  drop(name: string): void;
};

/** @param newId as long as an `Idempotency-Key` must be, and never the same twice. */
export function createDrafts(store: Store | undefined, now_ms: () => number, newId: () => string): Drafts {
  // A browser that keeps nothing still keeps it as long as the page is open.
  const memory = new Map<string, Draft>();
  for (const name of namesIn(store).slice(0, DRAFTS_MAX)) {
    const kept = decodeDraft(quietly(() => store?.getItem(PREFIX + name)));
    if (kept && now_ms() - kept.at_ms < KEPT_MS_MAX) memory.set(name, kept);
    else quietly(() => store?.removeItem(PREFIX + name));
  }
  const drop = (name: string) => {
    memory.delete(name);
    quietly(() => store?.removeItem(PREFIX + name));
  };
  return {
    find: (name) => memory.get(name),
    write(name, text) {
      if (text.trim() === "") return void drop(name);
      const draft = { text, once: onceOf(memory.get(name), text) ?? newId(), at_ms: now_ms() };
      memory.set(name, draft);
      quietly(() => store?.setItem(PREFIX + name, JSON.stringify(draft)));
      return draft;
    },
    drop,
  };
}

/** Another text is another note, so it has another name. */
function onceOf(before: Draft | undefined, text: string): string | undefined {
  return before?.text === text ? before.once : undefined;
}

function namesIn(store: Store | undefined): readonly string[] {
  const keys = Array.from({ length: quietly(() => store?.length) ?? 0 }, (_, at) =>
    quietly(() => store?.key(at)),
  );
  return keys.flatMap((key) => (key?.startsWith(PREFIX) ? key.slice(PREFIX.length) : []));
}

function decodeDraft(text: string | null | undefined): Draft | undefined {
  const value = quietly(() => JSON.parse(text ?? "null") as Partial<Draft> | null);
  const whole = typeof value?.text === "string" && typeof value.once === "string" && Number(value.at_ms) > 0;
  return whole ? (value as Draft) : undefined;
}

/** Storage may be full, or forbidden. */
function quietly<Value>(ask: () => Value): Value | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}
