import type { View } from "@yardline/frames/view";
import type { Measure, Progress } from "@yardline/rules/scene/progress";
import type { RuleProgress } from "@yardline/rules/scene/scene-watch";
import { troubleOf } from "@yardline/rules/scene/tampering";
import type { Watched } from "./watching.ts";

/** A line of the panel: `alarm` for what is raised, `doubt` for what is kept from it, `faint` for what is not at work. */
export type PanelLine = { readonly text: string; readonly tone: "plain" | "alarm" | "doubt" | "faint" };

/** Of one rule so many things are told, what is raised first. */
const ITEMS_MAX = 5;

/** The end of a UUID differs from track to track, its beginning may be a time. */
export function shortOf(id: string): string {
  return id.slice(-4);
}

const GATE_SAYS: Readonly<Record<string, string>> = {
  first: "looked: first picture",
  light: "looked: the light changed",
  moved: "looked: something moved",
  sure: "looked: to be sure",
  still: "not looked: nothing new",
  expected: "not looked: who moves is where expected",
};

/** The time, whether the detector looked and why. */
export function gateLines(
  { at_ms, why, detections }: Watched,
  followed: number,
  start_ms: number,
): readonly PanelLine[] {
  const said = GATE_SAYS[why] ?? `${detections ? "looked" : "not looked"}: ${why}`;
  const boxes = detections ? `, ${detections.length} boxes` : "";
  return [
    plain(`${((at_ms - start_ms) / 1000).toFixed(1)} s ${said}`),
    plain(`${followed} followed${boxes}`),
  ];
}

/** How the camera itself sees. */
export function viewLines(view: View): readonly PanelLine[] {
  const { brightness, contrast, sharpness, lost, unlike, blind, shift } = view;
  const trouble = troubleOf(view);
  const edges = lost === undefined ? "edges not known yet" : `edges lost ${percent(lost)}`;
  return [
    plain(`light ${Math.round(brightness)} contrast ${Math.round(contrast)} sharp ${sharpness.toFixed(2)}`),
    plain(`${edges}, unlike the scene ${percent(unlike)}`),
    ...(shift ? [doubt(`turned by ${shift.across.toFixed(2)} ${shift.down.toFixed(2)}`)] : []),
    ...(trouble ? [alarm(`camera ${trouble}`)] : []),
    ...(blind ? [doubt("scene not to be seen: nothing learnt")] : []),
  ];
}

/** One rule: its place, what keeps all of it back, and how far it has come with each thing. */
export function ruleLines({
  rule,
  zone,
  works,
  cools_s,
  swallowed,
  items,
}: RuleProgress): readonly PanelLine[] {
  const name = [rule, zone ?? ""].join(" ").trim();
  if (!works) return [{ text: `${name}: closed by its schedule`, tone: "faint" }];
  // The camera's own rules are silent while nothing is wrong.
  if (zone === undefined && items.length === 0) return [];
  const head = cools_s > 0 ? doubt(`${name}: cools down ${cools_s.toFixed(0)} s`) : plain(name);
  const sorted = [...items.filter(({ open }) => open), ...items.filter(({ open }) => !open)];
  const more = items.length - ITEMS_MAX;
  return [
    head,
    ...(items.length === 0 ? [{ text: "  nothing there that it looks for", tone: "faint" } as const] : []),
    ...(swallowed > 0 ? [doubt(`  ${swallowed} not told: began while it cooled`)] : []),
    ...sorted.slice(0, ITEMS_MAX).map(itemLine),
    ...(more > 0 ? [plain(`  and ${more} more`)] : []),
  ];
}

function itemLine({ track, open, measures, hindered }: Progress): PanelLine {
  const about = track === undefined ? "" : `${shortOf(track)} `;
  const why = hindered === undefined ? "" : `${hindered}: `;
  const text = `  ${about}${why}${measures.map(wordsOf).join(", ")}`;
  if (open) return alarm(text);
  return hindered === undefined ? plain(text) : doubt(text);
}

/** As `stays 12/30 s`; what may not be more, as `shape 0.9 (most 0.5)`. */
export function wordsOf({ name, has, least, most, unit = "" }: Measure): string {
  const wanted = least === undefined ? "" : `/${least}`;
  const limit = most === undefined ? "" : ` (most ${most})`;
  return `${name} ${has}${wanted} ${unit}`.trimEnd() + limit;
}

const INDENT = "    ";

/** A long line as several, broken between words where it can be. */
export function wrap({ text, tone }: PanelLine, letters_max: number): readonly PanelLine[] {
  if (text.length <= letters_max) return [{ text, tone }];
  const space = text.lastIndexOf(" ", letters_max);
  const at = space > INDENT.length ? space : letters_max;
  const rest = { text: INDENT + text.slice(at).trimStart(), tone };
  return [{ text: text.slice(0, at), tone }, ...wrap(rest, letters_max)];
}

export function plain(text: string): PanelLine {
  return { text, tone: "plain" };
}

function alarm(text: string): PanelLine {
  return { text, tone: "alarm" };
}

function doubt(text: string): PanelLine {
  return { text, tone: "doubt" };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
