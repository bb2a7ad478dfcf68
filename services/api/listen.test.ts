import { once } from "node:events";
import { createServer } from "node:net";
import { expect, test } from "vitest";
import { listen } from "./listen.ts";
import { testApp } from "./testing/app.ts";

test("opens a free port of this machine and says which", async () => {
  const url = await listen(await testApp(), { port: 0 });
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
});

test.for(["0.0.0.0", "::", "192.168.1.5", "example.org", ""])("does not listen on %s", async (host) => {
  await expect(listen(await testApp(), { host, port: 0 })).rejects.toMatchObject({
    name: "AppError",
    code: "HOST_NOT_LOOPBACK",
    message: expect.stringContaining("SSH tunnel"),
  });
});

test("a port that is taken: says so and how to mend it", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const address = other.address();
  const port = typeof address === "object" && address ? address.port : 0;
  await expect(listen(await testApp(), { port })).rejects.toMatchObject({
    name: "AppError",
    code: "PORT_TAKEN",
    message: `Port ${port} on 127.0.0.1 is taken by another program, perhaps another Yardline. Stop that one, or choose a free port with --port.`,
  });
  other.close();
});
