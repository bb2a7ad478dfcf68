import fc from "fast-check";
import { expect, test } from "vitest";
import { CameraAddress } from "./camera-address.ts";
import { fileInput, networkInput, pullerArguments } from "./camera-arguments.ts";
import { maskingArguments } from "./masking-arguments.ts";

const input = (text: string, loop = false) => {
  const address = CameraAddress.parse(text);
  if (address.scheme === "file") return fileInput(address, { loop });
  const proxy = address.scheme.startsWith("http") ? { proxy: "http://gate:t0ken@127.0.0.1:5" } : {};
  return networkInput({ scheme: address.scheme, url: address.reveal() }, proxy);
};
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
  expect(protocols("https://h/x")).toEqual(["pipe", "http", "https", "tcp", "tls", "crypto", "httpproxy"]);
  expect(protocols("clip.mp4")).toEqual(["file"]);
});

test("by datagram only where that was asked for", () => {
  const transport = (text: string) => /rtsp_transport (\w+)/.exec(input(text).script)?.[1];
  expect(["rtsp://h/x", "rtsp+udp://h/x", "rtsps://h/x"].map(transport)).toEqual(["tcp", "udp", "tcp"]);
  expect(input("rtsp+udp://h/x").script).toContain("file 'rtsp://h/x'");
});

test("what ffmpeg reads over HTTP goes through the gate, whose secret is no argument, in real time", () => {
  const { script, ...line } = input("https://h/a.m3u8");
  expect(script).toContain("option http_proxy http://gate:t0ken@127.0.0.1:5");
  expect(JSON.stringify(line)).not.toContain("t0ken");
  expect(line.input).toContain("-re");
  expect(input("rtsp://h/x").input).not.toContain("-re");
  expect(input("clip.mp4", true).input).toEqual(expect.arrayContaining(["-re", "-stream_loop"]));
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
