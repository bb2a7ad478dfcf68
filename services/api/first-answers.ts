import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

/** A stop's page and its screen, as they stand in an address. */
const STOP = /^\/(?:stops|board)\/([\w.~%-]+)\/?(?:[?#]|$)/;
const END = "</body>";
const zipped = promisify(gzip);

/** What the page of this address asks for before it can show anything, by the names under which it looks for the answers; undefined where it is no stop's. */
export function firstAsked(url: string): Readonly<Record<string, string>> | undefined {
  const [, stop] = STOP.exec(url) ?? [];
  if (stop === undefined) return undefined;
  return { town: "/v1/town", arrivals: `/v1/stops/${stop}/arrivals`, push_key: "/v1/push-key" };
}

/**
 * The page with the answers in it: on a slow line each question costs half a second. Data alone, which no Content-Security-Policy refuses.
 * @param answers in JSON; no text in them can end the element.
 */
export function withFirstAnswers(page: string, answers: Readonly<Record<string, string>>): string {
  const members = Object.entries(answers).map(([name, json]) => `"${name}":${json}`);
  const data = `{${members.join(",")}}`.replaceAll("<", "\\u003c");
  const element = `<script type="application/json" id="first-answers">${data}</script>`;
  return page.replace(END, () => `${element}${END}`);
}

/**
 * Asks our own doors, as anybody could from where this person is: nobody's cookie goes with it, and the schemas and limits of these routes
 * hold. What is refused is left out; then the page asks itself and is told why.
 */
export async function askFirst(
  app: FastifyInstance,
  asked: Readonly<Record<string, string>>,
  remoteAddress: string,
): Promise<Readonly<Record<string, string>>> {
  const answers = await Promise.all(
    Object.entries(asked).map(async ([name, url]) => {
      const { statusCode, body } = await app.inject({ url, remoteAddress });
      return statusCode === 200 ? [[name, body] as const] : [];
    }),
  );
  return Object.fromEntries(answers.flat());
}

/** Packed for whoever can unpack it: the answers of one stop are a tenth then. */
export async function sendPacked(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  html: string,
): Promise<FastifyReply> {
  reply.type("text/html; charset=utf-8").header("vary", "accept-encoding");
  if (!/\bgzip\b/.test(String(headers["accept-encoding"]))) return reply.send(html);
  return reply.header("content-encoding", "gzip").send(await zipped(html));
}
