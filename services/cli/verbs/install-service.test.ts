import { expect, test } from "vitest";
import { runVerb } from "../testing.ts";
import { installService } from "./install-service.ts";

test("--print shows the units and the commands, and changes nothing", async () => {
  const { code, out } = await runVerb(installService, { print: true, data: "/srv/town", user: "bus" });
  expect(code).toBe(0);
  expect(out.match(/^# .*/gm)).toEqual([
    "# yardline.service",
    "# A camera network or a disk may come back after hours: it never gives up.",
    "# SIGTERM to the town alone, which stops its children and drains within 10 s; SIGKILL to whoever is left.",
    "# A decoder that grew too large is started again by the town.",
    "# yardline-backup.service",
    "# yardline-backup.timer",
    "# After a night without power it is made up for.",
    "# useradd --system --user-group --no-create-home --home-dir /srv --shell /usr/sbin/nologin bus",
    "# install -d -o bus -g bus -m 0700 /srv /var/backups/yardline",
    "# systemctl daemon-reload",
    "# systemctl enable --now yardline.service yardline-backup.timer",
  ]);
  expect(out).toContain("--config /etc/yardline/town.yaml --data /srv/town\n");
});

test.for([
  [{ user: "../root" }, "no name of a user"],
  [{ data: "/srv/a\nExecStart=/bin/sh" }, "cannot stand in a unit"],
])("what cannot stand in a unit is refused: %j", async ([flags, says]) => {
  await expect(runVerb(installService, flags as Record<string, string>)).rejects.toThrow(says as string);
});
