import { type Static, Type } from "typebox";

const Port = Type.Integer({ minimum: 1, maximum: 65_535 });
const label = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";

/** Serving everybody, over TLS. */
export const PublicSettings = Type.Object(
  {
    name: Type.String({
      pattern: `^(?=.{1,253}$)${label}(?:\\.${label})+$`,
      description: "The town's name on the network, in small letters: town.example.",
    }),
    certificate: Type.Optional(
      Type.String({
        minLength: 1,
        description: "A PEM file with what signed it; without it one is obtained (ACME).",
      }),
    ),
    key: Type.Optional(Type.String({ minLength: 1, description: "The certificate's key, a PEM file." })),
    authority: Type.Optional(
      Type.String({
        pattern: "^https?://",
        maxLength: 300,
        description:
          "The directory of who gives certificates; Let's Encrypt without it. By this Yardline agrees to its terms.",
      }),
    ),
    email: Type.Optional(
      Type.String({ pattern: "^[^@\\s]+@[^@\\s]+$", description: "Whom the authority may write to." }),
    ),
    port: Type.Optional({ ...Port, description: "Of HTTPS; 443 without it." }),
    http_port: Type.Optional({
      ...Port,
      description: "Of plain HTTP, which sends browsers on; 80 without it.",
    }),
    host: Type.Optional(Type.String({ minLength: 1, description: "Listen on this address alone." })),
  },
  { additionalProperties: false },
);
export type PublicSettings = Static<typeof PublicSettings>;

/** Let's Encrypt. */
export const AUTHORITY = "https://acme-v02.api.letsencrypt.org/directory";

/** What is well-formed and yet cannot be meant; undefined where it can. */
export function publicProblem({
  certificate,
  key,
  authority = AUTHORITY,
}: PublicSettings): string | undefined {
  if ((certificate === undefined) !== (key === undefined))
    return "a certificate needs its key, and a key its certificate";
  const url = URL.parse(authority);
  const isSafe = url?.protocol === "https:" || url?.hostname === "127.0.0.1" || url?.hostname === "localhost";
  return isSafe ? undefined : "the authority must be https";
}
