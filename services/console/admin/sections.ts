import type { MessageKey } from "../messages/translate.ts";

type Choice = readonly [value: string, label: MessageKey];
type Common = {
  /** As a town.yaml calls it. */
  readonly name: string;
  readonly label: MessageKey;
  readonly help?: MessageKey;
  readonly required?: true;
  /** Only where a choice beside it is one of these. */
  readonly when?: readonly [name: string, values: readonly string[]];
};

/** One field of a form. `lines`: several texts, one a line; `several`: some of a list; `secret`: typed, and never shown again. */
export type Field = Common &
  (
    | { readonly kind: "text"; readonly pattern?: string; readonly max?: number }
    | { readonly kind: "number"; readonly min: number; readonly max?: number }
    | { readonly kind: "check" | "lines" | "secret" | "json" }
    | { readonly kind: "choice" | "several"; readonly choices: readonly Choice[] }
    | { readonly kind: "items"; readonly item: MessageKey; readonly fields: readonly Field[] }
  );

/** How a section is set: `fields` of one object, `items` of a list, or one `choice`. */
export type SectionForm = {
  readonly title: MessageKey;
  readonly lead: MessageKey;
} & (
  | { readonly shape: "fields"; readonly fields: readonly Field[] }
  | { readonly shape: "items"; readonly item: MessageKey; readonly fields: readonly Field[] }
  | { readonly shape: "choice"; readonly choices: readonly Choice[] }
);

const ID = "[a-z0-9](?:[a-z0-9\\-]*[a-z0-9])?";
const id: Field = {
  name: "id",
  label: "set.id",
  help: "set.id.help",
  kind: "text",
  pattern: ID,
  required: true,
};
const named: Field = { name: "name", label: "set.name", kind: "text", max: 100, required: true };
const port: Field = { name: "port", label: "set.port", kind: "number", min: 1, max: 65_535, required: true };
const POLLED = ["gtfs-realtime", "siri-vm", "json"];
const FOLLOWED = ["hfp"];

const FEED: readonly Field[] = [
  { name: "name", label: "set.id", help: "set.id.help", kind: "text", pattern: ID, required: true },
  {
    ...{ name: "format", label: "set.format", kind: "choice", required: true },
    choices: [
      ["gtfs-realtime", "set.format.gtfs-realtime"],
      ["siri-vm", "set.format.siri-vm"],
      ["hfp", "set.format.hfp"],
      ["json", "set.format.json"],
    ],
  },
  { name: "url", label: "set.url", help: "set.url.help", kind: "text", when: ["format", POLLED] },
  {
    name: "url_file",
    label: "set.url-key",
    help: "set.url-key.help",
    kind: "secret",
    when: ["format", POLLED],
  },
  {
    name: "header_file",
    label: "set.header",
    help: "set.header.help",
    kind: "secret",
    when: ["format", POLLED],
  },
  {
    name: "mapping",
    label: "set.mapping",
    help: "set.mapping.help",
    kind: "json",
    when: ["format", ["json"]],
  },
  { name: "broker", label: "set.broker", help: "set.broker.help", kind: "text", when: ["format", FOLLOWED] },
  {
    ...{ name: "qos", label: "set.qos", help: "set.qos.help" },
    ...{ kind: "number", min: 0, max: 1, when: ["format", FOLLOWED] },
  },
  { name: "topic", label: "set.topic", kind: "text", max: 500, when: ["format", FOLLOWED] },
  { name: "user", label: "set.user", kind: "text", max: 200, when: ["format", FOLLOWED] },
  { name: "password_file", label: "set.password", kind: "secret", when: ["format", FOLLOWED] },
  {
    ...{ name: "vehicle_name", label: "set.vehicle-name", help: "set.vehicle-name.help", kind: "choice" },
    when: ["format", ["gtfs-realtime"]],
    choices: [
      ["id", "set.vehicle-name.id"],
      ["label", "set.vehicle-name.label"],
    ],
  },
  {
    ...{ name: "ids", label: "set.ids", help: "set.ids.help", kind: "choice" },
    choices: [
      ["fleet", "set.ids.fleet"],
      ["devices", "set.ids.devices"],
      ["hidden", "set.ids.hidden"],
    ],
  },
  { name: "every_s", label: "set.every", help: "set.every.help", kind: "number", min: 1, max: 3_600 },
  { name: "stale_after_s", label: "set.stale", help: "set.stale.help", kind: "number", min: 10, max: 86_400 },
  { name: "ca_file", label: "set.ca", help: "set.ca.help", kind: "secret" },
];

const SETTLEMENT: readonly Field[] = [
  named,
  { name: "katottg", label: "set.katottg", help: "set.katottg.help", kind: "text", pattern: "UA\\d{17}" },
];

const PARTNER: readonly Field[] = [
  id,
  {
    name: "name",
    label: "set.partner-name",
    help: "set.partner-name.help",
    kind: "text",
    max: 200,
    required: true,
  },
  {
    ...{ name: "gives", label: "set.gives", help: "set.gives.help", kind: "several", required: true },
    choices: [
      ["live-on-alarm", "set.gives.live-on-alarm"],
      ["archive-on-request", "set.gives.archive-on-request"],
      ["export-on-request", "set.gives.export-on-request"],
    ],
  },
  { name: "until", label: "set.until", help: "set.until.help", kind: "text" },
];

