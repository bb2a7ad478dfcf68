import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { findCheckpoints, signCheckpoint } from "./checkpoint.ts";
import { openNote, readSigner, readVerifier, signNote, verifierOf, verifierText } from "./signed-note.ts";

const signer = { name: "yardline-audit/town", key: generateKeyPairSync("ed25519").privateKey };
const verifier = verifierOf(signer);
const CHECKPOINT = {
  origin: "yardline-audit/town",
  size: 42,
  hash: "ab".repeat(32),
  at_ms: Date.parse("2026-11-22T12:00:00Z"),
};

test("a checkpoint is four lines and a signature, and is found again wherever it was pasted", () => {
  const note = signCheckpoint(CHECKPOINT, signer);
  expect(note.split("\n").slice(0, 5)).toEqual([
    "yardline-audit/town",
    "42",
    Buffer.alloc(32, 0xab).toString("base64"),
    "at 2026-11-22T12:00:00.000Z",
    "",
  ]);
  const mail = `Subject: checkpoint\r\n\r\nKeep this.\r\n\r\n${note.replaceAll("\n", "\r\n")}\r\n-- \r\n`;
  expect(findCheckpoints(mail, verifier)).toEqual([{ ...CHECKPOINT, isSigned: true }]);
  expect(findCheckpoints(note + note, verifier)).toHaveLength(2);
  expect(findCheckpoints("nothing of the kind", verifier)).toEqual([]);
});

test("one that another key signed, or in which a letter is another, is not signed", () => {
  const other = { ...signer, key: generateKeyPairSync("ed25519").privateKey };
  const note = signCheckpoint(CHECKPOINT, signer);
  for (const forged of [signCheckpoint(CHECKPOINT, other), note.replace("\n42\n", "\n41\n")]) {
    expect(findCheckpoints(forged, verifier)).toMatchObject([{ isSigned: false }]);
  }
});

// The example of the Go checksum database's own key, in the form that c2sp.org/signed-note gives to keys.
test("a public key is one line that carries its own check", () => {
  const line = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";
  expect(verifierText(readVerifier(line))).toBe(line);
  expect(verifierText(readVerifier(verifierText(verifier)))).toBe(verifierText(verifier));
  for (const wrong of ["", line.replace("033d", "033e"), line.replace("sum", "sun")]) {
    expect(() => readVerifier(wrong)).toThrow(expect.objectContaining({ code: "AUDIT_KEY" }));
  }
});

test("a note is opened by its key alone, and a private key of another kind is refused without being shown", () => {
  const note = signNote("one\ntwo\n", signer);
  expect(openNote(note, verifier)).toBe("one\ntwo\n");
  expect(openNote("one\ntwo\n", verifier)).toBeUndefined();
  const pem = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({
    format: "pem",
    type: "pkcs8",
  });
  for (const wrong of [String(pem), "no key"]) {
    expect(() => readSigner("town", wrong)).toThrow(expect.objectContaining({ code: "AUDIT_KEY" }));
  }
});
