import { readFile } from "node:fs/promises";
import { AppError, messageOf } from "@yardline/domain/errors";
import type { Clock } from "@yardline/domain/time";
import { checkpointFolder } from "@yardline/notifier/checkpoint-folder";
import { checkpointMail } from "@yardline/notifier/checkpoint-mail";
import type { CheckpointPlace } from "@yardline/notifier/checkpoint-place";
import { checkpointPrinter } from "@yardline/notifier/checkpoint-printer";
import { checkpointWebhook } from "@yardline/notifier/checkpoint-webhook";
import { guardedPost } from "@yardline/notifier/post";
import { readSecret, readUrl } from "@yardline/notifier/webhook";
import { type Static, Type } from "typebox";
import { fromBase } from "./site.ts";

const strict = { additionalProperties: false };
const HOUR_MS = 3_600_000;
/** A page an hour would be thrown away unread. */
const PRINT_EVERY_H = 24;
const Address = Type.String({ minLength: 3, maxLength: 254, pattern: "^[^\\s@<>]+@[^\\s@<>]+$" });
const EveryH = Type.Optional(
  Type.Integer({ minimum: 1, maximum: 168, description: "Hours between two; 1, on paper 24." }),
);

const Place = Type.Union([
  Type.Object(
    {
      webhook: Type.Object(
        { url: Type.String({ minLength: 1, maxLength: 500 }), secret_file: Type.String({ minLength: 1 }) },
        strict,
      ),
      every_h: EveryH,
    },
    strict,
  ),
  Type.Object(
    {
      mail: Type.Object(
        {
          to: Type.Array(Address, { minItems: 1, maxItems: 20 }),
          from: Address,
          host: Type.String({
            minLength: 1,
            maxLength: 253,
            description: "The server that takes mail of this town.",
          }),
          port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535 })),
          user: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
          password_file: Type.Optional(Type.String({ minLength: 1 })),
        },
        strict,
      ),
      every_h: EveryH,
    },
    strict,
  ),
  Type.Object({ folder: Type.String({ minLength: 1 }), every_h: EveryH }, strict),
  Type.Object({ printer: Type.String({ pattern: "^[\\w][\\w.-]{0,100}$" }), every_h: EveryH }, strict),
]);
type Place = Static<typeof Place>;

/** Who looked at what is written down; for how long that is kept, and where proofs of it go. */
export const AuditSettings = Type.Object(
  {
    keep_days: Type.Optional(
      Type.Integer({ minimum: 30, maximum: 3_660, description: "731: a year from the end of the year." }),
    ),
    key_file: Type.Optional(
      Type.String({
        minLength: 1,
        description: "The key that signs checkpoints; made in the data folder without.",
      }),
    ),
    checkpoints: Type.Optional(
      Type.Array(Place, {
        maxItems: 8,
        description: "Where checkpoints are kept that this machine cannot change.",
      }),
    ),
  },
  strict,
);
export type AuditSettings = Static<typeof AuditSettings>;

const PORT_TLS = 465;

/** @throws AppError `TOWN_CONFIG` for one that cannot be meant. */
export async function openPlaces(
  places: readonly Place[],
  { base, town, clock }: { readonly base: string; readonly town: string; readonly clock: Clock },
): Promise<readonly CheckpointPlace[]> {
  const secretAt = async (path: string) => (await readFile(fromBase(base, path), "utf8")).trim();
  const opened = async (place: Place): Promise<CheckpointPlace> => {
    const every_ms = (place.every_h ?? ("printer" in place ? PRINT_EVERY_H : 1)) * HOUR_MS;
    if ("folder" in place)
      return checkpointFolder({ folder: fromBase(base, place.folder), every_ms }, { clock });
    if ("printer" in place) return checkpointPrinter({ printer: place.printer, every_ms });
    if ("webhook" in place) {
      const { url, secret_file } = place.webhook;
      const secret = readSecret(await secretAt(secret_file));
      return checkpointWebhook({ url: readUrl(url), secret, every_ms }, { clock, post: guardedPost });
    }
    const { host, port = PORT_TLS, user, password_file, from, to } = place.mail;
    const password = password_file === undefined ? undefined : await secretAt(password_file);
    const login = { ...(user !== undefined && { user }), ...(password !== undefined && { password }) };
    return checkpointMail(
      { server: { host, port, tls: port === PORT_TLS, ...login }, from, to, every_ms },
      town,
    );
  };
  return await Promise.all(
    places.map((place) =>
      opened(place).catch((cause: unknown) => {
        throw new AppError("TOWN_CONFIG", `audit.checkpoints: ${messageOf(cause)}`, { cause });
      }),
    ),
  );
}
