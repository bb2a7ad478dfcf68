import { PERSONAL_MS_MIN } from "@yardline/events/fade";
import { expect, test } from "vitest";
import { FADING_TOPICS } from "./fade-records.ts";
import { SEGMENT_MS, TOPICS, type TopicSettings } from "./topics.ts";

test("where a record cannot be changed, none is kept as long as its personal fields may live", () => {
  for (const topic of FADING_TOPICS) {
    const { keep_unchanged_ms = Number.POSITIVE_INFINITY }: TopicSettings = TOPICS[topic];
    expect(keep_unchanged_ms + SEGMENT_MS).toBeLessThan(PERSONAL_MS_MIN);
  }
});
