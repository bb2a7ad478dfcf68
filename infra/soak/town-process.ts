import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, existsSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { YardlineEvent } from "@yardline/events/event";
import { signInFirst } from "@yardline/testkit/first-account";

const START_MS_MAX = 120_000;
const ANSWER_MS_MAX = 20_000;

/** A whole Yardline in a process of its own, spoken to over HTTP as anybody would. */
export class TownProcess {
  readonly #root: string;
  readonly #args: readonly string[];
  readonly #log: string;
  /** Whose town it is; undefined for the demonstration, where nobody signs in. */
  readonly #tenant: string | undefined;
  #cookie: string | undefined;
  readonly address: string;
  #child: ChildProcess | undefined;

  constructor(
    root: string,
    settings: {
      /** The demonstration runs without. `tenant` as in the file. */
      readonly config?: { readonly path: string; readonly tenant: string };
      readonly folder: string;
      readonly port: number;
      readonly log: string;
      /** More of `start`'s flags. */
      readonly flags?: readonly string[];
    },
  ) {
    this.#root = root;
    this.#args = [
      "start",
      ...(settings.config === undefined ? [] : ["--config", settings.config.path]),
      ...(settings.flags ?? []),
      "--data",
      settings.folder,
      "--port",
      `${settings.port}`,
    ];
    this.#log = settings.log;
    this.#tenant = settings.config?.tenant;
    this.address = `http://127.0.0.1:${settings.port}`;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** @returns how long it took until the doors answered. */
  async start(): Promise<number> {
    const began = performance.now();
    const log = createWriteStream(this.#log, { flags: "a" });
    const logged = existsSync(this.#log) ? statSync(this.#log).size : 0;
    const child = spawn(process.execPath, [join(this.#root, "services/cli/main.ts"), ...this.#args], {
      cwd: this.#root,
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout.pipe(log);
    child.stderr.pipe(log);
    this.#child = child;
    while (performance.now() - began < START_MS_MAX) {
      if (child.exitCode !== null)
        throw new Error(`the town ended at its start; its words are in ${this.#log}`);
      const answer = await fetch(`${this.address}/healthz`).catch(() => undefined);
      if (answer?.ok) {
        const took_ms = performance.now() - began;
        await this.#signIn(logged);
        return took_ms;
      }
      await wait(50);
    }
    throw new Error(`the town did not answer within ${START_MS_MAX / 1000} s; its words are in ${this.#log}`);
  }

  /** kill -9, as the kernel or a power cut would. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  async stop(): Promise<void> {
    await this.#end("SIGTERM");
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, "close");
    child.kill(signal);
    await closed;
  }

  /** Signs in, with the first account where there is none, and keeps the session over later starts. @param logged bytes that an earlier town wrote. */
  async #signIn(logged: number): Promise<void> {
    if (this.#tenant === undefined || this.#cookie !== undefined) return;
    const printed = async () => (await readFile(this.#log)).subarray(logged).toString();
    while (!(await printed()).includes("running: ")) await wait(50);
    this.#cookie = await signInFirst(await printed(), this.address, this.#tenant);
  }

  /** Asks as somebody who is signed in. @param sent JSON, which is sent as such. */
  fetch(path: string, { method = "GET", body }: { method?: string; body?: string } = {}): Promise<Response> {
    const headers = {
      ...(this.#cookie !== undefined && { cookie: this.#cookie }),
      ...(body !== undefined && { "content-type": "application/json" }),
    };
    const request = { method, headers, ...(body !== undefined && { body }) };
    return fetch(`${this.address}${path}`, { ...request, signal: AbortSignal.timeout(ANSWER_MS_MAX) });
  }

  /** Makes somebody an account with one role, as whoever is signed in. @returns the `cookie` header of a browser in which they are. */
  async cookieOf(role: string, password: string): Promise<string> {
    const grants = [{ tenant: this.#tenant, role }];
    await this.#post("/v1/people", { login: role, name: role, password, grants });
    const answer = await this.#post("/v1/session", { login: role, password });
    return answer.headers.get("set-cookie")?.split(";")[0] ?? "";
  }

  async #post(path: string, body: object): Promise<Response> {
    const answer = await this.fetch(path, { method: "POST", body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return answer;
  }

  /** Any JSON of the API. @throws Error for an answer that is not one of success. */
  async get<Body>(path: string): Promise<Body> {
    const answer = await this.fetch(path);
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
    return (await answer.json()) as Body;
  }

  /** Every event that a search finds, newest first. */
  async findAll(query: string): Promise<YardlineEvent[]> {
    const found: YardlineEvent[] = [];
    let cursor: string | undefined;
    do {
      const next: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : "";
      const page = await this.get<{ events: YardlineEvent[]; cursor?: string }>(
        `/v1/events?limit=200&${query}${next}`,
      );
      found.push(...page.events);
      cursor = page.cursor;
    } while (cursor !== undefined);
    return found;
  }
}
