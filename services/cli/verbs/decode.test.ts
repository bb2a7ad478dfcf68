import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { systemClock } from "@yardline/domain/time";
import { expect, test } from "vitest";
import { UsageError } from "../verb.ts";
import { decode } from "./decode.ts";

async function run(
  protocol: string,
  flags: { readonly hex?: boolean; readonly vectors?: string } = {},
  stdin = "",
) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await decode.run(
    { flags, positionals: [protocol] },
    {
      stdin: Readable.from([stdin]),
      stdout,
      stderr,
      env: {},
      clock: systemClock,
      signal: new AbortController().signal,
      root: ".",
    },
  );
  stdout.end();
  stderr.end();
  return { code, stdout: await text(stdout), stderr: await text(stderr) };
}

function fileWith(content: string) {
  const file = join(mkdtempSync(join(tmpdir(), "yardline-decode-")), "vectors.json");
  writeFileSync(file, content);
  return file;
}

const LINE = "#SD#270413;205601;5544.6025;N;03739.6834;E;36;2;3;4";
const POSITION = {
  time: "2013-04-27T20:56:01.000Z",
  latitude: 55.743375,
  longitude: 37.66139,
  speed_mps: 10,
  course_deg: 2,
  valid: true,
};

test("a position a line, and what cannot be read beside it", async () => {
  const { code, stdout, stderr } = await run("wialon-ips", {}, `${LINE}\r\n\nhello\n#L#7;NA\n`);
  expect(code).toBe(0);
  expect(
    stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line)),
  ).toEqual([POSITION]);
  expect(stderr).toBe("line 3: A line is no Wialon IPS packet.\n");
});

test("hex digits", async () => {
  const { stdout, stderr } = await run(
    "wialon-ips",
    { hex: true },
    `${Buffer.from(LINE).toString("hex")}\nxyz\n`,
  );
  expect(JSON.parse(stdout)).toEqual(POSITION);
  expect(stderr).toBe("line 2: These are no hex digits in pairs.\n");
});

test("an unknown protocol is a mistake of the command line and lists the known ones", async () => {
  const failure = run("carrier-pigeon");
  await expect(failure).rejects.toThrow(UsageError);
  await expect(failure).rejects.toThrow(
    'there is no protocol "carrier-pigeon"; known are wialon-ips (Wialon IPS 1.x and 2.x, text over TCP), ',
  );
});

test("vectors of requests over HTTP", async () => {
  const vectors = [
    { id: "query", encoding: "http", message: "/?id=7&lat=49.5&lon=31.25&timestamp=1772366400" },
    {
      ...{ id: "json", encoding: "http", httpMethod: "POST", message: "/" },
      headers: { "Content-Type": "application/json" },
      body: '{"device_id":"7","location":{"coords":{"latitude":49.5,"longitude":31.25,"speed":10}}}',
    },
  ];
  const { stdout } = await run("osmand", { vectors: fileWith(JSON.stringify({ vectors })) });
  const lines = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const place = { latitude: 49.5, longitude: 31.25, course_deg: null, valid: true };
  expect(lines).toEqual([
    { id: "query", positions: [{ ...place, time: "2026-03-01T12:00:00.000Z", speed_mps: null }] },
    { id: "json", positions: [{ ...place, time: null, speed_mps: 10 }] },
  ]);
});

test("vectors: one line each, in order; an error only beside no positions", async () => {
  const file = fileWith(
    JSON.stringify({
      vectors: [
        { id: "a", session: "s", encoding: "text", message: LINE },
        { id: "b", session: "s", encoding: "hex", message: "00zz" },
        { id: "c", message: `${LINE};0000` },
        { id: "d", message: "#P#" },
      ],
    }),
  );
  const { stdout } = await run("wialon-ips", { vectors: file });
  expect(
    stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line)),
  ).toEqual([
    { id: "a", positions: [POSITION] },
    { id: "b", positions: [], error: "These are no hex digits in pairs." },
    { id: "c", positions: [], error: "A position's checksum is wrong." },
    { id: "d", positions: [] },
  ]);
});

test("a file that is missing, no JSON, or something else is one clear error", async () => {
  await expect(run("wialon-ips", { vectors: "/nowhere.json" })).rejects.toMatchObject({
    code: "FILE_UNREADABLE",
    message: expect.stringContaining("/nowhere.json cannot be read"),
  });
  for (const content of ["{", '{"vectors":[{"id":1}]}']) {
    await expect(run("wialon-ips", { vectors: fileWith(content) })).rejects.toMatchObject({
      code: "VECTORS_INVALID",
      message: expect.stringContaining("is no list of messages"),
    });
  }
});

const VECTORS = "../shared/data/trackers/wialon-ips.json";

test.skipIf(!existsSync(VECTORS))("messages of real devices", async () => {
  const { code, stdout } = await run("wialon-ips", { vectors: VECTORS });
  const lines = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(code).toBe(0);
  expect(lines).toHaveLength(16);
  expect(lines.find(({ id }) => id === "Wialon:testDecode:53")).toEqual({
    id: "Wialon:testDecode:53",
    positions: [{ ...POSITION, speed_mps: 1 / 3.6 }],
  });
});
