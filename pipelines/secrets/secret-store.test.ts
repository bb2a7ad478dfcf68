import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteRecords } from "@yardline/records/sqlite";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { seal, unseal } from "./seal.ts";
import { keysFrom, parseKeys } from "./secret-keys.ts";
import { openSecrets } from "./secret-store.ts";

const OLD = "a".repeat(64);
const NEW = "b".repeat(64);
const keysOf = (...lines: string[]) => parseKeys(lines.join("\n"), "the test");
const ADDRESS = "rtsp://user:correct-horse@192.168.1.20/stream1";

async function testRecords() {
  const folder = await mkdtemp(join(tmpdir(), "yardline-secrets-"));
  const records = await openSqliteRecords({ path: join(folder, "records.sqlite") });
  onTestFinished(async () => {
    await records.close();
    await rm(folder, { recursive: true });
  });
  return records;
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (thrown: { code?: string }) => thrown.code,
  );

test("what was put in comes out, and the store holds nothing of it", async () => {
  const records = await testRecords();
  const secrets = openSecrets(records, async () => keysOf(OLD), randomBytes);
  await secrets.put("yard", ADDRESS);
  expect(await secrets.read("yard")).toBe(ADDRESS);
  expect(JSON.stringify(await records.list("secret"))).not.toMatch(/correct|horse|192/);
  expect(await secrets.list()).toEqual([{ name: "yard", key_id: keysOf(OLD)[0]?.id }]);
  expect([await secrets.remove("yard"), await secrets.remove("yard")]).toEqual([true, false]);
  expect(await codeOf(secrets.read("yard"))).toBe("SECRET_UNKNOWN");
});

test("another key is put above the old one; rotating seals all anew, after which the old one may go", async () => {
  const records = await testRecords();
  const before = openSecrets(records, async () => keysOf(OLD), randomBytes);
  await before.put("yard", ADDRESS);
  await before.put("gate", "rtsp://gate");
  const between = openSecrets(records, async () => keysOf(NEW, OLD), randomBytes);
  expect([await between.read("yard"), await between.rotate(), await between.rotate()]).toEqual([
    ADDRESS,
    2,
    0,
  ]);
  const after = openSecrets(records, async () => keysOf(NEW), randomBytes);
  expect(await after.read("gate")).toBe("rtsp://gate");
  expect(await codeOf(before.read("yard"))).toBe("SECRET_KEY_WRONG");
});

test("no changed byte and no other name opens", () => {
  const keys = keysOf(NEW, OLD);
  const [key] = keys;
  if (!key) throw new Error("no key");
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      (text, at, bits) => {
        const sealed = seal(text, "yard", key, randomBytes(12));
        expect(unseal(sealed, "yard", keys)).toBe(text);
        expect(() => unseal(sealed, "gate", keys)).toThrow(/was changed/);
        const [version, id, packed = ""] = sealed.split(":");
        const bytes = Buffer.from(packed, "base64url");
        bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ bits;
        expect(() => unseal(`${version}:${id}:${bytes.toString("base64url")}`, "yard", keys)).toThrow(
          /was changed/,
        );
      },
    ),
  );
});

test("keys come from a file, from systemd's credentials, or from the environment", async () => {
  const folder = await mkdtemp(join(tmpdir(), "yardline-keys-"));
  await writeFile(join(folder, "yardline-secret-key"), `${NEW}\n`);
  await writeFile(join(folder, "keys"), `# since May\n${NEW}\n${OLD}\n`);
  const idsOf = async (env: Record<string, string>) => (await keysFrom(env)()).map(({ id }) => id);
  const [newer, older] = [keysOf(NEW)[0]?.id, keysOf(OLD)[0]?.id];
  expect(await idsOf({ YARDLINE_SECRET_KEY_FILE: join(folder, "keys") })).toEqual([newer, older]);
  expect(await idsOf({ CREDENTIALS_DIRECTORY: folder, YARDLINE_SECRET_KEY: OLD })).toEqual([newer]);
  expect(await idsOf({ YARDLINE_SECRET_KEY: OLD })).toEqual([older]);
  const missing = { YARDLINE_SECRET_KEY_FILE: join(folder, "none") };
  expect(await codeOf(keysFrom(missing)())).toBe("SECRET_KEY_MISSING");
  expect(await codeOf(keysFrom({})())).toBe("SECRET_KEY_MISSING");
  expect(await codeOf(keysFrom({ YARDLINE_SECRET_KEY: "swordfish" })())).toBe("SECRET_KEY_FORM");
});

test("an error never holds the key", () => {
  expect(() => parseKeys("swordfish", "keys.txt")).toThrow(
    "keys.txt must hold 1 to 8 lines of 64 hex digits, the newest key first; ./yardline secret key FILE makes one.",
  );
});
