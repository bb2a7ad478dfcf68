import type { View } from "../page/view.ts";
import type { QueueGroup } from "./queue-groups.ts";

type Shown = {
  readonly group: QueueGroup;
  readonly to: Pick<View, "at">;
  readonly chosen: boolean;
  readonly reachable: boolean;
  readonly editor: string | undefined;
};

/** Whether two drawings of a row would be one: groups are made anew with each event, of which one concerns one row of four hundred. */
export function sameRow(a: Shown, b: Shown): boolean {
  return (
    a.chosen === b.chosen &&
    a.reachable === b.reachable &&
    a.editor === b.editor &&
    sameGroup(a.group, b.group) &&
    a.to.at?.desk === b.to.at?.desk &&
    a.to.at?.path === b.to.at?.path &&
    a.to.at?.search === b.to.at?.search
  );
}

function sameGroup(a: QueueGroup, b: QueueGroup): boolean {
  return (
    a.incident === b.incident &&
    a.lead === b.lead &&
    a.severity === b.severity &&
    a.at_ms === b.at_ms &&
    a.events.length === b.events.length
  );
}
