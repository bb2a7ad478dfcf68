import { expect, test } from "vitest";
import { answering, noticeOf } from "./keeping.ts";

const ORIGIN = "https://town.example";
const FILES = new Set(["/assets/start-abc.js", "/favicon.svg"]);
const of = (path: string, mode = "navigate", method = "GET") =>
  answering({ method, mode, url: new URL(path, ORIGIN).href }, ORIGIN, FILES);

test.for(["/stops", "/stops/s3", "/stops/%D0%B0%2F1", "/board/s3", "/signs/r1"])("%s is kept", (path) => {
  expect(of(path)).toBe("page");
});

test.for(["/", "/events/x", "/buses", "/admin/people", "/stops/s3/x", "https://elsewhere.example/stops/s3"])(
  "%s is left alone",
  (path) => {
    expect(of(path)).toBe("leave");
  },
);

test("files that were kept, and nothing that the town has to answer anew", () => {
  expect(of("/assets/start-abc.js", "cors")).toBe("file");
  expect(of("/v1/stops/s3/arrivals", "cors")).toBe("leave");
  expect(of("/stops/s3", "navigate", "POST")).toBe("leave");
});

test("a message opens a stop's page and never anything else", () => {
  const message = { title: "3: in 9 min", body: "Ринок", tag: "x", path: "/stops/s3" };
  expect(noticeOf(message)).toEqual(message);
  for (const path of ["https://evil.example/", "//evil.example", "/admin", "javascript:alert(1)"]) {
    expect(noticeOf({ ...message, path })?.path).toBe("/stops");
  }
  for (const none of [null, 7, "text", {}, { ...message, title: 7 }]) expect(noticeOf(none)).toBeUndefined();
});
