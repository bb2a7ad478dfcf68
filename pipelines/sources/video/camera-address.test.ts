import { inspect } from "node:util";
import { AppError } from "@yardline/domain/errors";
import fc from "fast-check";
import { expect, test } from "vitest";
import { CameraAddress } from "./camera-address.ts";

const CANARY = "cAnary-p4ss";

test("an address never prints itself", () => {
  const address = CameraAddress.parse(`rtsp://operator:${CANARY}@10.1.2.3:554/h264?token=${CANARY}\n`);
  const prints = [
    String(address),
    `${address}`,
    JSON.stringify({ address }),
    inspect({ address }, { depth: 5, showHidden: true }),
    Object.entries(address).join(),
  ].join();
  expect(prints).not.toContain(CANARY);
  expect(prints).not.toContain("10.1.2.3");
  expect(String(address)).toBe("rtsp://…");
  expect(address.reveal()).toBe(`rtsp://operator:${CANARY}@10.1.2.3:554/h264?token=${CANARY}`);
  expect(address.secrets()).toContain(CANARY);
});

test("a password that is %-encoded is a secret in both forms", () => {
  const address = CameraAddress.parse("rtsp://a:p%40ss@host/x");
  expect(address.parts()).toEqual({
    url: new URL("rtsp://host/x"),
    credentials: { username: "a", password: "p@ss" },
  });
  expect(address.secrets()).toEqual([
    "rtsp://a:p%40ss@host/x",
    "rtsp://a:p%40ss@host/x",
    "p%40ss",
    "p@ss",
    "a",
    "a",
  ]);
});

test("pictures by datagram are asked for in the scheme, which a server does not know", () => {
  const address = CameraAddress.parse("rtsp+udp://a:b@10.0.0.7/x");
  expect([address.scheme, address.reveal()]).toEqual(["rtsp+udp", "rtsp://a:b@10.0.0.7/x"]);
});

test.for([
  "",
  "  \n",
  "concat:a|b",
  "file:///etc/passwd",
  "tcp://10.0.0.1:80",
  "rtsp://host/a'\nfile '/etc/shadow",
  "rtsp://host/a b",
  'rtsp://host/"',
  "rtsp://host/\\",
  "rtsp:host",
  "http://",
  `http://host/${"a".repeat(3000)}`,
])("refuses %j without repeating it", (text) => {
  const thrown = (() => {
    try {
      return CameraAddress.parse(text);
    } catch (error) {
      return error;
    }
  })();
  expect(thrown).toBeInstanceOf(AppError);
  if (text.length > 20) expect(inspect(thrown)).not.toContain(text);
});

test("whatever is accepted stays on its quoted line", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string().map((tail) => `rtsp://host/${tail}`),
      ),
      (text) => {
        try {
          expect(CameraAddress.parse(text).reveal()).not.toMatch(/['\n\r\0\\]/);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(AppError);
        }
      },
    ),
  );
});
