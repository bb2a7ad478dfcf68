import { OutsideSignIn } from "../oidc/outside-sign-in.ts";
import type { SignInSettings } from "../oidc/settings.ts";
import { servedApp } from "./app.ts";
import { testIdentity } from "./people.ts";
import { TENANT } from "./scenes.ts";

const ROLES: SignInSettings["roles"] = {
  claim: "groups",
  of: [
    { value: "planners", role: "planner" },
    { value: "it", role: "administrator" },
  ],
};

/** A town without accounts whose people sign in at a provider, on the machine's own clock: the provider has no other. */
export async function townWithProvider(
  provider: { readonly issuer: string; readonly client_id: string; readonly secret?: string },
  { passwords = "everybody" }: { passwords?: "everybody" | "administrators" } = {},
) {
  const { identity: own } = await testIdentity({ empty: true });
  const { issuer, client_id, secret } = provider;
  const clock = { now_ms: () => Date.now(), monotonic_ms: () => performance.now() };
  const settings = { name: "Directory", issuer, client_id, scopes: ["profile", "groups"], roles: ROLES };
  const outside = new OutsideSignIn(own.accounts, {
    ...{ settings, tenant: TENANT, clock, trust: {} },
    ...(secret !== undefined && { secret }),
  });
  const identity = { ...own, outside, passwords };
  return { identity, ...(await servedApp({ identity, clock })) };
}
