import fc from "fast-check";
import { expect, test } from "vitest";
import { CameraAddress } from "./camera-address.ts";
import { cameraInput, pullerArguments } from "./camera-arguments.ts";
import { maskingArguments } from "./masking-arguments.ts";

const input = (text: string, loop = false) => cameraInput(CameraAddress.parse(text), { loop });
const after = (list: readonly string[], option: string) => list[list.indexOf(option) + 1];

test("an RTSP address goes to standard input and nowhere else", () => {
  const { script, ...line } = input("rtsp://op:s3cr3t@10.0.0.7/live");
  expect(script).toBe(
    [
      "ffconcat version 1.0",
      "file 'rtsp://op:s3cr3t@10.0.0.7/live'",
      "option rtsp_transport tcp",
      "option timeout 5000000",
      "option allowed_media_types video",
      "",
    ].join("\n"),
  );
  expect(JSON.stringify(line)).not.toMatch(/s3cr3t|10\.0\.0\.7/);
  expect(line.source).toBe("pipe:0");
});

test("only a file may read files, and only what was asked for is opened", () => {
  const protocols = (text: string) => after(input(text).input, "-protocol_whitelist")?.split(",");
  expect(protocols("rtsp://h/x")).toEqual(["pipe", "rtsp", "rtp", "udp", "tcp"]);
  expect(protocols("https://h/x")).toEqual(["pipe", "http", "https", "tcp", "tls", "crypto"]);
  expect(protocols("clip.mp4")).toEqual(["file"]);
});

test("files and playlists are played in real time, live streams as they come", () => {
  const paced = (text: string) => input(text).input.includes("-re");
  expect(["clip.mp4", "http://h/a.m3u8", "http://h/a.mp4?x=1"].map(paced)).toEqual([true, true, true]);
  expect(["http://h/live.ts", "http://h/mjpg/video.cgi", "rtsp://h/x"].map(paced)).toEqual([
    false,
    false,
    false,
  ]);
  expect(input("clip.mp4", true).input).toContain("-stream_loop");
});

test("no address, however odd, changes the arguments or adds a line to the script", () => {
  const usual = JSON.stringify(pullerArguments(input("rtsp://host/x")));
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
      const text = url.replace(/^https?/, "rtsp");
      // What is refused is tested with the address itself.
      if (/['"\\]/.test(text)) return;
      const odd = input(text);
      expect(JSON.stringify(pullerArguments(odd))).toBe(usual);
      expect(odd.script.split("\n")).toHaveLength(6);
    }),
  );
});

test("the puller copies the one video stream and never opens sound", () => {
  const [output] = pullerArguments(input("rtsp://host/x")).outputs;
  expect(output?.options).toEqual(expect.arrayContaining(["-an", "0:v:0", "copy"]));
});

test("in the masked way everything comes after the mask", () => {
  const square = [
    [
      [0.1, 0.1],
      [0.2, 0.1],
      [0.2, 0.2],
      [0.1, 0.2],
    ] as const,
  ];
  const { outputs } = maskingArguments(input("rtsp://host/x"), square, "/tmp/s/pictures");
  const graph = after(outputs[0]?.options ?? [], "-filter_complex") ?? "";
  expect(graph).toMatch(/^\[0:v:0\].*drawbox.*,split\[recorded\]\[seen\]$/);
  const maps = outputs.map(({ options }) => after(options, "-map"));
  expect(maps).toEqual(["[recorded]", "[seen]"]);
  expect(outputs.flatMap(({ options }) => options)).not.toContain("copy");
});
