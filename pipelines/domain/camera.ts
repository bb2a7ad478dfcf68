/** A polygon in fractions of the picture: each corner [x, y] in [0, 1], at least three corners. */
export type Polygon = readonly (readonly [x: number, y: number])[];

/**
 * How a camera's private areas are protected, decided before its first frame:
 * `none-needed` nothing private is in view (with the reason); `burnt-in` we paint the polygons before anything is stored,
 * analysed or shown; `in-camera` the camera itself paints them (ONVIF), checked by us.
 */
export type MaskForm =
  | { readonly form: "none-needed"; readonly reason: string }
  | { readonly form: "burnt-in"; readonly polygons: readonly Polygon[] }
  | { readonly form: "in-camera"; readonly polygons: readonly Polygon[] };
