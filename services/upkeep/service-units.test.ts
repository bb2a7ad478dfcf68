import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { installUnits } from "./install-units.ts";
import { serviceCommands, serviceUnits } from "./service-units.ts";
import { makeFolder } from "./testing/kept-folder.ts";

const settings = {
  user: "yardline",
  root: "/opt/yardline",
  config: "/etc/yardline/town.yaml",
  data: "/var/lib/yardline/town",
  backups: "/var/backups/yardline",
};
const textOf = (name: string, other = {}) =>
  serviceUnits({ ...settings, ...other }).find((unit) => unit.name === name)?.text ?? "";
const linesOf = (text: string, ...keys: readonly string[]) =>
  text.split("\n").filter((line) => keys.some((key) => line.startsWith(`${key}=`)));

test("the town is started with its settings, always again, and may write to its own folder only", () => {
  const keys = [
    "ExecStart",
    "Restart",
    "User",
    "ProtectSystem",
    "ReadWritePaths",
    "KillMode",
    "TimeoutStopSec",
  ];
  expect(linesOf(textOf("yardline.service"), ...keys)).toEqual([
    "ExecStart=/opt/yardline/yardline start --config /etc/yardline/town.yaml --data /var/lib/yardline/town",
    "Restart=always",
    "KillMode=mixed",
    "TimeoutStopSec=20",
    "User=yardline",
    "ProtectSystem=strict",
    "ReadWritePaths=/var/lib/yardline",
  ]);
});

test("a backup is made each night, and a week of them is kept", () => {
  expect(linesOf(textOf("yardline-backup.service"), "ExecStart", "ReadWritePaths")).toEqual([
    "ExecStart=/opt/yardline/yardline backup --data /var/lib/yardline/town --out /var/backups/yardline --keep 7 --without-media",
    "ReadWritePaths=/var/lib/yardline /var/backups/yardline",
  ]);
  expect(linesOf(textOf("yardline-backup.timer"), "OnCalendar", "Persistent")).toEqual([
    "OnCalendar=*-*-* 02:30:00",
    "Persistent=true",
  ]);
});

test("what a path holds is meant as it stands", () => {
  const text = textOf("yardline.service", { data: '/srv/a b/100%/$HOME/"x"/town' });
  expect(linesOf(text, "ExecStart", "ReadWritePaths")).toEqual([
    String.raw`ExecStart=/opt/yardline/yardline start --config /etc/yardline/town.yaml --data "/srv/a b/100%%/$$HOME/\"x\"/town"`,
    String.raw`ReadWritePaths="/srv/a b/100%%/$HOME/\"x\""`,
  ]);
});

test("a user that is missing is made, and both folders are given to it", () => {
  const lines = (isUser: boolean) => serviceCommands(settings, isUser).map((words) => words.join(" "));
  expect(lines(false)).toEqual([
    "useradd --system --user-group --no-create-home --home-dir /var/lib/yardline --shell /usr/sbin/nologin yardline",
    ...lines(true),
  ]);
  expect(lines(true)).toEqual([
    "install -d -o yardline -g yardline -m 0700 /var/lib/yardline /var/backups/yardline",
    "systemctl daemon-reload",
    "systemctl enable --now yardline.service yardline-backup.timer",
  ]);
});

test("whoever may not write units is told what may", async () => {
  await expect(installUnits(settings, () => undefined, 1_000)).rejects.toMatchObject({
    code: "SERVICE_ROOT",
    message: expect.stringContaining("sudo /opt/yardline/yardline install-service"),
  });
});

test("what cannot work is named before anything is written", async () => {
  const folder = makeFolder();
  const config = join(folder, "town.yaml");
  const install = (other = {}) =>
    installUnits({ ...settings, config, root: "/", ...other }, () => undefined, 0);
  await expect(install()).rejects.toMatchObject({ code: "SERVICE_CONFIG" });
  writeFileSync(config, "");
  mkdirSync(join(folder, "hidden"), { mode: 0o700 });
  await expect(install({ root: join(folder, "hidden") })).rejects.toMatchObject({ code: "SERVICE_CHECKOUT" });
});

test("a folder that is not the service's own is not taken from the others", async () => {
  const folder = makeFolder();
  const config = join(folder, "town.yaml");
  writeFileSync(config, "");
  for (const other of [{ data: join(folder, "town") }, { data: join(folder, "own/town"), backups: folder }]) {
    const installing = installUnits({ ...settings, config, root: "/", ...other }, () => undefined, 0);
    await expect(installing).rejects.toMatchObject({ code: "SERVICE_FOLDER" });
  }
});

const ANALYZE = "/usr/bin/systemd-analyze";
test.runIf(existsSync(ANALYZE))("systemd finds nothing wrong with them (where it is installed)", () => {
  const folder = makeFolder();
  const data = join(folder, "a b 100%/$x/town");
  mkdirSync(data, { recursive: true });
  // A user and a launcher that are there, since systemd looks for both.
  const root = join(import.meta.dirname, "../..");
  const units = serviceUnits({ ...settings, user: "root", root, data, backups: folder });
  for (const { name, text } of units) writeFileSync(join(folder, name), text);
  const paths = units.map(({ name }) => join(folder, name));
  const { status, stderr } = spawnSync(ANALYZE, ["verify", ...paths], { encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});
