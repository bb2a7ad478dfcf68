import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * PyPI's schemathesis (MIT), with everything that it needs, versions pinned: it makes requests out of an OpenAPI description, and
 * checks what is answered against it.
 */
const PACKAGES = join(import.meta.dirname, "schemathesis-requirements.txt");
const FOLDER = ".yardline/tools/schemathesis-4.32.5";
const FETCH_MS_MAX = 180_000;

/** What is asked of each answer; that every wrong request is refused is not: we take some that a strict reader would not. */
const CHECKS = [
  "not_a_server_error",
  "status_code_conformance",
  "content_type_conformance",
  "response_headers_conformance",
  "response_schema_conformance",
];

/** Fetched once a checkout, into a folder of its own. @returns the folder, or undefined where this machine cannot have it. */
export function fetchSchemathesis(root: string): string | undefined {
  const folder = join(root, FOLDER);
  const complete = join(folder, "complete");
  if (existsSync(complete)) return folder;
  try {
    mkdirSync(folder, { recursive: true });
    const install = ["-m", "pip", "install", "--quiet", "--upgrade", "--target", folder, "-r", PACKAGES];
    execFileSync("python3", install, { stdio: "ignore", timeout: FETCH_MS_MAX });
    mkdirSync(complete);
    return folder;
  } catch {
    return undefined;
  }
}

export type Asked = {
  readonly address: string;
  /** Of whoever asks; none for residents. Never on a command line, which every process can read. */
  readonly cookie?: string;
  readonly seed: number;
  /** Most requests of each kind that are made of one operation. */
  readonly examples: number;
  /** Which requests are made: of the examples of the description, of every limit and every way to break it, by chance. */
  readonly phases: readonly ("examples" | "coverage" | "fuzzing")[];
  /** Operations that are not asked, by their ids. */
  readonly without: readonly string[];
};

export type Found = {
  readonly operations: number;
  readonly cases: number;
  /** What it found, in its own words; empty where all held. */
  readonly failures: string;
};

/** Asks everything that is described at the address, as one person. */
export async function askAll(tool: string, asked: Asked): Promise<Found> {
  const { address, cookie, seed, examples, phases, without } = asked;
  const folder = await mkdtemp(join(tmpdir(), "yardline-schemathesis-"));
  try {
    const config = join(folder, "schemathesis.toml");
    const headers = cookie === undefined ? "" : `headers = { Cookie = ${JSON.stringify(cookie)} }\n`;
    await writeFile(config, headers, { mode: 0o600 });
    const child = spawn(
      "python3",
      [
        ...["-m", "schemathesis.cli", "--no-color", "--config-file", config],
        ...["run", `${address}/v1/openapi.json`, "--url", address],
        ...["--checks", CHECKS.join(","), "--phases", phases.join(",")],
        ...["--seed", `${seed}`, "--max-examples", `${examples}`, "--continue-on-failure", "--no-shrink"],
        ...["--request-timeout", "60", "--suppress-health-check", "all", "--warnings", "off"],
        ...["--generation-database", "none", "--generation-with-security-parameters", "false"],
        // A stream never ends, which the tester would wait for.
        ...["--exclude-path-regex", "/stream$"],
        ...without.flatMap((id) => ["--exclude-operation-id", id]),
      ],
      {
        cwd: folder,
        env: { ...process.env, PYTHONPATH: tool, PYTHONUNBUFFERED: "1" },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += String(chunk)));
    const [code] = await once(child, "close");
    return { ...countsIn(said), failures: code === 0 ? "" : said };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Its own summary: `Operations:  Tested: 52`, `Test cases:  1234 generated`. */
function countsIn(said: string): Pick<Found, "operations" | "cases"> {
  const number = (pattern: RegExp) => Number(pattern.exec(said)?.[1]?.replaceAll(",", "") ?? Number.NaN);
  return { operations: number(/Tested:\s+([\d,]+)/), cases: number(/([\d,]+) generated/) };
}
