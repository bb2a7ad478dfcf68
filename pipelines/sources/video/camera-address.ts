import { resolve } from "node:path";
import { inspect } from "node:util";
import { AppError } from "@yardline/domain/errors";

/** `rtsp+udp` is RTSP whose pictures come as datagrams; all else is told by what answers. */
const SCHEMES = ["rtsp", "rtsp+udp", "rtsps", "http", "https"] as const;
export type Scheme = (typeof SCHEMES)[number] | "file";
const ADDRESS_LENGTH_MAX = 2_000;

/**
 * Where a camera's pictures come from. The whole of it, password included, leaves only through `reveal`, which is for
 * ffmpeg's standard input; printed, logged, thrown or turned into JSON it is the scheme alone.
 */
export class CameraAddress {
  readonly scheme: Scheme;
  readonly #whole: string;

  private constructor(scheme: Scheme, whole: string) {
    this.scheme = scheme;
    this.#whole = whole;
  }

  /**
   * @param text a URL or a path, as it stands in a file or on standard input; surrounding white space is dropped.
   * @throws AppError `CAMERA_ADDRESS` that says what is wrong without repeating the address.
   */
  static parse(text: string): CameraAddress {
    const whole = text.trim();
    if (whole === "") throw refused("it is empty");
    if (whole.length > ADDRESS_LENGTH_MAX)
      throw refused(`it is longer than ${ADDRESS_LENGTH_MAX} characters`);
    // Quotes, backslashes and line ends are what could leave the quoted line of an ffconcat script.
    if (/[\p{Cc}'"\\]/u.test(whole)) throw refused("quotes, backslashes and line ends must be %-encoded");
    const [, name] = /^([a-z][a-z0-9+.-]*):/i.exec(whole) ?? [];
    if (name === undefined) return new CameraAddress("file", resolve(whole));
    const scheme = SCHEMES.find((each) => each === name.toLowerCase());
    if (!scheme) throw refused(`"${name}" is not one of ${SCHEMES.join(", ")}, nor is it a path`);
    if (!URL.canParse(whole) || new URL(whole).hostname === "") throw refused("it is not a whole URL");
    if (/\s/.test(whole)) throw refused("white space must be %-encoded");
    return new CameraAddress(scheme, whole);
  }

  /** The address itself, as ffmpeg and servers know it. */
  reveal(): string {
    return this.scheme === "rtsp+udp" ? this.#whole.replace(/^rtsp\+udp/i, "rtsp") : this.#whole;
  }

  /** The address without user and password, and these apart; not for files. */
  parts(): {
    readonly url: URL;
    readonly credentials?: { readonly username: string; readonly password: string };
  } {
    const url = new URL(this.reveal());
    const [username, password] = [decoded(url.username), decoded(url.password)];
    url.username = "";
    url.password = "";
    return { url, ...(username !== "" && { credentials: { username, password } }) };
  }

  /** Texts that give away something when they are seen: the password, the user name, and the whole. */
  secrets(): readonly string[] {
    if (this.scheme === "file") return [];
    const { username, password } = new URL(this.#whole);
    const parts = [password, username].flatMap((part) => [part, decoded(part)]);
    return [this.#whole, this.reveal(), ...parts.filter((part) => part !== "")];
  }

  toString(): string {
    return `${this.scheme}://…`;
  }

  toJSON(): string {
    return this.toString();
  }

  [inspect.custom](): string {
    return this.toString();
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function refused(why: string): AppError {
  return new AppError("CAMERA_ADDRESS", `The camera's address cannot be used: ${why}`);
}
