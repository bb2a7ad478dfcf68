import { OutsideRoles } from "@yardline/identity/outside-grants";
import { type Static, Type } from "typebox";

/** A town's OpenID provider, as its settings name it. It is the only issuer that is believed. */
export const SignInSettings = Type.Object(
  {
    name: Type.String({
      minLength: 1,
      maxLength: 60,
      description: "What people call it; stands on the button.",
    }),
    issuer: Type.String({
      pattern: "^https?://[^?#@\\s]+$",
      maxLength: 300,
      description:
        "https, letter by letter as the provider writes it; http only on this machine, to try it out.",
    }),
    client_id: Type.String({ minLength: 1, maxLength: 200 }),
    client_secret_file: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          "A file that holds the secret, read by its owner alone. Without one PKCE alone proves who asks.",
      }),
    ),
    ca_file: Type.Optional(
      Type.String({
        minLength: 1,
        description: "Of an own authority that signed the provider's certificate.",
      }),
    ),
    scopes: Type.Optional(
      Type.Array(Type.String({ pattern: "^[\\x21\\x23-\\x5b\\x5d-\\x7e]{1,60}$" }), {
        maxItems: 10,
        description: "Asked for besides `openid`; `profile` without it.",
      }),
    ),
    roles: OutsideRoles,
    passwords: Type.Optional(
      Type.Enum(["everybody", "administrators"], {
        description: "Who may sign in with a password besides; everybody who has one without it.",
      }),
    ),
  },
  { additionalProperties: false },
);
export type SignInSettings = Static<typeof SignInSettings>;

const LOOPBACK: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Why an issuer cannot be one; undefined for one that can. */
export function issuerProblem(issuer: string): string | undefined {
  const url = URL.parse(issuer);
  if (!url) return "is no address";
  if (url.protocol === "https:" || LOOPBACK.has(url.hostname)) return undefined;
  return "must be https: what it says decides who gets in";
}
