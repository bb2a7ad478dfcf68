import { expect, test } from "vitest";
import { authorizationFor } from "./authorization.ts";

const mufasa = { username: "Mufasa", password: "Circle of Life" };
const rfc7616 = {
  method: "GET",
  path: "/dir/index.html",
  cnonce: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
};
const challenge = (algorithm: string) =>
  `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, ` +
  'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"';

test.for([
  { algorithm: "MD5", response: "8ca523f5e9506fed4657c9700eebdbec" },
  { algorithm: "SHA-256", response: "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1" },
])("RFC 7616, 3.9.1: $algorithm", ({ algorithm, response }) => {
  const header = authorizationFor([challenge(algorithm)], mufasa, rfc7616);
  expect(header).toContain(`response="${response}"`);
  expect(header).toContain(`algorithm=${algorithm}`);
});

test("the stronger one of several challenges is answered", () => {
  const header = authorizationFor(["Basic realm=x", challenge("MD5"), challenge("SHA-256")], mufasa, rfc7616);
  expect(header).toContain("algorithm=SHA-256");
});

test("RFC 2069, without qop", () => {
  const header = authorizationFor(['Digest realm="r", nonce="n"'], mufasa, rfc7616);
  expect(header).toMatch(
    /^Digest username="Mufasa", realm="r", nonce="n".*, response="[0-9a-f]{32}", algorithm=MD5$/,
  );
});

test("Basic where nothing better is asked for; nothing where nothing is known", () => {
  const answer = (...challenges: string[]) => authorizationFor(challenges, mufasa, rfc7616);
  expect(answer('Basic realm="camera"')).toBe(`Basic ${btoa("Mufasa:Circle of Life")}`);
  expect([answer(), answer("Negotiate"), answer('Digest realm="r"')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(answer(`Basic realm="${"x".repeat(3_000)}"`)).toBeUndefined();
});
