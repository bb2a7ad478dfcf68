import { AppError } from "@yardline/domain/errors";
import { Grant } from "@yardline/permission/grant";
import type { Row } from "@yardline/records/records";
import { type Static, Type } from "typebox";
import { Value } from "typebox/value";
import { hashPassword } from "./password.ts";
import { RECOVERY_CODES } from "./recovery.ts";

/** The kind of the rows; their id is the login, their value an `Account`. */
export const ACCOUNT_KIND = "account";

/** What is kept of somebody. */
export const Account = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    password: Type.String({ maxLength: 300 }),
    grants: Type.Array(Grant, { maxItems: 50 }),
    /** Grows with whatever ends all sessions: another password, other grants, another second factor, being locked. */
    epoch: Type.Integer({ minimum: 0 }),
    locked: Type.Optional(Type.Literal(true)),
    /** The second factor: its secret, sealed (`seal-factors.ts`), the last step whose code was taken, and digests of the codes for when the phone is lost. */
    totp: Type.Optional(
      Type.Object({
        secret: Type.String(),
        step: Type.Integer(),
        recovery: Type.Optional(Type.Array(Type.String(), { maxItems: RECOVERY_CODES })),
      }),
    ),
    /** A second factor that its owner was shown and has not shown a code of yet. */
    totp_offer: Type.Optional(Type.Object({ secret: Type.String(), made_ms: Type.Integer() })),
    /** Of somebody who signs in at the town's OpenID provider: their password, second factor and rights are kept there. */
    outside: Type.Optional(Type.Object({ issuer: Type.String(), subject: Type.String() })),
  },
  { additionalProperties: false },
);
export type Account = Static<typeof Account>;

/** Somebody with an account, as everybody else sees them. */
export type Person = Omit<Account, "password" | "totp" | "totp_offer"> & {
  readonly login: string;
  readonly has_totp: boolean;
  /** Grows with every change, also with a code of the second factor that was used. */
  readonly revision: number;
};

/** What may change of an account; what is absent stays. `totp_secret`: null takes the second factor away. */
export type AccountChange = {
  readonly name?: string;
  readonly password?: string;
  readonly grants?: readonly Grant[];
  readonly locked?: boolean;
  readonly totp_secret?: Uint8Array | null;
  readonly totp_offer?: { readonly secret: Uint8Array; readonly made_ms: number };
  readonly end_sessions?: true;
};

/**
 * @param sealed how a second factor's secret is kept.
 * @throws AppError `ACCOUNT_ELSEWHERE` for what the town's provider keeps; `PASSWORD_WEAK`; as `sealed`.
 */
export async function changed(
  account: Account,
  change: AccountChange,
  sealed: (secret: Uint8Array) => Promise<string>,
): Promise<Account> {
  const { name = account.name, grants = account.grants, password, locked, totp_secret, totp_offer } = change;
  if (account.outside) refuseElsewhere(change);
  const ends = password ?? change.grants ?? locked ?? change.end_sessions ?? totp_secret;
  const { locked: wasLocked, totp, ...rest } = account;
  const isLocked = locked ?? wasLocked ?? false;
  const secret = totp_secret && { secret: await sealed(totp_secret), step: -1 };
  const factor = totp_secret === undefined ? totp : (secret ?? undefined);
  return {
    ...rest,
    name,
    grants: [...grants],
    epoch: account.epoch + (ends === undefined ? 0 : 1),
    ...(password !== undefined && { password: await hashPassword(password) }),
    ...(isLocked && { locked: true }),
    ...(factor && { totp: factor }),
    ...(totp_offer && {
      totp_offer: { secret: await sealed(totp_offer.secret), made_ms: totp_offer.made_ms },
    }),
  };
}

/** @throws AppError `ACCOUNT_WRONG` */
export function checked(value: Account): Account {
  if (Value.Check(Account, value)) return value;
  throw new AppError("ACCOUNT_WRONG", "An account has a name of up to 100 characters and up to 50 grants.");
}

/** @throws AppError `RECORDS_REFUSED` for a row that no release of ours wrote: nobody gets in by it. */
export function accountOf({ id, value }: Row): Account {
  if (Value.Check(Account, value)) return value;
  throw new AppError("RECORDS_REFUSED", `The account "${id}" cannot be read; restore it from a backup.`);
}

/** It is at another revision than the one that was read. */
export function accountChanged(login: string): AppError {
  const message = `The account "${login}" was changed since it was read: read it again, and change what is there now.`;
  return new AppError("ACCOUNT_CHANGED", message);
}

export function personOf(row: Row): Person {
  const { password: _, totp, totp_offer: __, ...account } = accountOf(row);
  return { ...account, login: row.id, has_totp: totp !== undefined, revision: row.revision };
}

function refuseElsewhere({ password, grants, totp_secret, totp_offer }: AccountChange): void {
  if ((password ?? grants ?? totp_offer ?? totp_secret) === undefined) return;
  const message =
    "This person signs in at the town's own provider: password, second factor and rights are changed there.";
  throw new AppError("ACCOUNT_ELSEWHERE", message);
}
