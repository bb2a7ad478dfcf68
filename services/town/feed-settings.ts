import { FEED_FORMATS } from "@yardline/sources/feeds/feeds";
import { namedInFile } from "@yardline/sources/http/address-policy";
import { type Static, type TObject, type TProperties, type TUnsafe, Type } from "typebox";
import { Id } from "./camera-config.ts";
import type { LineOf, Problem } from "./read-settings.ts";

const Address = (schemes: string, what: string) =>
  Type.String({ pattern: `^(${schemes})://`, maxLength: 1_000, description: what });
const File = (description: string) => Type.String({ minLength: 1, description });

/** Of every feed, however it comes. */
const COMMON = {
  name: Id,
  ids: Type.Optional(
    Type.Enum(["fleet", "devices", "hidden"], {
      description:
        "What the feed's names of vehicles are: fleet numbers (where nothing is said), devices of the registry, or plates and the like, to be hidden.",
    }),
  ),
  every_s: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 3600,
      description: "How often it is asked (15), or over MQTT how often a vehicle's position is taken (1).",
    }),
  ),
  stale_after_s: Type.Optional(
    Type.Integer({ minimum: 10, maximum: 86_400, description: "Its data are fresh for so long (180)." }),
  ),
  ca_file: Type.Optional(File("Certificates (PEM) that are trusted instead of the usual authorities.")),
};
type Common = Static<TObject<typeof COMMON>>;

const POLLED = {
  url: Type.Optional(
    Address("https?", "An address that begins with https:// or http://, without a key in it."),
  ),
  url_file: Type.Optional(File("A file that holds the address, where a key is part of it.")),
  header_file: Type.Optional(
    File("A file with one header line that the server wants, as in Authorization: Bearer …"),
  ),
};
type Polled = Static<TObject<typeof POLLED>>;

const FOLLOWED = {
  broker: Address("mqtts?", "mqtts://host or mqtt://host, without user and password."),
  topic: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
  qos: Type.Optional(Type.Enum([0, 1], { description: "1 where each message is to come at least once." })),
  user: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  password_file: Type.Optional(File("A file that holds the password, read by its owner alone.")),
};
type Followed = Static<TObject<typeof FOLLOWED>>;

/** One feed of the settings. What its format alone must be told stands beside. */
export type FeedConfig = Common & { readonly format: string } & (Polled | Followed);

const WAYS: Readonly<Record<"poll" | "mqtt", TProperties>> = { poll: POLLED, mqtt: FOLLOWED };

/** Where positions come from other systems; each format has its own branch, from its own file. */
export const FeedSettings: TUnsafe<FeedConfig[]> = Type.Unsafe<FeedConfig[]>(
  Type.Array(
    Type.Union(
      FEED_FORMATS.map(({ name, way, settings }) =>
        Type.Object(
          { ...COMMON, format: Type.Literal(name), ...WAYS[way], ...settings },
          { additionalProperties: false },
        ),
      ),
    ),
    { maxItems: 32 },
  ),
);

export const DEFAULT_STALE_AFTER_S = 180;
export const DEFAULT_EVERY_S = { poll: 15, mqtt: 1 } as const;

/** What is well-formed and yet cannot be meant. */
export function feedProblems(feeds: readonly FeedConfig[], lineOf: LineOf): Problem[] {
  return feeds.flatMap((feed, at) => {
    const problem = (field: string, message: string): Problem => ({
      line: lineOf(["feeds", at, field]),
      message: `feeds[${at}].${field} ${message}`,
    });
    const problems = "broker" in feed ? brokerProblems(feed, problem) : addressProblems(feed, problem);
    if (feeds.findIndex(({ name }) => name === feed.name) !== at)
      problems.push(problem("name", "is there twice"));
    const refused = FEED_FORMATS.find(({ name }) => name === feed.format)?.whyRefused(feed);
    if (refused) problems.push({ line: lineOf(["feeds", at]), message: `feeds[${at}].${refused}` });
    const { every_s = 0, stale_after_s = DEFAULT_STALE_AFTER_S } = feed;
    if (!("broker" in feed) && stale_after_s < 2 * every_s) {
      problems.push(
        problem("stale_after_s", `must be at least twice every_s, ${2 * every_s}: one answer may fail`),
      );
    }
    return problems;
  });
}

type Telling = (field: string, message: string) => Problem;

function addressProblems({ url, url_file, header_file }: Polled, problem: Telling): Problem[] {
  const problems: Problem[] = [];
  if ((url === undefined) === (url_file === undefined)) {
    problems.push(problem("url", "or url_file must be there, one of them"));
  }
  if (url === undefined) return problems;
  const why = whyUnusable(url);
  if (why) problems.push(problem("url", why));
  else if (header_file !== undefined && isOpenSecret(url, "http:")) {
    problems.push(
      problem("url", "must be https://, since header_file holds a key that all on the way could read"),
    );
  }
  return problems;
}

function brokerProblems({ broker, user, password_file }: Followed, problem: Telling): Problem[] {
  const why = whyUnusable(broker);
  if (why) return [problem("broker", why)];
  if (password_file !== undefined && user === undefined)
    return [problem("user", "is missing beside password_file")];
  if (password_file === undefined || !isOpenSecret(broker, "mqtt:")) return [];
  return [problem("broker", "must be mqtts://, since all on the way could read the password")];
}

function whyUnusable(text: string): string | undefined {
  const url = URL.parse(text);
  if (!url?.hostname) return "is no address";
  return url.username || url.password
    ? "must hold no user and password: settings are shown, files of secrets are not"
    : undefined;
}

/** Whether a secret would go to a host on the internet in the open; one that is named by number is near. */
function isOpenSecret(text: string, open: "http:" | "mqtt:"): boolean {
  const url = new URL(text);
  return url.protocol === open && namedInFile(url.hostname) === "network";
}
