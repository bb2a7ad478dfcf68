import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair } from "jose";
import { type Configuration, Provider } from "oidc-provider";
import { onTestFinished } from "vitest";

/** What the provider says of somebody, by subject. */
export type Claims = Readonly<Record<string, unknown>>;

export type RealIssuer = {
  readonly issuer: string;
  readonly client_id: string;
  readonly secret: string;
  /** Whoever comes next to sign in there. */
  signsIn(subject: string): void;
  /** Opens it for a town at this address. */
  serve(town: string): void;
};

/** A certified OpenID provider, on a free port of this machine: code with PKCE required, claims at the userinfo endpoint. */
export async function realIssuer(people: Readonly<Record<string, Claims>>): Promise<RealIssuer> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const [client_id, secret] = ["yardline", "a secret of the town and its provider"];
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const key = { ...(await exportJWK(privateKey)), alg: "RS256", use: "sig", kid: "one" };
  let subject = "";
  return {
    ...{ issuer, client_id, secret },
    signsIn: (next) => (subject = next),
    serve(town) {
      const provider = new Provider(issuer, {
        ...configurationOf(people),
        jwks: { keys: [key] },
        clients: [
          {
            client_id,
            client_secret: secret,
            token_endpoint_auth_method: "client_secret_post",
            redirect_uris: [`${town}/v1/session/oidc/callback`],
          },
        ],
      });
      server.on("request", (request, response) => {
        if (request.url?.startsWith("/interaction/")) {
          void provider.interactionFinished(request, response, { login: { accountId: subject } });
        } else {
          void provider.callback()(request, response);
        }
      });
    },
  };
}

function configurationOf(people: Readonly<Record<string, Claims>>): Configuration {
  return {
    cookies: { keys: ["a key of the provider's cookies"] },
    claims: { openid: ["sub"], profile: ["name", "preferred_username"], groups: ["groups"] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    ttl: { Interaction: 60, Grant: 60, Session: 60, AccessToken: 60, IdToken: 60 },
    async findAccount(_, accountId) {
      return { accountId, claims: async () => ({ sub: accountId, ...people[accountId] }) };
    },
    // Nobody is asked whether the town may know their name.
    async loadExistingGrant({ oidc }) {
      const { client, session, provider } = oidc;
      if (!client || !session?.accountId) return undefined;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope("openid profile groups");
      await grant.save();
      return grant;
    },
  };
}
