import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";

const SERVER = "../shared/data/video/rtspcam.py";
const PYTHON = "/usr/bin/python3";
const GSTREAMER =
  "import gi; gi.require_version('GstRtspServer', '1.0'); from gi.repository import GstRtspServer";

/** Whether this machine lacks the real RTSP server; tests that need it say so in their names. */
export const rtspMissing = !existsSync(SERVER) || spawnSync(PYTHON, ["-c", GSTREAMER]).status !== 0;

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** The real GStreamer server, in a process group of its own, ready to be connected to; plays `clip` as `/yard`. */
export async function startRtsp(port: number, clip: string): Promise<ChildProcess> {
  const server = spawn(PYTHON, [SERVER, String(port), `yard=${clip}`], {
    detached: true,
    stdio: ["ignore", "pipe", "ignore"],
  });
  await once(server.stdout ?? server, "data");
  return server;
}

/** Ends a server and the players that it started. */
export function killRtsp(server: ChildProcess): void {
  try {
    process.kill(-(server.pid ?? 0), "SIGKILL");
  } catch {
    // It was killed in the test already.
  }
}
