import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/**
 * A real ONVIF camera that we did not write: PyPI's `ipycam` (MIT, version and digest pinned), with its HTTP, WS-Security, PTZ and
 * WS-Discovery as they are. Its pictures need OpenCV, which is left out: the two modules are empty, and no picture is asked for.
 */
const PACKAGE =
  "ipycam==1.3.0 --hash=sha256:3f12b70ed4e9717508fc387874a0c9fddf94a2a193dc88c2340efb867ff5d745";
const PYTHON = "/usr/bin/python3";
const FOLDER = resolve(".yardline/tools/ipycam-1.3.0");

const CAMERA = `
import sys, types, socketserver, logging
for name in ("cv2", "numpy"):
    module = types.ModuleType(name)
    module.__getattr__ = lambda attribute: 0
    sys.modules[name] = module
sys.path.insert(0, sys.argv[1])
from ipycam.config import CameraConfig
from ipycam.onvif import ONVIFService
from ipycam.ptz import PTZController
from ipycam.http import IPCameraHTTPHandler
from ipycam.discovery import WSDiscoveryServer
password = sys.stdin.readline().strip()
server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), IPCameraHTTPHandler)
port = server.server_address[1]
config = CameraConfig(name="Gate camera", local_ip="127.0.0.1", onvif_port=port, username="operator", password=password)
ptz = PTZController(1920, 1080, 4.0)
ptz.set_preset("gate", "The gate")
service = ONVIFService(config, ptz)
IPCameraHTTPHandler.camera = types.SimpleNamespace(config=config, onvif=service, ptz=ptz)
WSDiscoveryServer.MULTICAST_PORT = int(sys.argv[2])
WSDiscoveryServer(service).start()
print(port, flush=True)
server.serve_forever()
`;

/** Fetched once a checkout. @returns whether it is there. */
function fetchIpycam(): boolean {
  if (existsSync(join(FOLDER, "ipycam/onvif.py"))) return true;
  try {
    mkdirSync(FOLDER, { recursive: true });
    const requirements = join(FOLDER, "requirements.txt");
    writeFileSync(requirements, `${PACKAGE}\n`);
    const install = ["-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "--target", FOLDER];
    execFileSync(PYTHON, [...install, "-r", requirements], { stdio: "ignore", timeout: 60_000 });
    return existsSync(join(FOLDER, "ipycam/onvif.py"));
  } catch {
    return false;
  }
}

/** Whether this machine cannot have it (no pip, or nothing to fetch it from); tests that need it say so in their names. */
export const ipycamMissing = !fetchIpycam();

export type Ipycam = { readonly port: number; kill(): void };

/** @param discovery_port where it hears WS-Discovery; the password comes on standard input. */
export async function startIpycam(password: string, discovery_port: number): Promise<Ipycam> {
  const camera = spawn(PYTHON, ["-c", CAMERA, FOLDER, String(discovery_port)], {
    stdio: ["pipe", "pipe", "ignore"],
    // It writes its saved views where it stands.
    cwd: FOLDER,
  });
  camera.stdin.end(`${password}\n`);
  const [line] = await Promise.race([once(camera.stdout, "data"), once(camera, "close")]);
  const port = Number(String(line));
  if (!(port > 0)) throw new Error("the ONVIF camera did not start");
  return { port, kill: () => void camera.kill("SIGKILL") };
}
