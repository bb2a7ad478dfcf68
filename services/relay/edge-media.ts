import { Refusal } from "@yardline/api/problem";
import { AppError } from "@yardline/domain/errors";
import { type Clock, type EpochMs, isoOf } from "@yardline/domain/time";
import type { MediaStore, Segment } from "@yardline/media/media-store";
import { mediaFetched, mediaNotFetched } from "@yardline/telemetry/relay";
import type { Logger } from "pino";
import { Value } from "typebox/value";
import type { EdgeDirectory, EdgeEntry } from "./edge-directory.ts";
import { type Answer, type HttpsClient, openHttpsClient } from "./https-client.ts";
import { edgeId, type Identity } from "./identity.ts";
import { objectTarget, SegmentList, segmentsTarget } from "./media-door.ts";
import { signGrant } from "./media-grant.ts";
import { nameOnEdge } from "./named-media.ts";
import type { SigningKey } from "./signed.ts";

/** What is fetched by one request and grant: some seconds on a slow uplink. */
const PART_BYTES = 1_000_000;
/** Longest a part may take; a slow link makes progress part by part. */
const PART_MS_MAX = 10_000;
/** Largest object; a segment is some megabytes. */
const OBJECT_BYTES_MAX = 64_000_000;
/** Requests under way at once, over all edges and to one. */
const FETCHES_MAX = 16;
const FETCHES_OF_EDGE_MAX = 4;
const BUSY_RETRY_S = 2;
const UNREACHABLE_RETRY_S = 30;

/** The recordings are there, but the edge that keeps them is not: a state to be shown, not a loss. */
export class EdgeUnreachable extends Refusal {
  /** When it last answered this service; undefined when it never did. */
  readonly since_ms: EpochMs | undefined;

  constructor(edge: EdgeEntry, since_ms: EpochMs | undefined) {
    const since = since_ms === undefined ? "since this service was started" : `since ${isoOf(since_ms)}`;
    const message = `The recording is on edge "${edge.edge}", which has not been reached ${since}. Ask again later.`;
    super(503, "EDGE_UNREACHABLE", message, UNREACHABLE_RETRY_S);
    this.since_ms = since_ms;
  }
}

export type EdgeMediaOptions = {
  /** Whose cameras these are: an api serves one tenant's edges. */
  readonly tenant: string;
  /** What was copied to the region, and everything that is no edge's. */
  readonly central: MediaStore;
  readonly directory: EdgeDirectory;
  /** Its certificate is of role `api`. */
  readonly identity: Identity;
  readonly grant_key: SigningKey;
  readonly clock: Clock;
  readonly log: Logger;
  readonly part_ms_max?: number;
};

/**
 * The region's recordings: its own, and those on its edges, fetched when they are asked for. Besides what a MediaStore throws,
 * `EdgeUnreachable`, `EDGE_BUSY` and `EDGE_REFUSED`. Closing it ends its connections; `central` stays open.
 */
export function openEdgeMedia(options: EdgeMediaOptions): MediaStore {
  const { central, directory, tenant } = options;
  const edges = new EdgeConnections(options);
  return {
    putSegment: central.putSegment.bind(central),
    putSnapshot: central.putSnapshot.bind(central),
    expire: central.expire.bind(central),
    async listSegments(camera, from_ms, to_ms) {
      const edge = await directory.findBySource(tenant, `camera/${camera}`);
      const copied = await central.listSegments(camera, from_ms, to_ms);
      if (!edge || !isOpen(edge)) return copied;
      try {
        return await edges.listSegments(edge, camera, from_ms, to_ms);
      } catch (thrown) {
        if (thrown instanceof EdgeUnreachable && copied.length > 0) return copied;
        throw thrown;
      }
    },
    async read(id) {
      const [, name = "", local] = /^([a-z0-9-]{1,63})\/(.+)$/s.exec(id) ?? [];
      if (local === undefined) return central.read(id);
      const edge = await directory.find({ tenant, edge: name });
      return edge && isOpen(edge) ? edges.read(edge, local) : undefined;
    },
    close: async () => edges.close(),
  };
}

/** Whether its recordings may be fetched at all. */
function isOpen({ media_origin, revoked }: EdgeEntry): boolean {
  return media_origin !== undefined && revoked !== true;
}

class EdgeConnections {
  readonly #options: EdgeMediaOptions;
  /** By edge and address: who moved gets a new one. */
  readonly #clients = new Map<string, HttpsClient>();
  readonly #reached_ms = new Map<string, EpochMs>();
  readonly #fetches = new Map<string, number>();
  readonly #ending = new AbortController();

