import { once } from "node:events";
import { connect } from "node:tls";
import { test } from "vitest";
import { makePki } from "./testing/pki.ts";
import { startTestRegion } from "./testing/region.ts";

const pki = makePki();

test("half a request, as a cut line leaves it, does not keep it from stopping", async () => {
  const region = await startTestRegion(await pki);
  const { key, cert, ca } = (await pki).north;
  const socket = connect({
    ...{ host: "127.0.0.1", port: Number(region.url.port), key, cert, ca },
    checkServerIdentity: () => undefined,
  });
  await once(socket, "secureConnect");
  const head = [
    "POST /v1/records/events HTTP/1.1",
    "host: region",
    "content-length: 100",
    "expect: 100-continue",
  ];
  socket.write(`${head.join("\r\n")}\r\n\r\n[`);
  await once(socket, "data");
  const closed = once(socket, "close");
  await region.stop();
  await closed;
}, 10_000);
