/** The colours of a line's badge: its own ground, and an ink that can be read on it. */
export type LineColors = { readonly ground: string; readonly ink: string };

const UNKNOWN = { ground: "#5b6660", ink: "#ffffff" } as const;

/**
 * The ink is whichever of white and black has the higher WCAG 2 contrast, at least 4.5 on any ground.
 * @param route_color six hex digits without `#`; anything else, and GTFS's default of white, gets a neutral grey.
 */
export function lineColors(route_color: string | undefined): LineColors {
  if (!route_color || !/^[0-9a-f]{6}$/i.test(route_color) || /^f{6}$/i.test(route_color)) return UNKNOWN;
  const luminance = relativeLuminance(route_color);
  return {
    ground: `#${route_color}`,
    ink: contrast(luminance, 1) >= contrast(luminance, 0) ? "#ffffff" : "#000000",
  };
}

/** WCAG 2 contrast of two relative luminances. */
function contrast(a: number, b: number): number {
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function relativeLuminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [0, 2, 4]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
