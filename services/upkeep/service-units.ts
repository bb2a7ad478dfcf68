import { dirname } from "node:path";

/** What the units of a town are made of; all paths absolute. */
export type ServiceSettings = {
  /** Who runs it; made where it is missing. */
  readonly user: string;
  /** The checkout with the launcher. */
  readonly root: string;
  readonly config: string;
  readonly data: string;
  /** Where the nightly backups go. */
  readonly backups: string;
};

export type UnitFile = { readonly name: string; readonly text: string };

/** Nightly backups that are kept. */
const BACKUPS_KEPT = 7;

/**
 * The town as a systemd service, and a timer that backs it up each night.
 * Without `MemoryDenyWriteExecute`, since V8 compiles at run time, and without a watchdog, since Node can tell systemd nothing.
 * https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html
 */
export function serviceUnits(settings: ServiceSettings): readonly UnitFile[] {
  return [
    { name: "yardline.service", text: townUnit(settings) },
    { name: "yardline-backup.service", text: backupUnit(settings) },
    { name: "yardline-backup.timer", text: TIMER },
  ];
}

/** What has to be run once the units are in their place, as root. */
export function serviceCommands(
  { user, data, backups }: ServiceSettings,
  isUser: boolean,
): readonly string[][] {
  const home = dirname(data);
  const makeUser = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", home];
  return [
    ...(isUser ? [] : [[...makeUser, "--shell", "/usr/sbin/nologin", user]]),
    ["install", "-d", "-o", user, "-g", user, "-m", "0700", home, backups],
    ["systemctl", "daemon-reload"],
    ["systemctl", "enable", "--now", "yardline.service", "yardline-backup.timer"],
  ];
}

function townUnit(settings: ServiceSettings): string {
  const { root, config, data } = settings;
  return `[Unit]
Description=Yardline, the town's event spine
Wants=network-online.target
After=network-online.target time-sync.target
# A camera network or a disk may come back after hours: it never gives up.
StartLimitIntervalSec=0

[Service]
Type=exec
ExecStart=${commandOf(`${root}/yardline`, "start", "--config", config, "--data", data)}
Restart=always
RestartSec=10
# SIGTERM to the town alone, which stops its children and drains within 10 s; SIGKILL to whoever is left.
KillMode=mixed
TimeoutStopSec=20
MemoryHigh=70%
MemoryMax=80%
# A decoder that grew too large is started again by the town.
OOMPolicy=continue
LimitNOFILE=65536
${confinement(settings, [dirname(data)])}
[Install]
WantedBy=multi-user.target
`;
}

function backupUnit(settings: ServiceSettings): string {
  const { root, data, backups } = settings;
  const where = ["--data", data, "--out", backups, "--keep", String(BACKUPS_KEPT), "--without-media"];
  return `[Unit]
Description=Nightly backup of Yardline

[Service]
Type=oneshot
ExecStart=${commandOf(`${root}/yardline`, "backup", ...where)}
Nice=10
IOSchedulingClass=idle
${confinement(settings, [dirname(data), backups])}`;
}

const TIMER = `[Unit]
Description=Nightly backup of Yardline

[Timer]
OnCalendar=*-*-* 02:30:00
RandomizedDelaySec=15m
# After a night without power it is made up for.
Persistent=true

[Install]
WantedBy=timers.target
`;

function confinement({ user, root }: ServiceSettings, writable: readonly string[]): string {
  return `User=${user}
Group=${user}
WorkingDirectory=${root.replaceAll("%", "%%")}
UMask=0077
NoNewPrivileges=yes
ProtectSystem=strict
ReadWritePaths=${writable.map(quoted).join(" ")}
ProtectHome=read-only
PrivateTmp=yes
PrivateDevices=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
CapabilityBoundingSet=
SystemCallArchitectures=native
SystemCallFilter=@system-service
`;
}

/** A command line; a dollar sign would name a variable in one. */
function commandOf(...words: readonly string[]): string {
  return words.map((word) => quoted(word).replaceAll("$", "$$$$")).join(" ");
}

/** One word of a unit file: https://www.freedesktop.org/software/systemd/man/latest/systemd.syntax.html#Quoting */
function quoted(word: string): string {
  const plain = word.replaceAll("%", "%%");
  if (/^[\w./@:=%-]+$/.test(plain)) return plain;
  return `"${plain.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}
