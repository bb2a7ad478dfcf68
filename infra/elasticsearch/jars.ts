import { execFile } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { AppError, messageOf } from "@yardline/domain/errors";

/** Of `pom.xml`; another release gets a folder of its own. */
const VERSION = "8.19.21";
const HOME = join(import.meta.dirname, "../../.yardline/backends", `elasticsearch-${VERSION}`);

/** How a node finds the class of its module for HTTP. */
const DESCRIPTOR = {
  name: "transport-netty4",
  description: "HTTP",
  version: VERSION,
  "elasticsearch.version": VERSION,
  "java.version": "17",
  classname: "org.elasticsearch.transport.netty4.Netty4Plugin",
};

/** $1 the folder, $2 our pom, $3 the descriptor. Made beside and renamed: half a folder is never taken for a whole one. */
const FETCH = `
  [ -d "$1" ] && exit
  part="$1.part" && module="$1.part/modules/transport-netty4"
  rm -rf "$part" && mkdir -p "$module"
  mvn -q -B -f "$2" dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$part/lib"
  mv "$part"/lib/netty-*.jar "$part"/lib/transport-netty4-*.jar "$module"
  printf %s "$3" > "$module/plugin-descriptor.properties"
  mv "$part" "$1"`;

/** Where the server's jars (`lib`) and its module for HTTP (`modules`) are. */
export type Jars = { readonly lib: string; readonly modules: string };

/**
 * The jars of the server, fetched by Maven (41 MB) where they are not there yet. A second process that wants them at the same
 * time waits for the first.
 * @throws AppError `BACKEND_TOOLS_MISSING`, `BACKEND_FAILED` with Maven's own words.
 */
export async function fetchJars(): Promise<Jars> {
  const jars = { lib: join(HOME, "lib"), modules: join(HOME, "modules") };
  if (existsSync(HOME)) return jars;
  mkdirSync(dirname(HOME), { recursive: true });
  // What is missing is named before anything waits.
  for (const tool of ["java", "mvn"]) await runTool(tool, ["--version"]);
  const descriptor = Object.entries(DESCRIPTOR).map(([name, value]) => `${name}=${value}\n`);
  const pom = join(import.meta.dirname, "pom.xml");
  await runTool("flock", [`${HOME}.lock`, "bash", "-ec", FETCH, "fetch", HOME, pom, descriptor.join("")]);
  return jars;
}

async function runTool(program: string, args: readonly string[]): Promise<void> {
  try {
    await promisify(execFile)(program, args);
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") {
      const mend = "sudo apt-get install openjdk-17-jdk-headless maven util-linux";
      const needs = `Elasticsearch runs on Java, and Maven fetches it: there is no ${program}. Run: ${mend}`;
      throw new AppError("BACKEND_TOOLS_MISSING", needs, { cause });
    }
    throw new AppError("BACKEND_FAILED", `Elasticsearch cannot be fetched: ${messageOf(cause)}`, { cause });
  }
}
