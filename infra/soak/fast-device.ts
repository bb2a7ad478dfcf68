import { assert } from "@yardline/domain/assert";
import { findTrackerProtocol } from "@yardline/sources/trackers/protocols";
import type { TrackerSession } from "@yardline/sources/trackers/session";
import type { Said, SentFix, Speech, TrackerSpeaker } from "@yardline/sources/trackers/speaker";
import type { Conversation } from "@yardline/trackers/conversation";

/** What a device remembers without network; then it forgets the oldest. */
const KEPT_MAX = 20_000;

type Line = {
  readonly session: TrackerSession;
  readonly conversation: Conversation;
  readonly speech: Speech;
};

/**
 * A device that speaks to the gateway's own decoder and conversation, but over no socket, so that a day goes by in minutes. Like a
 * real one it keeps each fix until its answer has come.
 */
export class FastDevice {
  readonly #device_id: string;
  readonly #speaker: TrackerSpeaker;
  readonly #open: (protocol: string) => Conversation;
  readonly #kept: SentFix[] = [];
  #line: Line | undefined;

  constructor(device_id: string, speaker: TrackerSpeaker, open: (protocol: string) => Conversation) {
    this.#device_id = device_id;
    this.#speaker = speaker;
    this.#open = open;
  }

  /** Takes what the receiver says, and sends all there is, where there is network. */
  async report(fixes: readonly SentFix[], network: boolean): Promise<void> {
    this.#kept.push(...fixes);
    this.#kept.splice(0, Math.max(0, this.#kept.length - KEPT_MAX));
    if (!network) this.#line = undefined;
    if (!network || this.#kept.length === 0) return;
    this.#line ??= await this.#connect();
    while (this.#kept.length > 0) {
      const batch = this.#kept.slice(0, this.#speaker.fixes_max);
      await this.#say(this.#line, this.#line.speech.tell(batch));
      this.#kept.splice(0, batch.length);
    }
  }

  async #connect(): Promise<Line> {
    const { protocol } = this.#speaker;
    const session = findTrackerProtocol(protocol)?.openSession();
    assert(session !== undefined, `${protocol} is one of ours`);
    const speech = this.#speaker.open(this.#device_id);
    const line = { session, conversation: this.#open(protocol), speech };
    if (speech.login) await this.#say(line, speech.login);
    return line;
  }

  async #say({ session, conversation }: Line, { sends, isHeard }: Said): Promise<void> {
    const { answers, ending } = await conversation.hear(session.take(sends).messages);
    assert(!ending, `${this.#device_id} was hung up on: ${ending?.reason} ${ending?.why}`);
    if (isHeard) assert(isHeard(Buffer.concat(answers)) === true, `${this.#device_id} was not answered`);
  }
}
