import { readFile } from "node:fs/promises";
import { OutsideSignIn } from "@yardline/api/oidc/outside-sign-in";
import { AppError, messageOf } from "@yardline/domain/errors";
import type { Accounts } from "@yardline/identity/accounts";
import { fromBase, type Site } from "../site.ts";

/** The town's OpenID provider, where its settings name one. It is asked nothing yet: a town starts without it. @throws AppError `SIGN_IN_FILE` */
export async function outsideOf(
  { config, base, clock }: Pick<Site, "config" | "base" | "clock">,
  accounts: Accounts,
): Promise<OutsideSignIn | undefined> {
  const settings = config.sign_in;
  if (!settings) return undefined;
  const textOf = async (path: string | undefined) =>
    path === undefined ? undefined : read(fromBase(base, path));
  const secret = (await textOf(settings.client_secret_file))?.trim();
  const ca = await textOf(settings.ca_file);
  const { tenant } = config.town;
  return new OutsideSignIn(accounts, {
    ...{ settings, tenant, clock, trust: ca === undefined ? {} : { ca } },
    ...(secret !== undefined && { secret }),
  });
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new AppError("SIGN_IN_FILE", `${path} cannot be read: ${messageOf(cause)}.`, { cause });
  }
}
