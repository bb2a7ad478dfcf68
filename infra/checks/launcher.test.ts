import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { ROOT } from "./tree.ts";

/** A clone on a machine where nothing was set up and nothing can be installed. */
function bareClone(): (...args: string[]) => { status: number | null; text: string } {
  const folder = mkdtempSync(join(tmpdir(), "yardline-launcher-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const path of ["yardline", ".node-version", "pnpm-lock.yaml", "services/cli/verbs"]) {
    cpSync(join(ROOT, path), join(folder, path), { recursive: true });
  }
  return (...args) => {
    const env = { PATH: "/usr/bin:/bin", HOME: folder };
    const { status, stdout, stderr } = spawnSync(join(folder, "yardline"), args, {
      cwd: folder,
      env,
      encoding: "utf8",
    });
    return { status, text: stdout + stderr };
  };
}

test.for(["help", "doctor", "--help"])("before set-up, %s says what there is and fetches nothing", (word) => {
  const { status, text } = bareClone()(word);
  expect(status).toBe(0);
  expect(text).toMatch(/not set up in this folder yet/);
  expect(text).toMatch(/\.\/yardline start/);
});

test.for(["fly", "../../etc/passwd", "start;ls"])(
  "%j is no verb: one line, exit code 2, nothing fetched",
  (word) => {
    const { status, text } = bareClone()(word);
    expect({ status, lines: text.trimEnd().split("\n").length }).toEqual({ status: 2, lines: 1 });
  },
);

test("a verb's --help fetches nothing either", () => {
  expect(bareClone()("start", "--help").status).toBe(0);
});

test("is readable shell", () => {
  const { status, stderr } = spawnSync("bash", ["-n", join(ROOT, "yardline")], { encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});
