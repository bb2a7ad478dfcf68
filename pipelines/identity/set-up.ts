import { timingSafeEqual } from "node:crypto";
import { AppError } from "@yardline/domain/errors";
import type { Grant } from "@yardline/permission/grant";
import { RIGHTS_OF } from "@yardline/permission/rights";
import type { Accounts } from "./accounts.ts";
import { digestOf, newSecret } from "./secret-token.ts";

/** Who makes the first account: whoever can read what the town printed when it started without any. */
export class SetUp {
  /** Printed once, where only whoever runs the box reads; good until there is an account, or until the town starts again. */
  readonly token: string;
  readonly #accounts: Accounts;

  constructor(accounts: Accounts, token: string = newSecret()) {
    this.#accounts = accounts;
    this.token = token;
  }

  /** Whether nobody is there who could give others their rights: no account yet, or none but those of a provider that names nobody. */
  async isDue(): Promise<boolean> {
    return !(await this.#accounts.list()).some(({ grants, locked }) => !locked && grants.some(givesRights));
  }

  /**
   * Makes the first account: an administrator of the tenant.
   * @param before what is done about it first, once the token is known to be right.
   * @throws AppError `SET_UP_WRONG` for another token, `SET_UP_DONE` where there is somebody; as `Accounts.create`.
   */
  async finish(
    token: string,
    { login, ...account }: { readonly login: string; readonly name: string; readonly password: string },
    tenant: string,
    before: () => Promise<void> = async () => undefined,
  ): Promise<void> {
    const [given, right] = [token, this.token].map((each) => Buffer.from(digestOf(each)));
    if (!given || !right || !timingSafeEqual(given, right)) {
      throw new AppError("SET_UP_WRONG", "This is not the token that the town printed when it started last.");
    }
    if (!(await this.isDue())) {
      throw new AppError("SET_UP_DONE", "There is an administrator already; sign in.");
    }
    await before();
    await this.#accounts.create(login, { ...account, grants: [{ tenant, role: "administrator" }] });
  }
}

/** Whether a grant lets give others theirs. */
export function givesRights({ role, also = [] }: Grant): boolean {
  return RIGHTS_OF[role].includes("people") || also.includes("people");
}
