import { createHash, hkdfSync } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "@yardline/domain/errors";

/** A key that secrets are sealed with. */
export type SecretKey = {
  /** Eight hex digits out of the key: which one it is, without telling it. */
  readonly id: string;
  /** 32 bytes. */
  readonly bytes: Uint8Array;
};

/** Gives the keys, the newest first; asked only where a secret is read or written. @throws AppError `SECRET_KEY_MISSING`, `SECRET_KEY_FORM`. */
export type KeySource = () => Promise<readonly SecretKey[]>;

export const KEY_FILE_VARIABLE = "YARDLINE_SECRET_KEY_FILE";
export const KEY_VARIABLE = "YARDLINE_SECRET_KEY";
/** What the key is called among systemd's credentials. @see systemd.exec(5), LoadCredentialEncrypted= */
export const CREDENTIAL = "yardline-secret-key";

const KEYS_MAX = 8;
const LINE = /^[0-9a-f]{64}$/i;

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Where the environment says that the keys are: a file, systemd's credentials, or the environment itself, in this order. One key of 64 hex
 * digits a line, the newest first.
 */
export function keysFrom(env: Env): KeySource {
  return async () => {
    const named = env[KEY_FILE_VARIABLE];
    if (named) return parseKeys(await readKeyFile(named), named);
    const credentials = env["CREDENTIALS_DIRECTORY"];
    const credential = credentials && (await readFile(join(credentials, CREDENTIAL), "utf8").catch(() => ""));
    if (credential) return parseKeys(credential, `the credential ${CREDENTIAL}`);
    const given = env[KEY_VARIABLE];
    if (given) return parseKeys(given, KEY_VARIABLE);
    throw new AppError(
      "SECRET_KEY_MISSING",
      `There is no key for secrets: make one with ./yardline secret key FILE and name it in ${KEY_FILE_VARIABLE}.`,
    );
  };
}

async function readKeyFile(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    const mend = `cannot be read: it must be a file that whoever runs the town may read`;
    throw new AppError("SECRET_KEY_MISSING", `The key file ${path} of ${KEY_FILE_VARIABLE} ${mend}.`, {
      cause,
    });
  }
}

/** @param from what to call it in an error; the text itself is in none. @throws AppError `SECRET_KEY_FORM` */
export function parseKeys(text: string, from: string): readonly SecretKey[] {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
  if (lines.length === 0 || lines.length > KEYS_MAX || !lines.every((line) => LINE.test(line))) {
    const mend = `must hold 1 to ${KEYS_MAX} lines of 64 hex digits, the newest key first`;
    throw new AppError("SECRET_KEY_FORM", `${from} ${mend}; ./yardline secret key FILE makes one.`);
  }
  return lines.map(keyOf);
}

/** The id comes from a derived value, so that it says nothing that helps to find the key. */
function keyOf(line: string): SecretKey {
  const bytes = Buffer.from(line, "hex");
  const derived = hkdfSync("sha256", bytes, Buffer.alloc(0), "yardline secret key id", 32);
  const id = createHash("sha256").update(new Uint8Array(derived)).digest("hex").slice(0, 8);
  return { id, bytes };
}
