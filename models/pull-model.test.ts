import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { pullModel } from "./pull-model.ts";
import { MODEL_BYTES_MAX } from "./read-model.ts";
import { networkOf, relu } from "./testing.ts";

const network = networkOf([relu("images")]);
const { bytes } = network;
const manifest = { ...network.manifest, origin: { url: "https://models.test/small.onnx" } } as const;

/** A real server; what goes to https://models.test reaches it. */
async function pullFrom(answer: RequestListener, changes: Partial<typeof manifest> = {}) {
  const server = createServer(answer).listen(0, "127.0.0.1");
  const folder = await mkdtemp(join(tmpdir(), "yardline-pull-"));
  onTestFinished(async () => {
    server.close();
    await rm(folder, { recursive: true });
  });
  const { port } = server.address() as AddressInfo;
  const path = join(folder, "small.onnx");
  const pulled = pullModel(
    { manifest: { ...manifest, ...changes }, path },
    {
      fetch: (url, init) =>
        fetch(String(url).replace("https://models.test", `http://127.0.0.1:${port}`), init),
      signal: new AbortController().signal,
      told: () => {},
    },
  );
  const outcome = await pulled.then(
    () => "pulled",
    (thrown: unknown) => thrown,
  );
  return { outcome, files: await readdir(folder), path };
}

test("pulled, after a redirect, it is there whole under its name", async () => {
  const { outcome, files, path } = await pullFrom((request, response) => {
    if (request.url === "/small.onnx") response.writeHead(302, { location: "/there" }).end();
    else response.end(bytes);
  });
  expect(outcome).toBe("pulled");
  expect(files).toEqual(["small.onnx"]);
  expect(Buffer.compare(await readFile(path), bytes)).toBe(0);
});

test.for<[string, RequestListener, object]>([
  ["other bytes", (_, response) => response.end("other"), { code: "MODEL_DIGEST" }],
  ["nothing there", (_, response) => response.writeHead(404).end(), { code: "MODEL_UNREACHABLE" }],
  [
    "redirects without end",
    (_, response) => response.writeHead(302, { location: "/on" }).end(),
    { message: expect.stringContaining("leads on and on") },
  ],
  [
    "a redirect away from https",
    (_, response) => response.writeHead(302, { location: "http://127.0.0.1/" }).end(),
    { message: expect.stringContaining("is not https") },
  ],
  [
    "more bytes than any model has",
    (_, response) => response.writeHead(200, { "content-length": MODEL_BYTES_MAX + 1 }).write("x"),
    { message: expect.stringContaining("no model is larger") },
  ],
  [
    "a line that breaks",
    (_, response) => {
      response.writeHead(200, { "content-length": bytes.length });
      response.write(bytes.subarray(0, 20), () => response.destroy());
    },
    { code: "MODEL_UNREACHABLE" },
  ],
])("%s: one clear error, and nothing stays", async ([, answer, expected]) => {
  const { outcome, files } = await pullFrom(answer);
  expect(outcome).toMatchObject(expected);
  expect(files).toEqual([]);
});
