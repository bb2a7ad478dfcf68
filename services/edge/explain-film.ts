import type { Picture } from "@yardline/domain/picture";
import type { EpochMs } from "@yardline/domain/time";
import type { ScenePlan } from "@yardline/rules/scene/scene-plan";
import { type RecordingWriter, writeRecording } from "@yardline/sources/video/write-recording";
import { type Explained, Explaining } from "./explain.ts";

/** A recording with the reasons painted over it, as a file of its own. */
export class ExplainFilm {
  readonly #path: string;
  readonly #rate_fps: number;
  readonly #start_ms: EpochMs;
  readonly #explaining: Explaining;
  #writer: RecordingWriter | undefined;

  /** @param scene what was watched for: its zones and lines are drawn. */
  constructor(path: string, rate_fps: number, start_ms: EpochMs, scene: ScenePlan) {
    this.#path = path;
    this.#rate_fps = rate_fps;
    this.#start_ms = start_ms;
    this.#explaining = new Explaining(start_ms, scene);
  }

  /** @throws AppError as `writeRecording` does. */
  async add(picture: Picture, explained: Explained): Promise<void> {
    const painted = this.#explaining.paint(picture, explained);
    const { width_px, height_px } = painted;
    this.#writer ??= writeRecording(this.#path, { width_px, height_px, rate_fps: this.#rate_fps });
    await this.#writer.write(painted, (explained.watched.at_ms - this.#start_ms) / 1000);
  }

  /** What was added until now is a whole film, also where the recording broke off. */
  async end(): Promise<void> {
    await this.#writer?.end();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#writer?.[Symbol.asyncDispose]();
  }
}
