import { expect, test } from "vitest";
import { isPushAddress } from "./push-service.ts";

test.for([
  "https://fcm.googleapis.com/fcm/send/abc",
  "https://updates.push.services.mozilla.com/wpush/v2/abc",
  "https://web.push.apple.com/abc",
  "https://db5p.notify.windows.com/w/?token=abc",
])("%s is a push service's", (endpoint) => {
  expect(isPushAddress(endpoint)).toBe(true);
});

test.for([
  "http://fcm.googleapis.com/fcm/send/abc",
  "https://fcm.googleapis.com:8443/abc",
  "https://fcm.googleapis.com.example.org/abc",
  "https://fcm.googleapis.com@127.0.0.1/abc",
  "https://user:word@fcm.googleapis.com/abc",
  "https://notify.windows.com.example.org/",
  "https://evilnotify.windows.com.evil.example/",
  "https://127.0.0.1/abc",
  "https://169.254.169.254/latest/meta-data",
  "https://[::1]/abc",
  "file:///etc/passwd",
  "not an address",
  `https://fcm.googleapis.com/${"a".repeat(1_000)}`,
])("%s is nobody's that we know", (endpoint) => {
  expect(isPushAddress(endpoint)).toBe(false);
});

test("settings may name another service by its whole origin, and no more than that", () => {
  const more = ["https://push.town.example:8443"];
  expect(isPushAddress("https://push.town.example:8443/abc", more)).toBe(true);
  expect(isPushAddress("https://push.town.example/abc", more)).toBe(false);
  expect(isPushAddress("https://push.town.example:8443@127.0.0.1/", more)).toBe(false);
});
