import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { join } from "node:path";
import { PAGE_DIR } from "../set-up.ts";
import { defineVerb } from "../verb.ts";

type Finding = {
  readonly what: string;
  readonly found?: string;
  readonly mend: string;
  readonly needed: boolean;
};

const DISK_FREE_MIN_GB = 5;

/** Tells what is installed, what is missing, and how to mend it. Exit code 1 when something that `start` needs is missing. */
export const doctor = defineVerb({
  name: "doctor",
  summary: "Tells what is installed, what is missing and how to mend it.",
  usage: "",
  example: "./yardline doctor",
  flags: {},
  async run(_given, world) {
    const findings = await listFindings(world.root);
    for (const { what, found, mend, needed } of findings) {
      const mark = found ? "ok     " : needed ? "MISSING" : "absent ";
      world.stdout.write(`${mark} ${what.padEnd(28)} ${found ?? mend}\n`);
    }
    return findings.some(({ found, needed }) => needed && !found) ? 1 : 0;
  },
});

async function listFindings(root: string): Promise<readonly Finding[]> {
  const there = (path: string): string | undefined => (existsSync(join(root, path)) ? path : undefined);
  const disk = await statfs(root);
  const free_gb = (disk.bavail * disk.bsize) / 1e9;
  return [
    { what: "Node 26 or newer", found: process.version, mend: "", needed: true },
    program("ffmpeg (cameras)", "ffmpeg", ["-version"], "sudo apt-get install ffmpeg", true),
    program("ffprobe (cameras)", "ffprobe", ["-version"], "sudo apt-get install ffmpeg", true),
    optional("detector", there(".yardline/models/centernet-512.onnx"), "made by the first ./yardline start"),
    optional("web page", there(PAGE_DIR), "made by the first ./yardline start"),
    optional(
      "demonstration footage",
      there(".yardline/demo/vtest.mp4"),
      "fetched by the first ./yardline start",
    ),
    program("Chromium (tests only)", "chromium", ["--version"], "sudo apt-get install chromium", false),
    {
      what: `${DISK_FREE_MIN_GB} GB of free disk`,
      ...(free_gb >= DISK_FREE_MIN_GB && { found: `${free_gb.toFixed(0)} GB free` }),
      mend: `only ${free_gb.toFixed(1)} GB free: a 4 Mb/s camera takes 43 GB a day`,
      needed: true,
    },
  ];
}

function optional(what: string, found: string | undefined, mend: string): Finding {
  return { what, ...(found && { found }), mend, needed: false };
}

function program(
  what: string,
  name: string,
  args: readonly string[],
  mend: string,
  needed: boolean,
): Finding {
  const run = spawnSync(name, args, { encoding: "utf8" });
  const [first = name] = (run.stdout ?? "").split("\n");
  return { what, ...(run.status === 0 && { found: first.slice(0, 60) }), mend, needed };
}
