import type { Health } from "../api/types.ts";
import type { MessageKey } from "../messages/translate.ts";
import { HEALTH_WORDS } from "./health-words.ts";

export type Part = Health["parts"][number];

/** What a part is called and what to do when it does not run; `of` is whose it is, as the camera's id. */
export type Told = {
  readonly name: MessageKey;
  /** What keeps it from its work, where the town knows. */
  readonly says?: MessageKey;
  readonly todo: MessageKey;
  readonly of: string;
};

/** Names as the town gives them; what follows the first words is whose it is. */
const PARTS: readonly (readonly [name: RegExp, MessageKey, MessageKey])[] = [
  [/^camera status$/, "part.camera-status", "todo.other"],
  [/^camera settings$/, "part.camera-settings", "todo.settings"],
  [/^camera (?<of>.+)$/, "part.camera", "todo.camera"],
  [/^settings$/, "part.settings", "todo.settings"],
  [/^requests of people filmed$/, "part.requests", "todo.requests"],
  [/^reminders$/, "part.reminders", "todo.other"],
  [/^personal fields$/, "part.personal-fields", "todo.disk"],
  [/^cameras$/, "part.cameras", "todo.cameras"],
  [/^feed (?<of>.+)$/, "part.feed", "todo.feed"],
  [/^webhook (?<of>.+)$/, "part.webhook", "todo.webhook"],
  [/^neighbour (?<of>.+)$/, "part.neighbour", "todo.neighbour"],
  [/^positions onward to (?<of>.+)$/, "part.onward", "todo.onward"],
  [/^tracker gateway$/, "part.gateway", "todo.gateway"],
  [/^timetables$/, "part.timetables", "todo.timetables"],
  [/^transit$/, "part.transit", "todo.other"],
  [/^indexer$/, "part.indexer", "todo.disk"],
  [/^index retention$/, "part.index-retention", "todo.disk"],
  [/^history$/, "part.history", "todo.disk"],
  [/^audit log$/, "part.audit", "todo.audit"],
  [/^certificate$/, "part.certificate", "todo.certificate"],
  [/^(?:relay to|settings of|recordings for) the region$/, "part.region", "todo.region"],
  [/^receiver$/, "part.receiver", "todo.region"],
];

export function told({ name: part, code }: Pick<Part, "name" | "code">): Told {
  const [says, exact] = (code && HEALTH_WORDS[code]) ?? [];
  for (const [pattern, name, todo] of PARTS) {
    const found = pattern.exec(part);
    if (found) return { name, todo: exact ?? todo, of: found.groups?.["of"] ?? "", ...(says && { says }) };
  }
  return { name: "part.other", todo: exact ?? "todo.other", of: part, ...(says && { says }) };
}

/** What runs and yet is to be seen to: a code without standing still. */
export function isTold({ running, code }: Pick<Part, "running" | "code">): boolean {
  return !running || code !== undefined;
}

/** Whose sentence holds more than the words of its code: an error of a server, a problem of the settings. */
const MORE: ReadonlySet<string> = new Set([
  "settings-refused",
  "camera-settings-refused",
  "neighbour-lost",
  "certificate-unusable",
  "checkpoint-unsent",
  "audit-room",
]);

/** Whether the words of the page say all that the town says. */
export function isSaidWhole({ code }: Pick<Part, "code">): boolean {
  return code !== undefined && !MORE.has(code);
}

/** What stands still first, and of that what the town cannot do without; then by name. */
export function byUrgency(parts: readonly Part[]): readonly Part[] {
  const rank = (part: Part) => (part.running ? (isTold(part) ? 2 : 3) : part.required ? 0 : 1);
  return parts.toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}
