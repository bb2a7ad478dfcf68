import type { Health } from "../api/types.ts";
import type { MessageKey } from "../messages/translate.ts";

type Code = NonNullable<Health["parts"][number]["code"]>;

/** What each code says, and what to do about it. */
export const HEALTH_WORDS: Readonly<Record<Code, readonly [says: MessageKey, todo?: MessageKey]>> = {
  ended: ["says.ended"],
  "camera-connecting": ["says.camera-connecting", "todo.wait"],
  "camera-reduced": ["says.camera-reduced", "todo.camera-reduced"],
  "camera-ended": ["says.camera-ended", "todo.camera"],
  "camera-silent": ["says.camera-silent", "todo.camera"],
  "camera-refused": ["says.camera-refused", "todo.camera-refused"],
  "camera-frozen": ["says.camera-frozen", "todo.camera-frozen"],
  "camera-not-video": ["says.camera-not-video", "todo.camera-refused"],
  "camera-mask-broken": ["says.camera-mask-broken", "todo.camera-mask"],
  "camera-box-silent": ["says.camera-box-silent", "todo.region"],
  "camera-paused": ["says.camera-paused", "todo.camera-paused"],
  "camera-closed": ["says.camera-closed", "todo.cameras"],
  "camera-settings-refused": ["says.settings-refused", "todo.settings"],
  "feed-waiting": ["says.waiting", "todo.wait"],
  "feed-silent": ["says.feed-silent", "todo.feed"],
  "feed-unreachable": ["says.feed-unreachable", "todo.feed"],
  "feed-refused": ["says.feed-refused", "todo.feed-refused"],
  "feed-broken": ["says.feed-broken", "todo.feed-broken"],
  "feed-stale": ["says.feed-stale", "todo.feed"],
  "feed-clock": ["says.feed-clock", "todo.feed-clock"],
  "neighbour-waiting": ["says.waiting", "todo.wait"],
  "neighbour-lost": ["says.neighbour-lost", "todo.neighbour"],
  "settings-refused": ["says.settings-refused", "todo.settings"],
  "settings-restart": ["says.settings-restart", "todo.restart"],
  "certificate-absent": ["says.certificate-absent", "todo.certificate"],
  "certificate-unusable": ["says.certificate-unusable", "todo.certificate"],
  "checkpoint-unsent": ["says.checkpoint-unsent", "todo.checkpoint"],
  "audit-room": ["says.audit-room", "todo.audit"],
  "requests-due": ["says.requests-due", "todo.requests"],
  "timetable-refused": ["says.timetable-refused", "todo.timetables"],
  "timetable-away": ["says.timetable-away", "todo.timetable-away"],
  "timetable-ends": ["says.timetable-ends", "todo.timetable-ends"],
};
