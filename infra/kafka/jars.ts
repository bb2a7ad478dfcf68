import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { AppError } from "@yardline/domain/errors";

/** Of `pom.xml`; another release gets a folder of its own. */
const VERSION = "4.3.1";
const JARS = join(import.meta.dirname, "../../.yardline/backends", `kafka-${VERSION}`);
const SAID_CHARS_MAX = 2_000;
/** Of bash: the folder, then Maven's command line. */
const FETCH =
  'to=$1; shift; [ -d "$to" ] || { rm -rf "$to.part" && "$@" -DoutputDirectory="$to.part" && mv "$to.part" "$to"; }';

/**
 * The folder of the broker's jars, fetched by Maven (44 MB) where it is not there yet. A second process that wants them at the
 * same time waits for the first; half a folder is never taken for a whole one.
 * @throws AppError `BACKEND_TOOLS_MISSING`, `BACKEND_FAILED` with Maven's own words.
 */
export async function fetchJars(): Promise<string> {
  if (existsSync(JARS)) return JARS;
  mkdirSync(dirname(JARS), { recursive: true });
  await runTool("mvn", ["--version"]); // What is missing is named before anything waits.
  const pom = join(import.meta.dirname, "pom.xml");
  const maven = ["mvn", "-q", "-B", "-f", pom, "dependency:copy-dependencies", "-DincludeScope=runtime"];
  const shell = ["bash", "-c", FETCH, "fetch", JARS, ...maven];
  await runTool("flock", [`${JARS}.lock`, ...shell]);
  return JARS;
}

/**
 * Runs a program to its end.
 * @throws AppError `BACKEND_TOOLS_MISSING` where it is not installed, `BACKEND_FAILED` with what it said.
 */
export async function runTool(program: string, args: readonly string[]): Promise<void> {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      said = (said + text).slice(-SAID_CHARS_MAX);
    });
  }
  const [code] = await once(child, "close").catch((cause) => {
    const needs = "Kafka runs on Java, and Maven fetches it";
    const mend = "sudo apt-get install default-jre-headless maven util-linux";
    throw new AppError("BACKEND_TOOLS_MISSING", `${needs}: there is no ${program}. Run: ${mend}`, { cause });
  });
  if (code !== 0) throw new AppError("BACKEND_FAILED", `${program} failed:\n${said.trim()}`);
}