/** What each section asks. `services/town/section-settings.ts` names the same; a test holds the fields against the schema. */
export const SECTION_FORMS: Readonly<Record<string, SectionForm>> = {
  town: {
    ...{ title: "sec.town", lead: "sec.town.lead", shape: "fields" },
    fields: [
      { name: "name", label: "set.town-name", kind: "text", max: 100, required: true },
      { name: "timezone", label: "set.timezone", help: "set.timezone.help", kind: "text" },
      { name: "holidays", label: "set.holidays", help: "set.holidays.help", kind: "lines" },
      {
        ...{ name: "districts", label: "set.districts", item: "set.district", kind: "items" },
        fields: [
          id,
          named,
          {
            ...{ name: "settlements", label: "set.settlements", item: "set.settlement", kind: "items" },
            fields: SETTLEMENT,
          },
        ],
      },
      {
        ...{ name: "partners", label: "set.partners", help: "set.partners.help", item: "set.partner" },
        ...{ kind: "items", fields: PARTNER },
      },
    ],
  },
  privacy: {
    ...{ title: "sec.privacy", lead: "sec.privacy.lead", shape: "fields" },
    fields: [
      { name: "contact", label: "set.contact", help: "set.contact.help", kind: "text", max: 200 },
      { name: "officer", label: "set.officer", kind: "text", max: 200 },
      { name: "site", label: "set.site", help: "set.site.help", kind: "text", max: 200 },
    ],
  },
  recordings: {
    ...{ title: "sec.recordings", lead: "sec.recordings.lead", shape: "fields" },
    fields: [
      { name: "keep_free_mb", label: "set.keep-free", help: "set.keep-free.help", kind: "number", min: 1 },
      { name: "at_most_mb", label: "set.at-most", help: "set.at-most.help", kind: "number", min: 1 },
    ],
  },
  evidence: {
    ...{ title: "sec.evidence", lead: "sec.evidence.lead", shape: "fields" },
    fields: [
      { name: "two_person", label: "set.two-person", help: "set.two-person.help", kind: "check" },
      { name: "keep_h", label: "set.keep-h", help: "set.keep-h.help", kind: "number", min: 1, max: 720 },
    ],
  },
  trackers: {
    ...{ title: "sec.trackers", lead: "sec.trackers.lead", shape: "items", item: "set.tracker" },
    fields: [
      {
        name: "protocol",
        label: "set.protocol",
        help: "set.protocol.help",
        kind: "text",
        pattern: ID,
        required: true,
      },
      port,
      {
        ...{ name: "host", label: "set.reach", help: "set.reach.help", kind: "choice" },
        choices: [
          ["0.0.0.0", "set.reach.all"],
          ["127.0.0.1", "set.reach.here"],
        ],
      },
      {
        ...{ name: "token_file", label: "set.token", help: "set.token.help", kind: "secret" },
        when: ["protocol", ["osmand"]],
      },
    ],
  },
  unknown_devices: {
    ...{ title: "sec.unknown_devices", lead: "sec.unknown_devices.lead", shape: "choice" },
    choices: [
      ["quarantine", "set.unknown.quarantine"],
      ["accept", "set.unknown.accept"],
    ],
  },
  feeds: {
    ...{ title: "sec.feeds", lead: "sec.feeds.lead", shape: "items", item: "set.feed" },
    fields: FEED,
  },
  onward: {
    ...{ title: "sec.onward", lead: "sec.onward.lead", shape: "items", item: "set.receiver" },
    fields: [
      { name: "name", label: "set.id", help: "set.id.help", kind: "text", pattern: ID, required: true },
      {
        ...{ name: "protocol", label: "set.protocol", kind: "choice", required: true },
        choices: [
          ["egts", "set.protocol.egts"],
          ["wialon-ips", "set.protocol.wialon-ips"],
        ],
      },
      { name: "host", label: "set.host", kind: "text", max: 253, required: true },
      port,
      {
        ...{ name: "dispatcher_id", label: "set.dispatcher-id", help: "set.dispatcher-id.help" },
        ...{ kind: "number", min: 0, when: ["protocol", ["egts"]] },
      },
    ],
  },
  webhooks: {
    ...{ title: "sec.webhooks", lead: "sec.webhooks.lead", shape: "items", item: "set.webhook" },
    fields: [
      id,
      {
        name: "url",
        label: "set.hook-url",
        help: "set.hook-url.help",
        kind: "text",
        max: 500,
        required: true,
      },
      {
        ...{ name: "secret_file", label: "set.hook-secret", help: "set.hook-secret.help" },
        ...{ kind: "secret", required: true },
      },
      { name: "query", label: "set.query", help: "set.query.help", kind: "text", max: 500 },
    ],
  },
  public_counts: {
    ...{ title: "sec.public_counts", lead: "sec.public_counts.lead", shape: "items", item: "set.area" },
    fields: [
      id,
      named,
      {
        name: "cameras",
        label: "set.area-cameras",
        help: "set.area-cameras.help",
        kind: "lines",
        required: true,
      },
    ],
  },
  public_vehicle_ids: {
    ...{ title: "sec.public_vehicle_ids", lead: "sec.public_vehicle_ids.lead", shape: "choice" },
    choices: [
      ["fleet", "set.vehicle-ids.fleet"],
      ["rotating", "set.vehicle-ids.rotating"],
    ],
  },
  push: {
    ...{ title: "sec.push", lead: "sec.push.lead", shape: "fields" },
    fields: [
      { name: "contact", label: "set.push-contact", help: "set.push-contact.help", kind: "text", max: 200 },
      { name: "services", label: "set.push-services", help: "set.push-services.help", kind: "lines" },
    ],
  },
  audit: {
    ...{ title: "sec.audit", lead: "sec.audit.lead", shape: "fields" },
    fields: [
      {
        name: "keep_days",
        label: "set.keep-days",
        help: "set.keep-days.help",
        kind: "number",
        min: 30,
        max: 3_660,
      },
    ],
  },
};
