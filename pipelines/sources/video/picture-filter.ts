/** Pictures larger than this are scaled down, keeping their shape: detectors and snapshots need no more. */
export const PICTURE_WIDTH_MAX_PX = 1920;
export const PICTURE_HEIGHT_MAX_PX = 1080;
/** Frames a second that a source may be asked for. */
export const RATE_FPS_MAX = 30;

/**
 * ffmpeg's filter that keeps the first frame of each 1/`rate_fps` s of media time, at the stream's size or scaled down to
 * 1080p. The choice depends on presentation times alone, so it is the same for the same bytes, and it never makes up a
 * frame as the `fps` filter does.
 */
export function pictureFilter(rate_fps: number): string {
  // Times are fractions of a binary time base: without the grain, 0.2 s × 5 may fall just short of 1.
  const cell = (t: string) => `floor(${t}*${rate_fps}+0.001)`;
  const select = `select='isnan(prev_selected_t)+gt(${cell("t")},${cell("prev_selected_t")})'`;
  const shrink = `min(${PICTURE_WIDTH_MAX_PX}/iw,${PICTURE_HEIGHT_MAX_PX}/ih)`;
  const side = (length: string) => `'if(lt(${shrink},1),2*trunc(${length}*${shrink}/2),${length})'`;
  return `${select},scale=w=${side("iw")}:h=${side("ih")}`;
}

/**
 * Output options for raw pictures with their times. NUT and one thread because both Matroska and the threaded rawvideo
 * encoder hold each frame back until the next one comes: 210 ms against 6 ms at 5 fps.
 */
export const PICTURE_OUTPUT: readonly string[] = [
  ...["-an", "-sn", "-dn", "-vsync", "passthrough"],
  ...["-c:v", "rawvideo", "-threads", "1", "-pix_fmt", "yuv420p"],
  ...["-f", "nut", "-flush_packets", "1"],
];
