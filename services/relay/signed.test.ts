import { generateKeyPairSync, type KeyObject } from "node:crypto";
import fc from "fast-check";
import { Type } from "typebox";
import { expect, test } from "vitest";
import { readSigned, readSigningKey, readTrustedKeys, signClaims } from "./signed.ts";
import { makeSigner } from "./testing/pki.ts";

const Claims = Type.Object({ n: Type.Integer(), text: Type.String() });
const { signer, keys } = makeSigner();
const broken = expect.objectContaining({ code: "SIGNATURE_BROKEN" });

test("what was signed is read again, whatever it says", () => {
  fc.assert(
    fc.property(fc.record({ n: fc.integer(), text: fc.string({ unit: "grapheme" }) }), (claims) => {
      expect(readSigned("note", signClaims("note", claims, signer), Claims, keys)).toEqual(claims);
    }),
  );
});

test("one changed character makes it worthless", () => {
  const text = signClaims("note", { n: 1, text: "two" }, signer);
  const signed = text.lastIndexOf(".");
  fc.assert(
    fc.property(fc.nat(signed - 1), fc.constantFrom(..."AZaz09-_."), (at, letter) => {
      fc.pre(text[at] !== letter);
      expect(() => readSigned("note", text.slice(0, at) + letter + text.slice(at + 1), Claims, keys)).toThrow(
        broken,
      );
    }),
  );
});

test("a signature is for one purpose, by a known key, over claims that fit", () => {
  const text = signClaims("note", { n: 1, text: "two" }, signer);
  expect(() => readSigned("permit", text, Claims, keys)).toThrow(broken);
  expect(() => readSigned("note", text, Claims, makeSigner("k2").keys)).toThrow(/key "k1" is not known here/);
  expect(() => readSigned("note", text, Claims, makeSigner("k1").keys)).toThrow(broken);
  expect(() => readSigned("note", signClaims("note", { n: "1" }, signer), Claims, keys)).toThrow(broken);
  const unsigned = Buffer.from('{"alg":"none","kid":"k1","typ":"note"}').toString("base64url");
  expect(() => readSigned("note", text.replace(/^[^.]+/, unsigned), Claims, keys)).toThrow(broken);
});

test("only Ed25519 keys sign, and are called by what they are", () => {
  const pem = (key: KeyObject, type: "pkcs8" | "spki") => `${key.export({ type, format: "pem" })}`;
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const text = signClaims("note", { n: 1, text: "two" }, readSigningKey(pem(privateKey, "pkcs8")));
  const { keys: others } = makeSigner();
  const trusted = readTrustedKeys([...[...others.values()], publicKey].map((key) => pem(key, "spki")));
  expect(readSigned("note", text, Claims, trusted)).toEqual({ n: 1, text: "two" });
  const { privateKey: ec } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const unfit = expect.objectContaining({ code: "KEY_UNFIT" });
  expect(() => readSigningKey(pem(ec, "pkcs8"))).toThrow(unfit);
  expect(() => readTrustedKeys(["no key"])).toThrow(unfit);
});
