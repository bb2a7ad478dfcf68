import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError, messageOf } from "@yardline/domain/errors";

/** The slowest of them boots in about 10 s on two quiet cores. */
const READY_MS_MAX = 120_000;
const POLL_MS = 100;
/** A server that has not ended by then is killed: its data must survive that anyway. */
const TERM_MS_MAX = 8_000;
const KILL_MS_MAX = 5_000;
const LOG_LINES_SHOWN = 15;

/** The user that owns nothing. */
export const NOBODY_UID = 65_534;
const isRoot = process.getuid?.() === 0;
/**
 * Arguments of setpriv(1) that make a program nobody's where this process is root. It keeps the right to reach files past the
 * permissions of folders, since a checkout may lie in a folder that only root may enter.
 */
export const AS_NOBODY: readonly string[] = isRoot
  ? [
      ...["--reuid", `${NOBODY_UID}`, "--regid", `${NOBODY_UID}`, "--clear-groups"],
      ...["--inh-caps=-all,+dac_override", "--ambient-caps=-all,+dac_override"],
      ...["--bounding-set=-all,+dac_override"],
    ]
  : [];

export type ServerCommand = {
  /** Names the server's `NAME.pid` and `NAME.log` in the folder. */
  readonly name: string;
  readonly folder: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** The whole environment; without it, this process's own. */
  readonly env?: NodeJS.ProcessEnv;
  /** It refuses to be root: where this process is root, it runs as nobody. */
  readonly refusesRoot?: boolean;
  /** Tells it to end (SIGTERM). */
  readonly stopSignal?: NodeJS.Signals;
  /** Lives on when this process ends; otherwise it is killed then, however that end comes. */
  readonly detached: boolean;
  readonly ready_ms_max?: number;
  /** Asked again and again until it says so; throwing counts as not yet. */
  isReady(): Promise<boolean>;
};

export type ServerProcess = {
  readonly name: string;
  readonly pid: number;
  /** False once it ended, whoever ended it. */
  isAlive(): boolean;
  /** Its signal to end, then SIGKILL after a limit; resolves when it is gone, its pid file too. */
  stop(): Promise<void>;
  /** Sends a signal and returns at once: for tests that kill -9 or freeze it. */
  kill(signal: NodeJS.Signals): void;
};

/**
 * Starts a server, its output in `NAME.log`, and waits until it is ready. One that runs already by its pid file is given instead.
 * @throws AppError `BACKEND_FAILED` with the last lines of the log when it ends or stays silent; then it is not left running.
 */
export async function startServer(command: ServerCommand): Promise<ServerProcess> {
  const { name, folder } = command;
  mkdirSync(folder, { recursive: true });
  const running = findServer(folder, name) ?? launch(command);
  try {
    await untilReady(running, command);
    return running;
  } catch (thrown) {
    await running.stop();
    throw thrown;
  }
}

/** The server of that name in the folder, started by whichever process, if it lives. */
export function findServer(folder: string, name: string): ServerProcess | undefined {
  let text: string;
  try {
    text = readFileSync(pidFile(folder, name), "utf8");
  } catch {
    return undefined;
  }
  const [pid, started = "", stopSignal = ""] = text.split(" ");
  const server = serverOf(folder, name, Number(pid), started, stopSignal);
  return server.isAlive() ? server : undefined;
}

/** All that live of those that were started in the folder. */
export function listServers(folder: string): readonly ServerProcess[] {
  let names: readonly string[];
  try {
    names = readdirSync(folder).toSorted();
  } catch {
    return [];
  }
  return names
    .filter((name) => name.endsWith(".pid"))
    .flatMap((name) => findServer(folder, name.slice(0, -".pid".length)) ?? []);
}

function launch(command: ServerCommand): ServerProcess {
  const { name, folder, program, args, cwd, env, refusesRoot = false, detached } = command;
  const { stopSignal = "SIGTERM" } = command;
  const dies = detached ? [] : ["--pdeathsig", "KILL"];
  const log = openSync(logFile(folder, name), "w");
  const child = spawn("setpriv", [...dies, ...(refusesRoot ? AS_NOBODY : []), "--", program, ...args], {
    stdio: ["ignore", log, log],
    detached,
    ...(cwd === undefined ? {} : { cwd }),
    ...(env === undefined ? {} : { env }),
  });
  closeSync(log);
  child.on("error", () => {}); // Told below, by the missing pid.
  child.unref();
  const { pid } = child;
  if (pid === undefined) {
    throw new AppError(
      "BACKEND_TOOLS_MISSING",
      "Servers are started by setpriv: install Debian's util-linux.",
    );
  }
  const started = startOf(pid) ?? "";
  writeFileSync(pidFile(folder, name), `${pid} ${started} ${stopSignal}`);
  return serverOf(folder, name, pid, started, stopSignal);
}

async function untilReady(server: ServerProcess, command: ServerCommand): Promise<void> {
  const { ready_ms_max = READY_MS_MAX } = command;
  const deadline_ms = performance.now() + ready_ms_max;
  let why = "it ended";
  while (server.isAlive()) {
    if (performance.now() > deadline_ms) {
      why = `it did not answer within ${ready_ms_max / 1000} s`;
      break;
    }
    if (await command.isReady().catch(() => false)) return;
    await sleep(POLL_MS);
  }
  const last = lastLines(logFile(command.folder, command.name));
  throw new AppError("BACKEND_FAILED", `${command.name} did not start: ${why}. Its last words:\n${last}`);
}

function serverOf(folder: string, name: string, pid: number, started: string, ends: string): ServerProcess {
  const isAlive = () => startOf(pid) === started;
  const kill = (signal: string) => {
    try {
      if (isAlive()) process.kill(pid, signal);
    } catch {
      // It ended between the two calls.
    }
  };
  const gone = async (within_ms: number) => {
    for (let waited_ms = 0; isAlive() && waited_ms < within_ms; waited_ms += POLL_MS) await sleep(POLL_MS);
    return !isAlive();
  };
  const stop = async () => {
    kill(ends);
    kill("SIGCONT"); // A frozen one hears nothing else.
    if (!(await gone(TERM_MS_MAX))) kill("SIGKILL");
    if (!(await gone(KILL_MS_MAX))) {
      throw new AppError("BACKEND_FAILED", `${name} (pid ${pid}) does not end, even by SIGKILL.`);
    }
    rmSync(pidFile(folder, name), { force: true });
  };
  return { name, pid, isAlive, kill, stop };
}

/**
 * When a living process began, in the kernel's ticks (proc(5), field 22): a pid alone may be somebody else's by now.
 * A zombie counts as ended: nobody may be there to bury it.
 */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name in brackets, which may hold spaces and brackets itself.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

function lastLines(path: string): string {
  try {
    return readFileSync(path, "utf8").trimEnd().split("\n").slice(-LOG_LINES_SHOWN).join("\n");
  } catch (thrown) {
    return `(no log: ${messageOf(thrown)})`;
  }
}

const pidFile = (folder: string, name: string): string => join(folder, `${name}.pid`);
const logFile = (folder: string, name: string): string => join(folder, `${name}.log`);
