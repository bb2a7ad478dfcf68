import { AppError } from "@yardline/domain/errors";
import type { Person } from "@yardline/identity/account";
import type { Accounts } from "@yardline/identity/accounts";
import { grantsOf, hasClaim } from "@yardline/identity/outside-grants";
import { digestOf } from "@yardline/identity/secret-token";
import type { Grant } from "@yardline/permission/grant";
import { ownPath, type Pending } from "./pending.ts";
import { type Claims, Provider, type ProviderOptions } from "./provider.ts";

/** Why somebody who came back from the provider is not let in; stands in the page's address, so that the page can say it. */
export type Failure = "expired" | "refused" | "no-grant" | "locked" | "unavailable";

/** @throws `cause` is for the log's code alone: what a provider answers may hold tokens. */
export class SignInFailure extends AppError {
  readonly why: Failure;

  constructor(why: Failure, cause?: unknown) {
    super("OUTSIDE_SIGN_IN", `Signing in at the provider failed: ${why}.`, { cause });
    this.why = why;
  }
}

/** Writes down whose grants are about to become others. */
type Note = (login: string, grants: readonly Grant[]) => Promise<void>;

/** People of the town's OpenID provider: who they are is its word, what they may is the settings' (`OutsideRoles`). */
export class OutsideSignIn {
  /** What people call the provider. */
  readonly name: string;
  readonly #provider: Provider;
  readonly #accounts: Accounts;
  readonly #options: ProviderOptions & { readonly tenant: string };

  constructor(accounts: Accounts, options: ProviderOptions & { readonly tenant: string }) {
    this.name = options.settings.name;
    this.#provider = new Provider(options);
    this.#accounts = accounts;
    this.#options = options;
  }

  /** Where to send a browser. @throws SignInFailure `unavailable` */
  async begin(redirect_uri: string, return_to: string | undefined): ReturnType<Provider["begin"]> {
    try {
      return await this.#provider.begin(redirect_uri, ownPath(return_to));
    } catch (cause) {
      throw new SignInFailure("unavailable", cause);
    }
  }

  /** Who came back, with the grants that their claims come to now. @throws SignInFailure; as `Records.write`. */
  async finish(back: URL, pending: Pending, note: Note): Promise<Person> {
    const { settings, tenant } = this.#options;
    const needsClaim = (claims: Claims) => !hasClaim(claims, settings.roles.claim);
    const claims = await this.#provider.finish(back, pending, needsClaim).catch((cause: unknown) => {
      throw new SignInFailure(cause instanceof AppError ? "unavailable" : "refused", cause);
    });
    const grants = grantsOf(claims, settings.roles, tenant);
    const known = await this.#accounts.findOutside(claims.iss, claims.sub);
    if (known?.locked) throw new SignInFailure("locked");
    const name = textOf(claims, "name") ?? known?.name ?? textOf(claims, "preferred_username") ?? "–";
    // Also where nothing is left: what they had here is over.
    if (known && !isSame(known.grants, grants)) await note(known.login, grants);
    if (known) await this.#accounts.changeOutside(known.login, { name, grants });
    if (grants.length === 0) throw new SignInFailure("no-grant");
    if (!known) await this.#create(claims, { name, grants }, note);
    const person = await this.#accounts.findOutside(claims.iss, claims.sub);
    if (!person || person.locked) throw new SignInFailure("locked");
    return person;
  }

  signOutUrl(): string | undefined {
    return this.#provider.signOutUrl();
  }

  /**
   * A login is what others call somebody here, and no proof of anything: one that is taken, perhaps by an account with a password, is
   * never joined, and the newcomer gets another.
   */
  async #create(
    { iss: issuer, sub: subject, ...claims }: Claims,
    account: Pick<Person, "name" | "grants">,
    note: Note,
  ): Promise<void> {
    const wished = textOf(claims, "preferred_username")?.toLowerCase();
    const own = `sso-${digestOf(JSON.stringify([issuer, subject]))
      .toLowerCase()
      .replaceAll(/[^a-z0-9]/g, "")
      .slice(0, 12)}`;
    for (const login of [...(wished === undefined ? [] : [wished]), own]) {
      try {
        await note(login, account.grants);
        await this.#accounts.createOutside(login, { ...account, outside: { issuer, subject } });
        return;
      } catch (thrown) {
        const isTaken = thrown instanceof AppError && /^ACCOUNT_(?:EXISTS|WRONG)$/.test(thrown.code);
        if (!isTaken || login === own) throw thrown;
      }
    }
  }
}

function isSame(one: readonly Grant[], other: readonly Grant[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function textOf(claims: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = claims[name];
  return typeof value === "string" && value.trim() !== "" ? value.trim().slice(0, 100) : undefined;
}
