import { AppError } from "@yardline/domain/errors";
import type { Records, Row } from "@yardline/records/records";
import { isSealed, type Sealer } from "@yardline/secrets/sealer";
import { ACCOUNT_KIND, type Account, accountOf } from "./account.ts";

/** What the secret of a second factor is bound to: put into another's row it does not open. */
function factorOf(login: string): string {
  return `totp/${login}`;
}

/** @throws AppError `TOTP_KEYLESS` where the town has no key for secrets: there is no default that would lie beside what it seals. */
export async function sealFactor(secret: Uint8Array, login: string, sealer: Sealer): Promise<string> {
  try {
    return await sealer.seal(Buffer.from(secret).toString("base64"), factorOf(login));
  } catch (cause) {
    const message =
      "This town cannot keep second factors yet: whoever runs it makes a key for secrets first (./yardline secret key).";
    throw new AppError("TOTP_KEYLESS", message, { cause });
  }
}

/** The bytes of a second factor's secret, as a row has them. @throws AppError as `Sealer.unseal`. */
export async function factorSecret(kept: string, login: string, sealer: Sealer): Promise<Uint8Array> {
  return Buffer.from(isSealed(kept) ? await sealer.unseal(kept, factorOf(login)) : kept, "base64");
}

/**
 * Seals the second factors anew that are not sealed with the newest key, and those that releases before kept in plain words. Accounts that
 * somebody changes in this moment are left for the next time.
 * @returns how many. @throws AppError as `Sealer.isFresh` and `unseal`; as `Records.write`.
 */
export async function sealFactors(records: Pick<Records, "list" | "write">, sealer: Sealer): Promise<number> {
  let sealed = 0;
  for (const row of await records.list(ACCOUNT_KIND)) {
    const value = await freshOf(row, sealer);
    if (!value) continue;
    try {
      await records.write([{ kind: ACCOUNT_KIND, id: row.id, expected: row.revision, value }]);
      sealed++;
    } catch (thrown) {
      if (!(thrown instanceof AppError && thrown.code === "RECORDS_CONFLICT")) throw thrown;
    }
  }
  return sealed;
}

/** The account with its secrets sealed anew, or undefined where there is nothing to do. */
async function freshOf(row: Row, sealer: Sealer): Promise<Account | undefined> {
  const account = accountOf(row);
  const { totp, totp_offer } = account;
  const stale = async (kept: string | undefined) => kept !== undefined && !(await sealer.isFresh(kept));
  if (!((await stale(totp?.secret)) || (await stale(totp_offer?.secret)))) return undefined;
  const anew = async (kept: string) => sealFactor(await factorSecret(kept, row.id, sealer), row.id, sealer);
  return {
    ...account,
    ...(totp && { totp: { ...totp, secret: await anew(totp.secret) } }),
    ...(totp_offer && { totp_offer: { ...totp_offer, secret: await anew(totp_offer.secret) } }),
  };
}
