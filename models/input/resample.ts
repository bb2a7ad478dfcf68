/** One channel of a picture, or of a part of it: pixels lie `step` bytes apart, rows begin `stride` bytes apart. */
export type Plane = {
  readonly data: Uint8Array;
  readonly step: number;
  readonly stride: number;
  readonly width_px: number;
  readonly height_px: number;
};

/** Where to write: the top-left `width_px` × `height_px` of a plane whose rows are `stride_px` long. */
export type Target = {
  readonly values: Float32Array;
  readonly stride_px: number;
  readonly width_px: number;
  readonly height_px: number;
};

/**
 * Bilinear interpolation between pixel centres; the source's edge goes on beyond it.
 * @param scale_x, scale_y source pixels for each pixel of the target; above 2 some source pixels are never looked at.
 */
export function resample(plane: Plane, scale_x: number, scale_y: number, target: Target): void {
  const { data, step, stride } = plane;
  const columns = taps(target.width_px, scale_x, plane.width_px, step);
  const rows = taps(target.height_px, scale_y, plane.height_px, stride);
  for (let y = 0; y < target.height_px; y++) {
    const upper = rows.first[y] ?? 0;
    const lower = rows.second[y] ?? 0;
    const down = rows.weight[y] ?? 0;
    for (let x = 0; x < target.width_px; x++) {
      const left = columns.first[x] ?? 0;
      const right = columns.second[x] ?? 0;
      const across = columns.weight[x] ?? 0;
      const a = data[upper + left] ?? 0;
      const b = data[upper + right] ?? 0;
      const c = data[lower + left] ?? 0;
      const d = data[lower + right] ?? 0;
      const above = a + (b - a) * across;
      const below = c + (d - c) * across;
      target.values[y * target.stride_px + x] = above + (below - above) * down;
    }
  }
}

/** For each pixel of the target: the bytes of the two source pixels around its centre, and how much the second one weighs. */
function taps(count: number, scale: number, source_px: number, apart: number) {
  const first = new Int32Array(count);
  const second = new Int32Array(count);
  const weight = new Float64Array(count);
  for (let at = 0; at < count; at++) {
    const centre = Math.min(Math.max((at + 0.5) * scale - 0.5, 0), source_px - 1);
    first[at] = Math.floor(centre) * apart;
    second[at] = Math.min(Math.floor(centre) + 1, source_px - 1) * apart;
    weight[at] = centre - Math.floor(centre);
  }
  return { first, second, weight };
}

/** Half the size: each pixel the mean of four. An odd last row or column is left out. */
export function halved({ data, step, stride, width_px, height_px }: Plane): Plane {
  const size = { width_px: Math.max(1, width_px >> 1), height_px: Math.max(1, height_px >> 1) };
  const half = { ...size, step: 1, stride: size.width_px };
  const right = width_px > 1 ? step : 0;
  const below = height_px > 1 ? stride : 0;
  const result = new Uint8Array(half.width_px * half.height_px);
  for (let y = 0; y < half.height_px; y++) {
    let at = 2 * y * stride;
    for (let x = 0; x < half.width_px; x++, at += 2 * step) {
      const sum =
        (data[at] ?? 0) + (data[at + right] ?? 0) + (data[at + below] ?? 0) + (data[at + below + right] ?? 0);
      result[y * half.width_px + x] = (sum + 2) >> 2;
    }
  }
  return { ...half, data: result };
}
