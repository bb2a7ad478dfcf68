import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import sharp from "sharp";

export type FakeMedia = { readonly jpeg: Buffer; readonly mp4: Buffer; readonly strip: Buffer };

const YARD = `<svg xmlns="http://www.w3.org/2000/svg" width="768" height="432">
  <rect width="768" height="432" fill="#8d958c"/><rect width="768" height="120" fill="#b9c0b4"/>
  <path d="M0 432 300 120h170l298 312Z" fill="#777c79"/>
  <rect x="560" y="40" width="180" height="130" fill="#a98d74"/><rect x="600" y="80" width="40" height="50" fill="#55606b"/>
  <circle cx="353" cy="160" r="20" fill="#3b2f2a"/><path d="M322 340V230q30-60 62 0v110Z" fill="#2d4f73"/>
  <rect x="307" y="130" width="92" height="216" fill="none" stroke="#ffd400" stroke-width="3"/>
</svg>`;

/** A real JPEG, a filmstrip of four tiles, and a real H.264 MP4 of four seconds, made anew. */
export async function makeMedia(): Promise<FakeMedia> {
  const folder = await mkdtemp(join(tmpdir(), "yardline-console-"));
  try {
    const jpeg = await sharp(Buffer.from(YARD)).jpeg({ quality: 80 }).toBuffer();
    const clip = join(folder, "clip.mp4");
    const encode = "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -movflags +faststart -y".split(" ");
    const source = ["-f", "lavfi", "-i", "testsrc2=size=320x180:rate=10:duration=4"];
    await promisify(execFile)("ffmpeg", ["-v", "error", ...source, ...encode, clip]);
    const strip = await sharp(jpeg).resize(640, 90, { fit: "fill" }).jpeg().toBuffer();
    return { jpeg, strip, mp4: await readFile(clip) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