  constructor(options: EdgeMediaOptions) {
    this.#options = options;
  }

  async listSegments(
    edge: EdgeEntry,
    camera: string,
    from_ms: EpochMs,
    to_ms: EpochMs,
  ): Promise<readonly Segment[]> {
    const answer = await this.#fetch(edge, segmentsTarget(camera, from_ms, to_ms), "");
    const list: unknown = answer.status === 200 ? JSON.parse(Buffer.from(answer.body).toString()) : undefined;
    if (!Value.Check(SegmentList, list)) throw refused(edge, answer);
    return list.segments.map((segment) => ({ ...segment, id: nameOnEdge(edge.edge, segment.id) }));
  }

  async read(edge: EdgeEntry, id: string): Promise<Uint8Array | undefined> {
    const parts: Uint8Array[] = [];
    let size = 1;
    for (let at = 0; at < size; at += PART_BYTES) {
      const answer = await this.#fetch(edge, objectTarget(id), `bytes=${at}-${at + PART_BYTES - 1}`);
      if (answer.status === 404) return undefined;
      size = sizeOf(answer, at);
      if (answer.status !== 206 || Number.isNaN(size)) throw refused(edge, answer);
      mediaFetched(answer.body.byteLength);
      parts.push(answer.body);
    }
    return Buffer.concat(parts);
  }

  close(): void {
    this.#ending.abort(new AppError("MEDIA_UNAVAILABLE", "Closed.", { retryable: true }));
    for (const client of this.#clients.values()) client.close();
  }

  async #fetch(edge: EdgeEntry, target: string, range: string): Promise<Answer> {
    const { clock, grant_key, log } = this.#options;
    const id = edgeId(edge);
    const own = this.#fetches.get(id) ?? 0;
    const all = [...this.#fetches.values()].reduce((sum, each) => sum + each, 0);
    if (own >= FETCHES_OF_EDGE_MAX || all >= FETCHES_MAX) {
      throw new Refusal(503, "EDGE_BUSY", "Too many recordings are being fetched at once.", BUSY_RETRY_S);
    }
    this.#fetches.set(id, own + 1);
    try {
      const grant = signGrant({ target, range }, edge, clock, grant_key);
      const headers = { authorization: `Bearer ${grant}`, ...(range && { range }) };
      const asked = { method: "GET", target, headers } as const;
      const answer = await this.#clientOf(edge).ask(asked, this.#ending.signal);
      this.#reached_ms.set(id, clock.now_ms());
      return answer;
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      mediaNotFetched(log, id, thrown);
      throw thrown.code === "PEER_UNREACHABLE" ? new EdgeUnreachable(edge, this.#reached_ms.get(id)) : thrown;
    } finally {
      this.#fetches.set(id, (this.#fetches.get(id) ?? 1) - 1);
    }
  }

  #clientOf(edge: EdgeEntry): HttpsClient {
    const { identity, clock, part_ms_max = PART_MS_MAX } = this.#options;
    const key = `${edgeId(edge)} ${edge.media_origin}`;
    const known = this.#clients.get(key);
    if (known) return known;
    const made = openHttpsClient({
      ...{ origin: new URL(edge.media_origin ?? ""), identity, clock },
      expected: { role: "edge", tenant: edge.tenant, edge: edge.edge },
      ...{
        answer_ms_max: part_ms_max,
        answer_bytes_max: 2 * PART_BYTES,
        connections_max: FETCHES_OF_EDGE_MAX,
      },
    });
    this.#clients.set(key, made);
    return made;
  }
}

/** The whole object's size out of `content-range`; NaN where the answer is not the part that was asked for. */
function sizeOf({ headers, body }: Answer, first: number): number {
  const [, from, size] = /^bytes (\d+)-\d+\/(\d+)$/.exec(headers["content-range"] ?? "") ?? [];
  const whole = Number(size);
  const isWholePart = Number(from) === first && body.byteLength === Math.min(PART_BYTES, whole - first);
  return isWholePart && whole <= OBJECT_BYTES_MAX ? whole : Number.NaN;
}

function refused(edge: EdgeEntry, { status }: Answer): Refusal {
  return new Refusal(
    502,
    "EDGE_REFUSED",
    `Edge "${edge.edge}" did not give the recording (status ${status}).`,
  );
}
