import { createECDH } from "node:crypto";
import { AppError } from "@yardline/domain/errors";
import type { SecretStore } from "@yardline/secrets/secret-store";
import { type Static, Type } from "typebox";
import { Value } from "typebox/value";

/** What the pair is called in the secret store. */
const SECRET = "push-keys";

/** RFC 8292: a pair of P-256 keys in base64url that push services know the town by. */
const PushKeys = Type.Object({
  public_key: Type.String({ pattern: "^B[\\w-]{86}$" }),
  private_key: Type.String({ pattern: "^[\\w-]{43}$" }),
});
export type PushKeys = Static<typeof PushKeys>;

/**
 * The town's pair out of the secret store; made there the first time.
 * @returns undefined where the town has no key for secrets: it then reminds nobody.
 * @throws AppError `SECRET_BROKEN`, `SECRET_KEY_WRONG`, those of Records.
 */
export async function openPushKeys(
  secrets: Pick<SecretStore, "read" | "put">,
): Promise<PushKeys | undefined> {
  try {
    const kept = await secrets.read(SECRET).catch(absent);
    if (kept !== undefined) return keysIn(kept);
    await secrets.put(SECRET, JSON.stringify(makePair()));
    // Of two processes that make one at once, both use what is kept in the end.
    return keysIn(await secrets.read(SECRET));
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === "SECRET_KEY_MISSING") return undefined;
    throw thrown;
  }
}

function absent(thrown: unknown): undefined {
  if (thrown instanceof AppError && thrown.code === "SECRET_UNKNOWN") return undefined;
  throw thrown;
}

function keysIn(text: string): PushKeys {
  const value: unknown = JSON.parse(text);
  if (Value.Check(PushKeys, value)) return value;
  throw new AppError(
    "SECRET_BROKEN",
    `The secret "${SECRET}" is no pair of keys: remove it, and a new one is made.`,
  );
}

function makePair(): PushKeys {
  for (;;) {
    const pair = createECDH("prime256v1");
    const public_key = pair.generateKeys("base64url");
    const private_key = pair.getPrivateKey("base64url");
    // A number that happens to begin with a zero byte comes out shorter.
    if (private_key.length === PRIVATE_CHARS) return { public_key, private_key };
  }
}

const PRIVATE_CHARS = 43;
