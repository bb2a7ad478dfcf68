import {
  createDecipheriv,
  createECDH,
  createPublicKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  verify,
} from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import type { PushAddress } from "./reminder.ts";

/** A message as a browser gets it, and what its push service was told beside it. */
export type Pushed = {
  readonly text: string;
  readonly ttl_s: number;
  readonly urgency: string | undefined;
  readonly topic: string | undefined;
  readonly contact: string;
};

/** A push service as RFC 8030, 8188, 8291 and 8292 describe it, and browsers at it. */
export type TestPushService = {
  readonly origin: string;
  /** @param public_key that the browser subscribed with: other senders are refused. */
  subscribe(public_key: string): { readonly address: PushAddress; readonly pushed: readonly Pushed[] };
  /** What the next messages are answered with, in turn, instead of 201. */
  answerWith(...statuses: number[]): void;
  close(): Promise<void>;
};

type Browser = {
  readonly public_key: string;
  readonly pair: ReturnType<typeof createECDH>;
  readonly auth: Buffer;
  readonly pushed: Pushed[];
};

export async function startPushService(): Promise<TestPushService> {
  const browsers = new Map<string, Browser>();
  const statuses: number[] = [];
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const instead = statuses.shift();
    if (instead !== undefined) return void response.writeHead(instead).end();
    const browser = browsers.get(request.url ?? "");
    if (!browser || request.method !== "POST") return void response.writeHead(404).end();
    try {
      browser.pushed.push(readPush(request, body, browser, `http://${request.headers.host}`));
      response.writeHead(201, { location: `${request.url}/message` }).end();
    } catch (thrown) {
      response.writeHead(400).end(String(thrown));
    }
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    subscribe(public_key) {
      const pair = createECDH("prime256v1");
      const p256dh = pair.generateKeys("base64url");
      const auth = randomBytes(16);
      const path = `/push/${randomBytes(12).toString("base64url")}`;
      const pushed: Pushed[] = [];
      browsers.set(path, { public_key, pair, auth, pushed });
      const keys = { p256dh, auth: auth.toString("base64url") };
      return { address: { endpoint: origin + path, keys }, pushed };
    },
    answerWith: (...more) => void statuses.push(...more),
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

function readPush({ headers }: IncomingMessage, body: Buffer, browser: Browser, origin: string): Pushed {
  const ttl_s = Number(headers["ttl"]);
  if (!Number.isInteger(ttl_s)) throw new Error("RFC 8030 wants a TTL");
  if (headers["content-encoding"] !== "aes128gcm") throw new Error("RFC 8291 wants aes128gcm");
  const contact = senderOf(headers.authorization ?? "", browser.public_key, origin);
  const textOf = (name: string) => headers[name]?.toString();
  return { text: opened(body, browser), ttl_s, urgency: textOf("urgency"), topic: textOf("topic"), contact };
}

/** RFC 8292: the sender signed, with the key that the browser subscribed with, for this service and not for ever. */
function senderOf(authorization: string, public_key: string, origin: string): string {
  const [, token = "", key = ""] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(authorization) ?? [];
  if (key !== public_key) throw new Error("another sender");
  const [head = "", claims = "", signature = ""] = token.split(".");
  const signed = Buffer.from(`${head}.${claims}`);
  const verifier = { key: keyOf(public_key), dsaEncoding: "ieee-p1363" } as const;
  if (!verify("sha256", signed, verifier, Buffer.from(signature, "base64url"))) throw new Error("not signed");
  const { aud, exp, sub } = JSON.parse(Buffer.from(claims, "base64url").toString()) as {
    aud: string;
    exp: number;
    sub: string;
  };
  if (aud !== origin) throw new Error(`signed for ${aud}`);
  if (exp * 1_000 < Date.now() || exp * 1_000 > Date.now() + 86_400_000) throw new Error("signed for ever");
  return sub;
}

function keyOf(point: string): KeyObject {
  const bytes = Buffer.from(point, "base64url");
  const [x, y] = [bytes.subarray(1, 33), bytes.subarray(33)].map((half) => half.toString("base64url"));
  return createPublicKey({ key: { kty: "EC", crv: "P-256", x: x ?? "", y: y ?? "" }, format: "jwk" });
}

const SALT_BYTES = 16;
const TAG_BYTES = 16;

/** RFC 8188 section 2 and RFC 8291 section 3.4, of one record. */
function opened(body: Buffer, { pair, auth }: Browser): string {
  const salt = body.subarray(0, SALT_BYTES);
  const id_bytes = body.readUInt8(SALT_BYTES + 4);
  const sender = body.subarray(SALT_BYTES + 5, SALT_BYTES + 5 + id_bytes);
  const record = body.subarray(SALT_BYTES + 5 + id_bytes);
  const info = Buffer.concat([Buffer.from("WebPush: info\0"), pair.getPublicKey(), sender]);
  const secret = Buffer.from(hkdfSync("sha256", pair.computeSecret(sender), auth, info, 32));
  const derived = (name: string, bytes: number) =>
    Buffer.from(hkdfSync("sha256", secret, salt, Buffer.from(`Content-Encoding: ${name}\0`), bytes));
  const opener = createDecipheriv("aes-128-gcm", derived("aes128gcm", 16), derived("nonce", 12));
  opener.setAuthTag(record.subarray(-TAG_BYTES));
  const padded = Buffer.concat([opener.update(record.subarray(0, -TAG_BYTES)), opener.final()]);
  // The last record ends with a 2 and zeros.
  return padded.subarray(0, padded.lastIndexOf(2)).toString("utf8");
}
