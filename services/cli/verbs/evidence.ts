import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { openBytes } from "@yardline/evidence/read-bytes";
import { fingerprintOf, openTownKey, rotateTownKey, spelledFingerprint } from "@yardline/evidence/town-key";
import { verifierPage } from "@yardline/evidence/verifier-page";
import { type Problem, type Verdict, verifyBundle } from "@yardline/evidence/verify-bundle";
import { openOutput } from "../output-file.ts";
import { defineVerb, type Given, optionalFlag, textFlag, UsageError, type World } from "../verb.ts";

const text = { type: "string" } as const;

const SAID: Readonly<Record<Problem["code"], string>> = {
  "not-a-bundle": "this is no evidence bundle",
  "container-changed": "this is no evidence bundle, or the archive itself was changed, cut or added to",
  "file-changed": "was changed",
  "file-missing": "is missing",
  "file-strange": "is too many, or not in its place",
  "envelope-changed": "the signed statement was changed",
  "signature-wrong": "the signature does not hold",
  "key-strange": "the key in the bundle is missing or strange",
  "version-unknown": "this bundle is of a newer release; verify it with that one",
  "recording-changed": "is not what was stored when it was recorded",
};

/** What leaves the town as evidence: is it as it was signed, and by whom. Needs no network and no town. */
export const evidence = defineVerb({
  name: "evidence",
  summary: "Verifies an evidence bundle offline; shows or rotates the town's key; writes the verifier page.",
  usage:
    "verify BUNDLE [--key FILE | --fingerprint HEX] | key [--data FOLDER] | rotate-key [--data FOLDER] | page --out FILE",
  example: "./yardline evidence verify bundle.zip --key town-key.pem",
  flags: {
    key: { ...text, help: "The town's public key, got by another way than the bundle." },
    fingerprint: { ...text, help: "Or its fingerprint, as the town posted it; spaces do not matter." },
    data: { ...text, help: "The town's folder (.yardline/town)." },
    out: { ...text, help: "Where the page goes that verifies bundles in a browser." },
  },
  positionals: { min: 1, max: 2 },
  async run(given, world) {
    const [what, bundle] = given.positionals;
    if (what === "verify" && bundle !== undefined) return verify(bundle, given, world);
    if (bundle !== undefined || what === "verify") throw new UsageError("evidence verify wants one bundle");
    const folder = join(optionalFlag(given, "data") ?? join(world.root, ".yardline/town"), "evidence/key");
    switch (what) {
      case "key": {
        const { public_pem, fingerprint } = await openTownKey(folder);
        world.stdout.write(`${public_pem}fingerprint ${spelledFingerprint(fingerprint)}\n`);
        return 0;
      }
      case "rotate-key": {
        const { fingerprint } = await rotateTownKey(folder, world.clock);
        world.stdout.write(
          `new key, vouched for by the one before; post it: ${spelledFingerprint(fingerprint)}\n`,
        );
        return 0;
      }
      case "page": {
        const { html } = await verifierPage();
        await using out = await openOutput(textFlag(given, "out"));
        await out.write(html);
        return 0;
      }
      default:
        throw new UsageError(`evidence knows verify, key, rotate-key and page, not "${what}"`);
    }
  },
});

async function verify(bundle: string, given: Given, { stdout }: World): Promise<number> {
  const trusted = await trustedOf(given);
  await using file = await openBytes(bundle);
  const verdict = await verifyBundle(file, trusted, () => undefined);
  for (const line of told(verdict)) stdout.write(`${line}\n`);
  return verdict.whole && verdict.trusted !== "no" ? 0 : 1;
}

async function trustedOf(given: Given): Promise<string | undefined> {
  const key = optionalFlag(given, "key");
  if (key !== undefined) return fingerprintOf(await readFile(key, "utf8"));
  const hex = optionalFlag(given, "fingerprint")?.replaceAll(/[\s:]/g, "").toLowerCase();
  if (hex === undefined || /^[0-9a-f]{64}$/.test(hex)) return hex;
  throw new UsageError("--fingerprint wants the 64 digits that the town posted");
}

function told({ whole, problems, trusted, fingerprint, signed }: Verdict): readonly string[] {
  const wrong = problems.map(({ code, file }) => (file === undefined ? SAID[code] : `${file} ${SAID[code]}`));
  if (!whole) return ["NOT as it was signed", ...wrong];
  const key = fingerprint === undefined ? "" : spelledFingerprint(fingerprint);
  const by = {
    yes: `signed by the town's key ${key}`,
    no: `NOT signed by the key that was given, but by ${key}`,
    "not-asked": `signed by ${key}; compare that with what the town posted, or give --key: who signed was not checked`,
  };
  const files = signed?.files.length ?? 0;
  return [`whole: ${files} files, ${signed?.recordings.length ?? 0} recordings`, by[trusted]];
}
