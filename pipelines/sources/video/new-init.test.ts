import fc from "fast-check";
import { expect, test } from "vitest";
import { createFragmentReader, type Init, isInit, type Packet } from "./fragments.ts";
import { initWith } from "./new-init.ts";
import { parameterSetsOf } from "./parameter-sets.ts";
import { readAvcSps, readHevcSps } from "./sps.ts";
import { fragmentedVideo, probeBytes } from "./testing.ts";

const X265 = ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none:repeat-headers=1"];
const X264 = ["-c:v", "libx264", "-preset", "ultrafast", "-x264-params", "repeat-headers=1"];

function video(size: string, options: readonly string[]) {
  const pieces = createFragmentReader()(fragmentedVideo({ size, seconds: 0.5, rate_fps: 10 }, options));
  const init = pieces.find(isInit);
  const packets = pieces.filter((piece): piece is Packet => !isInit(piece));
  if (!init || !packets[0]) throw new Error("no video was made");
  return { init, packets, sets: parameterSetsOf(packets[0].data, init.codec) };
}

test.for([
  ["H.264", "322x182", X264],
  ["H.264 with interlaced pictures", "322x188", [...X264, "-flags", "+ildct+ilme"]],
  [
    "H.264 4:4:4 with 10 bits and its own scaling",
    "322x182",
    ["-c:v", "libx264", "-x264-params", "repeat-headers=1:cqm=jvt", "-pix_fmt", "yuv444p10le"],
  ],
  ["H.265", "322x182", X265],
  ["H.265 as browsers want it", "322x182", [...X265, "-tag:v", "hvc1"]],
] as const)(
  "%s: pictures of another size play with an init made of their own parameter sets",
  async ([, size, options]) => {
    const before = video("160x120", options);
    const after = video(size, options);
    const made = after.sets && initWith(before.init, after.sets);
    if (!made) throw new Error("no init was made");
    const [width_px, height_px] = size.split("x").map(Number);
    expect(made).toMatchObject({ width_px, height_px, codec: before.init.codec });
    const probed = await probeBytes(Buffer.concat([made.data, ...after.packets.map(({ data }) => data)]));
    expect(probed).toMatchObject({ size, pictures: 5, begins_with_key: true });
  },
);

test("sets that are not whole, or broken, make no init", () => {
  const { init, sets } = video("160x120", X264);
  if (!sets) throw new Error("no sets");
  const made = (more: Partial<typeof sets>, of: Init = init) => initWith(of, { ...sets, ...more });
  expect(made({})).toBeDefined();
  expect([
    made({ pps: [] }),
    made({ sps: [Uint8Array.of(0x67, 1)] }),
    made({}, { ...init, codec: "hvc1" }),
  ]).toEqual([undefined, undefined, undefined]);
  // 65,536 × 65,536 and more: no decoder may be told to make room for it.
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 60 }), (bytes) => {
      for (const read of [readAvcSps, readHevcSps]) {
        try {
          read(bytes);
        } catch (thrown) {
          expect(thrown).toMatchObject({ code: "VIDEO_BROKEN" });
        }
      }
      const other = made({ sps: [bytes] });
      expect((other?.width_px ?? 0) * (other?.height_px ?? 0)).toBeLessThanOrEqual(40_000_000);
    }),
  );
});
