import { expect, onTestFinished } from "vitest";
import type { ApiEvent } from "../api-event.ts";
import type { Parts } from "../parts.ts";
import { servedApp } from "./app.ts";
import { memoryBus } from "./fakes.ts";

/** One message of a stream; `data` only where it is an event. */
type Message = { readonly id?: string; readonly data?: ApiEvent; readonly text: string };

/** Listens as an EventSource does, and keeps what it hears. */
export async function listenTo(url: string, headers: Record<string, string> = {}) {
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const response = await fetch(url, { headers, signal: stop.signal });
  const heard: Message[] = [];
  const ended = read(response, heard).catch(() => undefined);
  return {
    response,
    heard,
    ended,
    occurrences: () => heard.flatMap(({ data }) => (data ? [data.occurrence] : [])),
    hangUp: () => stop.abort(),
  };
}

async function read(response: Response, heard: Message[]): Promise<void> {
  let rest = "";
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const blocks = (rest + chunk).split("\n\n");
    rest = blocks.pop() ?? "";
    heard.push(...blocks.map(messageOf));
  }
}

function messageOf(text: string): Message {
  const field = (name: string) =>
    text
      .split("\n")
      .find((line) => line.startsWith(`${name}: `))
      ?.slice(name.length + 2);
  const [id, data] = [field("id"), field("data")];
  return { text, ...(id && { id }), ...(data && { data: JSON.parse(data) }) };
}

/** Served doors on a bus that can be spoken on. */
export async function servedBus(parts: Partial<Parts> = {}) {
  const bus = memoryBus();
  const served = await servedApp({ bus, ...parts });
  const metric = async (line: string) =>
    expect(await (await fetch(`${served.url}/metrics`)).text()).toContain(line);
  return { ...served, bus, metric, stream: `${served.url}/v1/events/stream` };
}
