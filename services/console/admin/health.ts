import type { Health } from "../api/types.ts";
import type { MessageKey } from "../messages/translate.ts";

export type Part = Health["parts"][number];

/** What a part is called and what to do when it does not run; `of` is whose it is, as the camera's id. */
export type Told = {
  readonly name: MessageKey;
  readonly todo: MessageKey;
  readonly of: string;
};

/** Names as the town gives them; what follows the first words is whose it is. */
const PARTS: readonly (readonly [name: RegExp, MessageKey, MessageKey])[] = [
  [/^camera status$/, "part.camera-status", "todo.other"],
  [/^camera (?<of>.+)$/, "part.camera", "todo.camera"],
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

export function told(part: Pick<Part, "name">): Told {
  for (const [pattern, name, todo] of PARTS) {
    const found = pattern.exec(part.name);
    if (found) return { name, todo, of: found.groups?.["of"] ?? "" };
  }
  return { name: "part.other", todo: "todo.other", of: part.name };
}

/** What stands still first, and of that what the town cannot do without; then by name. */
export function byUrgency(parts: readonly Part[]): readonly Part[] {
  const rank = ({ running, required }: Part) => (running ? 2 : required ? 0 : 1);
  return parts.toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}
