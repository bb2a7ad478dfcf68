import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { makeVideo } from "@yardline/sources/video/testing";
import { freePort, killRtsp, rtspMissing, startRtsp } from "@yardline/sources/video/testing-rtsp";

/** An address of this machine in its network: pages refuse cameras at the machine itself. */
const HERE = Object.values(networkInterfaces())
  .flat()
  .find((each) => each?.family === "IPv4" && !each.internal)?.address;

/** Why there is no such camera here; undefined where there is one. */
export const networkCameraMissing =
  (rtspMissing && "there is no RTSP server") ||
  (HERE === undefined && "this machine is in no network") ||
  undefined;

export type NetworkCamera = { readonly address: string; close(): Promise<void> };

/** A real RTSP server as a camera in the town's network: 640 by 360, ten pictures a second. */
export async function startNetworkCamera(): Promise<NetworkCamera> {
  const folder = await mkdtemp(join(tmpdir(), "yardline-network-camera-"));
  const clip = join(folder, "clip.mp4");
  const options = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "10", "-bf", "0"];
  await makeVideo(clip, { size: "640x360", seconds: 8, rate_fps: 10 }, options);
  const port = await freePort();
  const server = await startRtsp(port, clip);
  const open = new Set<Socket>();
  const door = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        open.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  door.listen(0, HERE);
  await once(door, "listening");
  return {
    address: `rtsp://${HERE}:${(door.address() as AddressInfo).port}/yard`,
    async close() {
      door.close();
      for (const socket of open) socket.destroy();
      killRtsp(server);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
