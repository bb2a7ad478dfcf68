import { X509Certificate } from "node:crypto";
import { expect, test } from "vitest";
import { issueCertificate, makeAuthority } from "./certificates.ts";
import { type Role, readCertificate, roleOf } from "./identity.ts";

test.for<Role>([
  { role: "receiver" },
  { role: "api" },
  { role: "edge", tenant: "small-town", edge: "north-1" },
])("a certificate says who it is for: %o", async (who) => {
  const authority = await makeAuthority();
  const { cert, key, ca } = await issueCertificate(authority, who, 30);
  const read = new X509Certificate(cert);
  expect(readCertificate(read)).toMatchObject({ who, serial: read.serialNumber });
  expect(read.verify(new X509Certificate(ca).publicKey)).toBe(true);
  expect(read.ca).toBe(false);
  expect(key).toMatch(/PRIVATE KEY/);
  const days = (Date.parse(read.validTo) - Date.now()) / 86_400_000;
  expect(Math.round(days)).toBe(30);
});

test.for([
  ["URI:urn:yardline:edge:town:north, IP Address:10.0.0.1", { role: "edge", tenant: "town", edge: "north" }],
  ["DNS:north.example", undefined],
  ["URI:urn:yardline:edge:town:north, URI:urn:yardline:api", undefined],
  ["URI:urn:yardline:edge:town:north:more", undefined],
  ["URI:urn:yardline:edge:Town:north", undefined],
  ["URI:urn:yardline:edge:../x:north", undefined],
  ['DNS:"a, URI:urn:yardline:api, b"', undefined],
  ["", undefined],
] as const)("the names %j give one role or none", ([names, who]) => {
  expect(roleOf(names)).toEqual(who);
});
