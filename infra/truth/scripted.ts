import type { RaisedAt } from "./raised-on.ts";

/** What happens in a recording: the rule that must raise it, and the first moment at which it may. */
export type Scripted = { readonly rule: string; readonly due_s: number };

export type Compared = Scripted & {
  /** Undefined: it was not raised. */
  readonly raised_s: number | undefined;
};

/** Raised before its time by no more than a picture and the trembling of a box, and late by no more than `late_max_s`. */
const EARLY_MAX_S = 0.5;

/** Gives each happening, in their order, the first raise of its rule that fits it; what is left over was raised for nothing. */
export function compare(
  scripted: readonly Scripted[],
  raised: readonly RaisedAt[],
  late_max_s: number,
): { readonly compared: readonly Compared[]; readonly forNothing: readonly RaisedAt[] } {
  const left = [...raised];
  const compared = scripted.map((each) => {
    const at = left.findIndex(
      ({ rule, raised_s }) =>
        rule === each.rule && raised_s >= each.due_s - EARLY_MAX_S && raised_s <= each.due_s + late_max_s,
    );
    return { ...each, raised_s: at < 0 ? undefined : left.splice(at, 1)[0]?.raised_s };
  });
  return { compared, forNothing: left };
}

/** For a person to read. */
export function tableOf(compared: readonly Compared[]): string {
  return compared
    .map(
      ({ rule, due_s, raised_s }) =>
        `${rule.padEnd(16)} due ${due_s.toFixed(1)} s, raised ${raised_s?.toFixed(1) ?? "never"} s`,
    )
    .join("\n");
}
