import type { OnvifProfile } from "./media.ts";

/** Enough to see people 15 pixels tall in a yard, and cheap to decode. */
const SUB_HEIGHT_PX_MIN = 240;
const SUB_PIXELS_MAX = 1280 * 720;
/** What can be recorded as it comes. */
const COPIED = new Set(["H264", "H265"]);

/** Which of a device's profiles to record, and which to look at; one alone where a second one would save nothing. */
export type ChosenStreams = { readonly main: OnvifProfile; readonly sub?: OnvifProfile };

/**
 * The largest stream that can be recorded as it comes, H.264 before H.265 of the same size, and beside it the smallest one of the same lens
 * that still shows people: with H.264, which is half the work to decode.
 */
export function chooseStreams(profiles: readonly OnvifProfile[]): ChosenStreams | undefined {
  const copied = profiles.filter(({ encoding }) => COPIED.has(encoding));
  const [main] = (copied.length > 0 ? copied : profiles).toSorted(
    (a, b) => pixelsOf(b) - pixelsOf(a) || rankOf(a) - rankOf(b),
  );
  if (!main) return undefined;
  const smaller = copied.filter(
    (each) =>
      each.source === main.source &&
      each.height_px >= SUB_HEIGHT_PX_MIN &&
      pixelsOf(each) <= SUB_PIXELS_MAX &&
      pixelsOf(each) < pixelsOf(main),
  );
  const [sub] = smaller.toSorted((a, b) => rankOf(a) - rankOf(b) || pixelsOf(a) - pixelsOf(b));
  return sub ? { main, sub } : { main };
}

function pixelsOf({ width_px, height_px }: OnvifProfile): number {
  return width_px * height_px;
}

function rankOf({ encoding }: OnvifProfile): number {
  return encoding === "H264" ? 0 : 1;
}
