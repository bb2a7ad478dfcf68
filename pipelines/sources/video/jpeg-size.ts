/** More than any camera's sensor has; a header can claim 65,535 × 65,535, which a decoder would make room for. */
export const PIXELS_MAX = 40_000_000;

/** SOF markers, which hold the size (ITU-T T.81, table B.1); DHT, JPG and DAC lie between them. */
const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
/** Thumbnails and colour profiles stand before the frame's header. */
const SEGMENTS_MAX = 64;

/** The size that a JPEG picture claims; undefined for what is none, and for one of more than `PIXELS_MAX`. */
export function jpegSize(
  data: Uint8Array,
): { readonly width_px: number; readonly height_px: number } | undefined {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return undefined;
  for (let at = 2, segments = 0; at + 9 <= view.byteLength && segments < SEGMENTS_MAX; segments++) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (isFrame(marker)) {
      const [height_px, width_px] = [view.getUint16(at + 5), view.getUint16(at + 7)];
      const pixels = width_px * height_px;
      return pixels > 0 && pixels <= PIXELS_MAX ? { width_px, height_px } : undefined;
    }
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}
