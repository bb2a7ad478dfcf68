import { existsSync, realpathSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, sep } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { openToAll } from "./access.ts";
import { askFirst, firstAsked, sendPacked, withFirstAnswers } from "./first-answers.ts";
import { Refusal } from "./problem.ts";

/** Vite puts the hash of each file of this folder into its name; a packed form keeps it. */
const HASHED = /[\\/]assets[\\/][^\\/]+-[\w-]{8,}\.\w+(?:\.br|\.gz)?$/;

/** Addresses that programs ask: a wrong one is a problem, never a page. */
const FOR_PROGRAMS = /^\/(?:v1|gtfs-realtime|docs|assets|healthz|metrics)(?:[/?]|$)/;

const MISSING_PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Yardline</title>
<h1>The web page is not built yet</h1>
<p>Everything else runs: the API is described at <a href="/docs">/docs</a>.</p>
<p>To build the page, stop Yardline and run <code>./yardline start</code> again: it builds what is missing.</p>
`;

/** Serves the built web page at `/`; its own addresses, as `/stops/12`, open it too. */
export async function servePage(app: FastifyInstance, pageDir: string | undefined): Promise<void> {
  const built = pageDir !== undefined && existsSync(join(pageDir, "index.html"));
  if (built) {
    const root = realpathSync(pageDir);
    openToAll(app);
    await app.register(fastifyStatic, {
      root,
      allowedPath: (path) => liesIn(root, path),
      dotfiles: "ignore",
      cacheControl: false,
      // As the build packed them; a client that takes neither form gets the file itself.
      preCompressed: true,
      setHeaders: (reply, path) => reply.header("cache-control", cachingOf(path)),
    });
  }
  app.setNotFoundHandler(async (request, reply) => {
    if (!isNavigation(request)) throw new Refusal(404, "PATH_UNKNOWN", "There is nothing at this address.");
    if (!built) return sendMissing(reply);
    const asked = firstAsked(request.url);
    if (!asked) return reply.sendFile("index.html");
    const page = await readFile(join(pageDir, "index.html"), "utf8");
    return sendPacked(request, reply, withFirstAnswers(page, await askFirst(app, asked, request.ip)));
  });
}

/** Whether a path, links followed, ends inside the folder. */
function liesIn(root: string, path: string): boolean {
  const file = join(root, path);
  return !existsSync(file) || `${realpathSync(file)}${sep}`.startsWith(`${root}${sep}`);
}

/** A file whose name changes with its content never has to be asked for again. */
function cachingOf(path: string): string {
  return HASHED.test(path) ? "public, max-age=31536000, immutable" : "no-cache";
}

/** A person's browser that opens an address, as opposed to a page or a program that fetches something. */
function isNavigation({ method, raw, headers }: FastifyRequest): boolean {
  const readsPages = headers.accept?.includes("text/html") ?? false;
  return method === "GET" && readsPages && !FOR_PROGRAMS.test(raw.url ?? "");
}

function sendMissing(reply: FastifyReply): FastifyReply {
  return reply.type("text/html; charset=utf-8").send(MISSING_PAGE);
}
