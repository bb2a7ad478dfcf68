import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { hostname } from "node:os";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { guardedPost } from "./post.ts";

const LETTER = { headers: { "content-type": "text/plain", "webhook-id": "7" }, body: "Ґанок" };

async function receiver(status: number) {
  const got: string[] = [];
  const server = createServer(async (request, response) => {
    got.push(`${request.method} ${request.headers["webhook-id"]} ${await text(request)}`);
    response.writeHead(status, { location: "/elsewhere" }).end("much more");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { got, port: (server.address() as AddressInfo).port };
}

const post = (url: string) => guardedPost(new URL(url), LETTER, AbortSignal.timeout(10_000));

test.for([204, 302, 500])("what the town's file names gets it once, and its answer is %i", async (status) => {
  const { got, port } = await receiver(status);
  expect(await post(`http://127.0.0.1:${port}/`)).toBe(status);
  expect(got).toEqual(["POST 7 Ґанок"]);
});

test.for(["169.254.169.254", "[fd00:ec2::254]", "0.0.0.0", "224.0.0.1"])("never to %s", async (host) => {
  await expect(post(`https://${host}/`)).rejects.toMatchObject({ code: "ADDRESS_FORBIDDEN" });
});

test("a name that leads to this machine is not believed, whatever it is", async () => {
  const { got, port } = await receiver(204);
  for (const name of ["ip6-localhost", "localhost.localdomain", hostname()]) {
    // Which of them are known here differs; none may be connected to where it means this machine itself.
    await expect(post(`http://${name}:${port}/`)).rejects.toBeInstanceOf(Error);
  }
  expect(got).toEqual([]);
});
