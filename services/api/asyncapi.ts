import { DeadLetter } from "@yardline/bus/dead-letter";
import { PositionRecord } from "@yardline/bus/position-record";
import { TOPIC_NAMES, TOPICS, type Topic } from "@yardline/bus/topics";
import { CATALOGUE } from "@yardline/events/catalogue";
import { YardlineEvent } from "@yardline/events/event";
import type { EventType } from "@yardline/events/event-type";
import { type TSchema, Type } from "typebox";
import { ApiEvent } from "./api-event.ts";
import { COOKIE } from "./identify.ts";
import { StopArrivals } from "./routes/arrivals.ts";
import { Sentence } from "./schemas.ts";
import { ToldCamera } from "./told-camera.ts";

const BINDING = "0.5.0";

const BROKERS = { $ref: "#/components/securitySchemes/brokers" };
/** Who may listen to what is no topic; a stop's board is everybody's. */
const SECURITY: Readonly<Record<string, readonly object[]>> = {
  "event-stream": [
    { $ref: "#/components/securitySchemes/session" },
    { $ref: "#/components/securitySchemes/token" },
  ],
  "arrivals-stream": [],
};

type Message = {
  readonly name: string;
  readonly title: string;
  readonly summary?: string;
  /** The record's key on Kafka. */
  readonly key?: string;
  readonly payload: TSchema | Readonly<Record<string, unknown>>;
  readonly more?: Readonly<Record<string, unknown>>;
};

const SUMMARIES: Readonly<Record<Topic, string>> = {
  events:
    "Statements about occurrences. The highest `revision` of an `occurrence` counts; a statement may come twice.",
  positions: "Where vehicles are, fix by fix. Not for the public: nothing is hidden here.",
  cameras: "How each camera is; the newest of a key counts.",
  "dead-letters": "Messages that nobody could read, with the reason.",
};

/**
 * The topics of the bus and the live streams, described as AsyncAPI 3 out of the same declarations that make them: `TOPICS`, the catalogue of
 * events, the schemas of the doors. @see https://www.asyncapi.com/docs/reference/specification/v3.0.0
 */
export function asyncApi(): Readonly<Record<string, unknown>> {
  const messages: Readonly<Record<Topic, readonly Message[]>> = {
    events: CATALOGUE.map(statementMessage),
    positions: [
      { name: "position", title: "A fix of a vehicle", key: "The vehicle's id", payload: PositionRecord },
    ],
    cameras: [{ name: "camera", title: "A camera's status", key: "The camera's id", payload: ToldCamera }],
    "dead-letters": [
      { name: "dead-letter", title: "What could not be read", key: "Its position", payload: DeadLetter },
    ],
  };
  const streams: readonly Stream[] = [
    {
      id: "event-stream",
      address: "/v1/events/stream",
      summary: "Events as they happen, as Server-Sent Events of type `event`; `id` is where to resume.",
      message: { name: "api-event", title: "An event as the doors give it", payload: ApiEvent },
    },
    {
      id: "arrivals-stream",
      address: "/v1/stops/{stop_id}/arrivals/stream",
      summary: "A stop's board as Server-Sent Events, whole whenever it changed.",
      message: { name: "board", title: "The next buses at a stop", payload: StopArrivals },
      parameters: { stop_id: { description: "As in GTFS" } },
    },
  ];
  const all = [...Object.values(messages).flat(), ...streams.map(({ message }) => message)];
  return plain({
    asyncapi: "3.0.0",
    info: {
      title: "Yardline",
      version: "1.0.0",
      description:
        "What goes over a town's bus, and what it says as it happens. Within a version of a message fields are only added: readers ignore those that they do not know.",
      license: { name: "Apache-2.0", url: "https://www.apache.org/licenses/LICENSE-2.0" },
    },
    defaultContentType: "application/json",
    servers: {
      bus: {
        host: "kafka:9092",
        protocol: "kafka",
        description: "The town's own brokers; `--bus` names them.",
      },
      doors: { host: "localhost:8080", protocol: "http", description: "The town's doors." },
    },
    channels: {
      ...Object.fromEntries(TOPIC_NAMES.map((topic) => [topic, topicChannel(topic, messages[topic])])),
      ...Object.fromEntries(streams.map((each) => [each.id, streamChannel(each)])),
    },
    operations: Object.fromEntries(
      [...TOPIC_NAMES, ...streams.map(({ id }) => id)].map((id) => [
        `tell-${id}`,
        { action: "send", channel: { $ref: `#/channels/${id}` }, security: SECURITY[id] ?? [BROKERS] },
      ]),
    ),
    components: {
      messages: Object.fromEntries(all.map((each) => [each.name, messageOf(each)])),
      schemas: { Sentence },
      securitySchemes: {
        brokers: {
          type: "X509",
          description: "As the town's brokers want it: a client's certificate, or SASL.",
        },
        session: { type: "httpApiKey", in: "cookie", name: COOKIE },
        token: { type: "http", scheme: "bearer" },
      },
    },
  });
}

type Stream = {
  readonly id: string;
  readonly address: string;
  readonly summary: string;
  readonly message: Message;
  readonly parameters?: Readonly<Record<string, { readonly description: string }>>;
};

function topicChannel(topic: Topic, messages: readonly Message[]) {
  const { partitions, keep_ms, compacted, message_bytes_max } = TOPICS[topic];
  return {
    address: topic,
    description: SUMMARIES[topic],
    servers: [{ $ref: "#/servers/bus" }],
    messages: refsTo(messages),
    bindings: {
      kafka: {
        topic,
        partitions,
        topicConfiguration: {
          "cleanup.policy": [compacted ? "compact" : "delete"],
          "retention.ms": keep_ms,
          "max.message.bytes": message_bytes_max,
        },
        bindingVersion: BINDING,
      },
    },
  };
}

function streamChannel({ address, summary, message, parameters }: Stream) {
  return {
    address,
    description: summary,
    servers: [{ $ref: "#/servers/doors" }],
    messages: refsTo([message]),
    ...(parameters && { parameters }),
  };
}

function refsTo(messages: readonly Message[]) {
  return Object.fromEntries(messages.map(({ name }) => [name, { $ref: `#/components/messages/${name}` }]));
}

/** One kind of event as a statement: the envelope with its own type, version and data. */
function statementMessage(eventType: EventType): Message {
  const { type, version, dataschema, data, audience, retention } = eventType;
  const { properties } = YardlineEvent;
  return {
    name: `${type}.v${version}`,
    title: `${type}, version ${version}`,
    key: "The occurrence",
    payload: Type.Object(
      { ...properties, type: Type.Literal(type), dataschema: Type.Literal(dataschema), data },
      { additionalProperties: true },
    ),
    more: { "x-audience": audience, "x-retention": retention },
  };
}

function messageOf({ name, title, key, payload, more }: Message) {
  return {
    name,
    title,
    contentType: "application/json",
    payload,
    ...(key !== undefined && {
      headers: {
        type: "object",
        properties: { source: { type: "string", description: "Chooses the partition." } },
      },
      bindings: { kafka: { key: { type: "string", description: key }, bindingVersion: BINDING } },
    }),
    ...more,
  };
}

/** As JSON, with references by name turned into references within the document. */
function plain(document: object): Readonly<Record<string, unknown>> {
  const text = JSON.stringify(document, (name, value: unknown) => {
    if (name === "$id") return undefined;
    const isName = name === "$ref" && typeof value === "string" && value.endsWith("#");
    return isName ? `#/components/schemas/${value.slice(0, -1)}` : value;
  });
  return JSON.parse(text);
}
