/** One recorded message, as files of messages write them. */
export type RecordedMessage = {
  readonly message: string;
  /** `http`: `message` is the address that was asked for. */
  readonly encoding?: "hex" | "text" | "http";
  readonly httpMethod?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

/** The bytes that the device sent. */
export function bytesOfRecorded({
  message,
  encoding,
  httpMethod = "GET",
  headers = {},
  body = "",
}: RecordedMessage): Buffer {
  if (encoding !== "http") return Buffer.from(message, encoding === "hex" ? "hex" : "utf8");
  const length = Buffer.byteLength(body);
  const lines = Object.entries({ Host: "yardline", ...headers, "Content-Length": String(length) });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return Buffer.from(`${httpMethod} ${message} HTTP/1.1\r\n${head}\r\n${body}`);
}
