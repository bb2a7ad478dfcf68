import { spawn } from "node:child_process";
import { once } from "node:events";
import { totalmem } from "node:os";
import { fileURLToPath } from "node:url";
import { AppError } from "@yardline/domain/errors";
import { Type } from "typebox";
import { Value } from "typebox/value";
import type { ModelManifest } from "../manifest.ts";
import { printable } from "../onnx/refuse.ts";
import type { Provider } from "../runtime/providers.ts";

/** What a trial may take. A model that needs more than this is none that a box without an operator should run. */
export type TrialLimits = {
  /** Of all the memory that the trial asks for, what Node itself reserves (0.6 GiB) included. */
  readonly memory_bytes_max: number;
  /** From the start to the verdict; the same again bounds its processor time, should nobody be left to end it. */
  readonly ms_max: number;
};

const GIB = 1024 ** 3;
/** The largest networks of our families, 270 MB of weights, stay below; no trial takes more than half of the machine. */
const TRIAL_LIMITS: TrialLimits = {
  memory_bytes_max: Math.min(3 * GIB, 0.6 * GIB + totalmem() / 2),
  ms_max: 120_000,
};

/** What a trial found. */
export const Trial = Type.Object({
  /** The longest look of the trial, on this machine as busy as it was. */
  look_ms: Type.Number(),
  /** The most memory that was in use at once, Node's own (50 MB) included. */
  memory_bytes: Type.Number(),
});
export type Trial = Type.Static<typeof Trial>;

const Failure = Type.Object({ code: Type.String({ pattern: "^[A-Z_]+$" }), message: Type.String() });

/** A model to try: its bytes, checked already (`checkModel`). */
export type Candidate = {
  readonly manifest: ModelManifest;
  readonly bytes: Uint8Array;
  readonly provider: Provider;
};

/**
 * The kernel's own limits, set by the shell before it becomes the trial: they hold whatever native code does, and outlive us. Should
 * the machine run out of memory all the same, the trial is the first to go.
 */
const LIMITED =
  'echo 1000 2>/dev/null >/proc/self/oom_score_adj; ulimit -d "$1" && ulimit -t "$2" || exit 97; shift 2; exec "$@"';
const CHILD = fileURLToPath(new URL("./trial-worker.ts", import.meta.url));
const VERDICT_CHARS_MAX = 100_000;

/**
 * Loads a model and looks at drawn pictures with it in a process of its own, which may be killed: a graph that grows without end, that
 * works for minutes or brings native code down ends that process and nothing else.
 * @throws AppError `MODEL_REFUSED` for what goes over the limits or dies; `MODEL_UNREADABLE`, `MODEL_WRONG`, `MODEL_UNSUPPORTED`.
 */
export async function tryModel(candidate: Candidate, limits: TrialLimits = TRIAL_LIMITS): Promise<Trial> {
  const { manifest, bytes, provider } = candidate;
  const { memory_bytes_max, ms_max } = limits;
  // What other processors' drivers reserve for themselves is not the graph's doing.
  const memory_kib = provider === "cpu" ? `${Math.floor(memory_bytes_max / 1024)}` : "unlimited";
  const told = { memory_kib, cpu_s: `${Math.ceil(ms_max / 1000)}` };
  const child = spawn(
    "/bin/sh",
    ["-c", LIMITED, "sh", told.memory_kib, told.cpu_s, process.execPath, CHILD],
    { stdio: ["pipe", "pipe", "ignore"] },
  );
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    child.kill("SIGKILL");
  }, ms_max);
  try {
    let verdict = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      if (verdict.length < VERDICT_CHARS_MAX) verdict += text;
    });
    // A child that is gone reads nothing; its end says all there is to say.
    child.stdin.on("error", () => undefined);
    child.stdin.write(`${JSON.stringify({ manifest, provider, bytes: bytes.length })}\n`);
    child.stdin.end(bytes);
    const [code, signal] = await once(child, "close");
    if (isLate) over(`its trial was not done after ${ms_max / 1000} s`);
    return read(verdict, `${signal ?? code}`, limits);
  } finally {
    clearTimeout(timer);
    child.kill("SIGKILL");
  }
}

function read(verdict: string, end: string, { memory_bytes_max }: TrialLimits): Trial {
  const said = parsed(verdict);
  if (Value.Check(Trial, said)) return said;
  if (Value.Check(Failure, said)) {
    if (/alloc/i.test(said.message)) over(`it takes more than ${mebibytes(memory_bytes_max)} MiB of memory`);
    throw new AppError(said.code, printable(said.message));
  }
  return over(
    `its trial died (${end}), of more than ${mebibytes(memory_bytes_max)} MiB of memory or of a fault`,
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function over(why: string): never {
  throw new AppError(
    "MODEL_REFUSED",
    `this model is refused: ${why}. It ran in a process of its own, nothing else was touched`,
  );
}

function mebibytes(bytes: number): number {
  return Math.round(bytes / 1024 ** 2);
}
