import type { MediaStore } from "@yardline/media/media-store";

/** As `north/8f0c…`: the edge that has it, and the id that only that edge understands. */
export function nameOnEdge(edge: string, id: string): string {
  return `${edge}/${id}`;
}

/** The edge's own id of something that it named; undefined for what another edge, or none, named. */
export function findLocalId(edge: string, name: string): string | undefined {
  const prefix = nameOnEdge(edge, "");
  return name.startsWith(prefix) ? name.slice(prefix.length) : undefined;
}

/**
 * An edge's own recordings under names that hold in the whole region, so that the events which it states name the edge too. Closing
 * it closes the store.
 */
export function nameMedia(store: MediaStore, edge: string): MediaStore {
  return {
    async putSegment(segment, data) {
      const kept = await store.putSegment(segment, data);
      return { ...kept, id: nameOnEdge(edge, kept.id) };
    },
    async listSegments(camera, from_ms, to_ms) {
      const segments = await store.listSegments(camera, from_ms, to_ms);
      return segments.map((segment) => ({ ...segment, id: nameOnEdge(edge, segment.id) }));
    },
    async putSnapshot(camera, at_ms, jpeg) {
      return nameOnEdge(edge, await store.putSnapshot(camera, at_ms, jpeg));
    },
    async read(id) {
      // Before the box joined a region, its events named the bare id.
      return store.read(findLocalId(edge, id) ?? id);
    },
    expire: (camera, before_ms, spare) => store.expire(camera, before_ms, spare),
    close: () => store.close(),
  };
}
