import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openEmbeddedBus } from "@yardline/bus/embedded";
import { OLDEST } from "@yardline/bus/event-bus";
import type { Topic } from "@yardline/bus/topics";
import { systemClock } from "@yardline/domain/time";
import { eventually } from "@yardline/testkit/eventually";
import { Child } from "./child.ts";
import { type Link, openLink } from "./link.ts";
import type { Pki } from "./pki.ts";

/** An edge and its region, each a process with a data folder of its own, and the line between them. */
export class TwoBoxes {
  readonly #folder: string;
  readonly #per_s: number;
  readonly #edge: Child;
  readonly #region: Child;
  readonly link: Link;

  private constructor(folder: string, per_s: number, link: Link) {
    this.#folder = folder;
    this.#per_s = per_s;
    this.link = link;
    this.#edge = new Child(new URL("./edge-process.ts", import.meta.url), join(folder, "edge.log"));
    this.#region = new Child(new URL("./region-process.ts", import.meta.url), join(folder, "region.log"));
  }

  /** @param per_s statements that the edge makes in a second. */
  static async start(folder: string, pki: Pki, per_s: number): Promise<TwoBoxes> {
    for (const name of ["receiver", "north"] as const) {
      await writeFile(join(folder, `${name}.json`), JSON.stringify(pki[name]), { mode: 0o600 });
    }
    const boxes = new TwoBoxes(folder, per_s, await openLink(0));
    await boxes.startRegion();
    await boxes.startEdge();
    return boxes;
  }

  async startEdge(): Promise<void> {
    const region = `https://127.0.0.1:${this.link.port}`;
    await this.#edge.start([this.#path("edge"), region, this.#path("north.json"), `${this.#per_s}`]);
  }

  async startRegion(): Promise<void> {
    const port = await this.#region.start([this.#path("region"), this.#path("receiver.json")]);
    this.link.leadTo(Number(port));
  }

  killEdge(): Promise<void> {
    return this.#edge.end("SIGKILL");
  }

  killRegion(): Promise<void> {
    return this.#region.end("SIGKILL");
  }

  /** The edge states nothing any more; waits until its region has everything. @returns how long that took, in ms. */
  async catchUp(within_ms: number): Promise<number> {
    const began = performance.now();
    const before = this.#edge.lines.length;
    this.#edge.signal("SIGUSR2");
    await eventually(() => {
      if (!this.#edge.lines.slice(before).includes("caught up"))
        throw new Error("the region still lacks some");
    }, within_ms);
    return performance.now() - began;
  }

  /** What the edge's bus acknowledged in any of its lives, as `occurrence revision`. */
  acknowledged(): readonly string[] {
    return this.#edge.lines.filter((line) => /^[0-9a-f]{32} \d+$/.test(line));
  }

  async stop(): Promise<void> {
    await this.#edge.end("SIGTERM");
    await this.#region.end("SIGTERM");
    this.link.close();
  }

  /** Everything on one side's bus in its order, as `occurrence revision`; only once both were stopped. */
  async said(side: "edge" | "region", topic: Topic = "events"): Promise<readonly string[]> {
    return (await this.#bodies(side, topic)).map(nameOf);
  }

  /** How many statements the region was told in different words under one revision. */
  async contradictions(): Promise<number> {
    const bodies = new Set(await this.#bodies("region", "events"));
    return bodies.size - new Set([...bodies].map(nameOf)).size;
  }

  async #bodies(side: "edge" | "region", topic: Topic): Promise<readonly string[]> {
    const bus = await openEmbeddedBus({ folder: join(this.#path(side), "bus"), clock: systemClock });
    try {
      const count = await bus.lag(topic, "nobody");
      const bodies: string[] = [];
      if (count === 0) return bodies;
      for await (const batch of bus.tail(topic, OLDEST, new AbortController().signal)) {
        bodies.push(...batch.map(({ body }) => new TextDecoder().decode(body)));
        if (bodies.length >= count) break;
      }
      return bodies;
    } finally {
      await bus.close();
    }
  }

  #path(name: string): string {
    return join(this.#folder, name);
  }
}

function nameOf(body: string): string {
  const { occurrence, revision } = JSON.parse(body);
  return `${occurrence} ${revision}`;
}
