import { describedApi } from "@yardline/api/described-api";
import { defineVerb, UsageError } from "../verb.ts";

/** Prints the descriptions that other systems are written against; no town runs for it. */
export const api = defineVerb({
  name: "api",
  summary: "Prints the description of the API (OpenAPI 3.1) or of topics and live streams (AsyncAPI 3).",
  usage: "openapi|asyncapi",
  example: "./yardline api openapi > openapi.json",
  flags: {},
  positionals: { min: 1, max: 1 },
  async run({ positionals: [name = ""] }, { stdout }) {
    const { openapi, asyncapi } = await describedApi();
    const document = { openapi, asyncapi }[name];
    if (document === undefined) throw new UsageError(`api: there is openapi and asyncapi, no "${name}"`);
    stdout.write(`${JSON.stringify(document, null, 2)}\n`);
    return 0;
  },
});
