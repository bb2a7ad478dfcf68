import type { Verb } from "./verb.ts";
import { api } from "./verbs/api.ts";
import { arrivals } from "./verbs/arrivals.ts";
import { audit } from "./verbs/audit.ts";
import { backends } from "./verbs/backends.ts";
import { backup } from "./verbs/backup.ts";
import { bench } from "./verbs/bench.ts";
import { camera } from "./verbs/camera.ts";
import { certificates } from "./verbs/certificates.ts";
import { deadLetters } from "./verbs/dead-letters.ts";
import { decode } from "./verbs/decode.ts";
import { detect } from "./verbs/detect.ts";
import { doctor } from "./verbs/doctor.ts";
import { edges } from "./verbs/edges.ts";
import { evidence } from "./verbs/evidence.ts";
import { gtfs } from "./verbs/gtfs.ts";
import { gtfsRt } from "./verbs/gtfs-rt.ts";
import { history } from "./verbs/history.ts";
import { index } from "./verbs/index.ts";
import { installService } from "./verbs/install-service.ts";
import { match } from "./verbs/match.ts";
import { models } from "./verbs/models.ts";
import { privacy } from "./verbs/privacy.ts";
import { replay } from "./verbs/replay.ts";
import { restore } from "./verbs/restore.ts";
import { review } from "./verbs/review.ts";
import { run } from "./verbs/run.ts";
import { secret } from "./verbs/secret.ts";
import { soak } from "./verbs/soak.ts";
import { start } from "./verbs/start.ts";
import { test } from "./verbs/test.ts";
import { topics } from "./verbs/topics.ts";
import { track } from "./verbs/track.ts";
import { trackers } from "./verbs/trackers.ts";
import { upgrade } from "./verbs/upgrade.ts";
import { watch } from "./verbs/watch.ts";

/** Every verb of the command line, in the order `help` lists them. */
export const VERBS: readonly Verb[] = [
  start,
  run,
  test,
  doctor,
  camera,
  privacy,
  watch,
  detect,
  models,
  track,
  arrivals,
  match,
  replay,
  decode,
  trackers,
  gtfs,
  gtfsRt,
  history,
  review,
  index,
  topics,
  deadLetters,
  audit,
  api,
  edges,
  evidence,
  certificates,
  secret,
  backends,
  soak,
  bench,
  backup,
  restore,
  upgrade,
  installService,
];
