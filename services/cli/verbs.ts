import type { Verb } from "./verb.ts";
import { arrivals } from "./verbs/arrivals.ts";
import { decode } from "./verbs/decode.ts";
import { detect } from "./verbs/detect.ts";
import { doctor } from "./verbs/doctor.ts";
import { soak } from "./verbs/soak.ts";
import { start } from "./verbs/start.ts";
import { test } from "./verbs/test.ts";
import { watch } from "./verbs/watch.ts";

/** Every verb of the command line, in the order `help` lists them. */
export const VERBS: readonly Verb[] = [start, test, doctor, watch, detect, arrivals, decode, soak];
