import { once } from "node:events";
import { createServer, request } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { openGate } from "./gate.ts";

async function serve(): Promise<URL> {
  const server = createServer((asked, answer) => answer.end(`${asked.url} ${JSON.stringify(asked.headers)}`));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/live.m3u8`);
}

/** What a child gets through the gate: status and body. */
async function through(proxy: string, url: string, { token = true } = {}): Promise<string> {
  const { hostname, port, username, password } = new URL(proxy);
  const secret = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
  const headers = token ? { "proxy-authorization": secret } : {};
  const asked = request({ hostname, port, path: url, headers, agent: false }).end();
  const [answer] = await once(asked, "response");
  return `${answer.statusCode} ${await text(answer)}`;
}

test("lets a child reach the one host that it was sent to, and keeps the gate's secret to itself", async () => {
  const url = await serve();
  await using gate = await openGate(url);
  const answer = await through(gate.proxy, new URL("/segment.ts?x=1", url).href);
  expect(answer).toMatch(/^200 \/segment\.ts\?x=1 /);
  expect(answer).not.toContain("proxy-authorization");
});

test("whoever does not know the secret gets nothing", async () => {
  const url = await serve();
  await using gate = await openGate(url);
  expect(await through(gate.proxy, url.href, { token: false })).toBe("407 ");
});

test.for([
  "http://169.254.169.254/latest",
  "http://localhost:1/",
  "http://10.0.0.9/",
  "file:///etc/passwd",
  "/etc/passwd",
])("%s is closed", async (target) => {
  await using gate = await openGate(await serve());
  expect(await through(gate.proxy, target)).toBe("403 ");
});

test("a tunnel leads to that host alone too", async () => {
  await using gate = await openGate(await serve());
  const { port, username, password } = new URL(gate.proxy);
  const secret = Buffer.from(`${username}:${password}`).toString("base64");
  const ask = async (target: string, header: string) => {
    const socket = connect(Number(port), "127.0.0.1");
    socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n${header}\r\n\r\n`);
    const [data] = await once(socket, "data");
    socket.destroy();
    return String(data).split(" ")[1];
  };
  expect(await ask("10.0.0.9:443", `Proxy-Authorization: Basic ${secret}`)).toBe("403");
  expect(await ask("127.0.0.1:443", "X: y")).toBe("407");
});
