import type { Clock, EpochMs } from "@yardline/domain/time";
import type { Trust } from "@yardline/sources/http/guarded-request";
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  type ClientAuth,
  ClientSecretPost,
  type Configuration,
  calculatePKCECodeChallenge,
  clockSkew,
  clockTolerance,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from "openid-client";
import { guardedFetch } from "./guarded-fetch.ts";
import type { Pending } from "./pending.ts";
import type { SignInSettings } from "./settings.ts";

/** Clocks of two houses differ. */
const TOLERANCE_S = 60;
/** What a provider says about itself is asked anew after so long; its keys when one is not known. */
const KNOWN_MS = 3_600_000;

export type ProviderOptions = {
  readonly settings: SignInSettings;
  readonly secret?: string;
  readonly trust: Trust;
  readonly clock: Clock;
};

/** What a provider says of somebody who signed in there; all of it is checked. */
export type Claims = Readonly<Record<string, unknown>> & { readonly iss: string; readonly sub: string };

/** The conversation with one OpenID provider: authorization code with PKCE, state and nonce (OpenID Connect Core 1.0, RFC 7636, RFC 9207). */
export class Provider {
  readonly #options: ProviderOptions;
  #known: { readonly at_ms: EpochMs; readonly configuration: Promise<Configuration> } | undefined;
  #endSession: string | undefined;

  constructor(options: ProviderOptions) {
    this.#options = options;
  }

  /** Where to send a browser, and what it has to come back with. @throws whatever keeps the provider from being asked. */
  async begin(
    redirect_uri: string,
    return_to: string,
  ): Promise<{ readonly url: URL; readonly pending: Pending }> {
    const { settings, clock } = this.#options;
    const configuration = await this.#configuration();
    const [state, nonce, verifier] = [randomState(), randomNonce(), randomPKCECodeVerifier()];
    const url = buildAuthorizationUrl(configuration, {
      redirect_uri,
      scope: ["openid", ...(settings.scopes ?? ["profile"])].join(" "),
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
      state,
      nonce,
    });
    return { url, pending: { state, nonce, verifier, return_to, began_ms: clock.now_ms() } };
  }

  /**
   * Takes a browser's way back: asks for the token by the code and checks issuer, audience, signature, times, state and nonce.
   * @param back the whole address that the browser came to.
   * @throws whatever is wrong with it.
   */
  async finish(
    back: URL,
    { state, nonce, verifier }: Pending,
    needsClaim: (claims: Claims) => boolean,
  ): Promise<Claims> {
    const configuration = await this.#configuration();
    const tokens = await authorizationCodeGrant(configuration, back, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (!claims) throw new Error("no id token");
    if (!needsClaim(claims) || configuration.serverMetadata().userinfo_endpoint === undefined) return claims;
    // Some providers say groups only there; what the signed token says goes before it.
    return { ...(await fetchUserInfo(configuration, tokens.access_token, claims.sub)), ...claims };
  }

  /** Where one signs out there too; undefined while it is not known, or where there is no such place. */
  signOutUrl(): string | undefined {
    return this.#endSession;
  }

  /** One question for all who come meanwhile; an answer that failed is asked for again by the next. */
  #configuration(): Promise<Configuration> {
    const now_ms = this.#options.clock.now_ms();
    const age_ms = now_ms - (this.#known?.at_ms ?? Number.NEGATIVE_INFINITY);
    if (this.#known && age_ms >= 0 && age_ms < KNOWN_MS) return this.#known.configuration;
    const known = { at_ms: now_ms, configuration: this.#discover() };
    this.#known = known;
    known.configuration.catch(() => {
      if (this.#known === known) this.#known = undefined;
    });
    return known.configuration;
  }

  async #discover(): Promise<Configuration> {
    const { settings, secret, trust, clock } = this.#options;
    const issuer = new URL(settings.issuer);
    const authentication: ClientAuth = secret === undefined ? None() : ClientSecretPost(secret);
    const metadata = {
      // The library reads the machine's clock; ours may be another.
      [clockSkew]: Math.round((clock.now_ms() - Date.now()) / 1_000),
      [clockTolerance]: TOLERANCE_S,
    };
    const configuration = await discovery(issuer, settings.client_id, metadata, authentication, {
      [customFetch]: guardedFetch(issuer, trust),
      // Of the issuer's own loopback address only: `guardedFetch` refuses every other.
      execute: issuer.protocol === "http:" ? [allowInsecureRequests] : [],
    });
    // Signatures are checked although the token comes over TLS: an `alg` of none, or keyed by what everybody knows, gets nowhere.
    enableNonRepudiationChecks(configuration);
    if (configuration.serverMetadata().end_session_endpoint !== undefined) {
      this.#endSession = buildEndSessionUrl(configuration, {}).href;
    }
    return configuration;
  }
}
