import { AppError } from "@yardline/domain/errors";
import fc from "fast-check";
import { expect, test } from "vitest";
import { allowedAddress, mayConnect, namedInFile } from "./address-policy.ts";

test.for([
  { what: "a camera's network", ips: ["10.0.0.7", "172.31.1.1", "192.168.1.20", "fd12::20", "100.64.0.9"] },
  { what: "the internet", ips: ["93.184.216.34", "2606:2800:220:1::1"] },
])("$what may be reached, whoever named it", ({ ips }) => {
  for (const ip of ips)
    expect([ip, mayConnect(ip, "town"), mayConnect(ip, "network")]).toEqual([ip, true, true]);
});

test.for([
  "127.0.0.1",
  "127.8.8.8",
  "::1",
  "[::1]",
  "169.254.10.20",
  "fe80::1",
  "fe80::1%eth0",
  "::ffff:127.0.0.1",
  "::ffff:7f00:1",
  "64:ff9b::127.0.0.1",
  "0:0:0:0:0:0:0:1",
])("%s only where the town's own file names it", (ip) => {
  expect([mayConnect(ip, "town"), mayConnect(ip, "network")]).toEqual([true, false]);
});

test.for([
  "169.254.169.254",
  "::ffff:169.254.169.254",
  "64:ff9b::a9fe:a9fe",
  "fd00:ec2::254",
  "0.0.0.0",
  "::",
  "224.0.0.1",
  "255.255.255.255",
  "ff02::1",
  "",
  "camera.example",
  "2130706433",
  "0x7f.1",
  "127.1",
])("%j never", (ip) => {
  expect([mayConnect(ip, "town"), mayConnect(ip, "network")]).toEqual([false, false]);
});

test("a system outside of the town leads into none of its own networks", () => {
  for (const ip of ["10.0.0.7", "172.31.1.1", "192.168.1.20", "fd12::20", "100.64.0.9", "::ffff:10.0.0.7"]) {
    expect([ip, mayConnect(ip, "stranger")]).toEqual([ip, false]);
  }
  expect(["93.184.216.34", "127.0.0.1", "::1"].map((ip) => mayConnect(ip, "stranger"))).toEqual([
    true,
    false,
    false,
  ]);
});

test("what a name server may not name, it may not name in IPv6 either", () => {
  fc.assert(
    fc.property(fc.ipV4(), (ip) => {
      expect(mayConnect(`::ffff:${ip}`, "network")).toBe(mayConnect(ip, "network"));
    }),
  );
});

test("a number in the file is what a person meant, a name is what a name server says", () => {
  expect(["127.0.0.1", "[::1]", "localhost", "camera.lan"].map(namedInFile)).toEqual([
    "town",
    "town",
    "town",
    "network",
  ]);
});

test("of a name's addresses the first allowed one is used; none is an error without the name in it", async () => {
  const resolve = async () => ["127.0.0.1", "10.0.0.7"];
  expect(await allowedAddress("camera.lan", "network", resolve)).toBe("10.0.0.7");
  const code = async (addresses: readonly string[]) => {
    const thrown: unknown = await allowedAddress("camera.lan", "network", async () => addresses).catch(
      (error: unknown) => error,
    );
    expect(String(thrown)).not.toContain("camera.lan");
    return thrown instanceof AppError && thrown.code;
  };
  expect(await code(["127.0.0.1", "169.254.169.254"])).toBe("ADDRESS_FORBIDDEN");
  expect(await code([])).toBe("ADDRESS_UNKNOWN");
});
