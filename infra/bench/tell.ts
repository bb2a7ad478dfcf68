/** What benches print: a line a figure. */
export const say = (line: string): void => void process.stdout.write(`${line}\n`);
/** A figure and its budget; a missed one is shown as such, and is no failure: this is a measurement. */
export function tell(
  what: string,
  value: number,
  unit: string,
  budget?: { readonly least?: number; readonly most?: number },
) {
  const shown = `${value >= 100 ? Math.round(value).toLocaleString("en") : value.toPrecision(3)} ${unit}`;
  if (!budget) return say(`     ${what}: ${shown}`);
  const { least, most } = budget;
  const holds = value >= (least ?? value) && value <= (most ?? value);
  const bound = least === undefined ? `at most ${most}` : `at least ${least}`;
  say(`${holds ? "ok  " : "MISS"} ${what}: ${shown} (${bound})`);
}
