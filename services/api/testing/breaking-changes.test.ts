import { expect, test } from "vitest";
import { listBreakingChanges } from "./breaking-changes.ts";

const STOP = {
  type: "object",
  required: ["id", "name"],
  properties: { id: { type: "string" }, name: { type: "string" }, kind: { enum: ["bus", "tram"] } },
};

function described({
  schema = STOP,
  parameters = [{ in: "query", name: "kind", schema: { enum: ["bus", "tram"] } }],
  path = "/stops",
}: {
  schema?: object;
  parameters?: object[];
  path?: string;
} = {}) {
  const answer = { content: { "application/json": { schema: { $ref: "#/components/schemas/Stop" } } } };
  const get = { operationId: "listStops", parameters, responses: { 200: answer } };
  return { paths: { [path]: { get } }, components: { schemas: { Stop: schema } } };
}

test.for([
  { what: "nothing changed", newer: described(), found: [] },
  {
    what: "a field and a parameter more",
    newer: described({
      schema: { ...STOP, properties: { ...STOP.properties, wheelchair: { type: "boolean" } } },
      parameters: [
        { in: "query", name: "kind", schema: { enum: ["bus", "tram", "ferry"] } },
        { in: "query", name: "limit", schema: { type: "integer" } },
      ],
    }),
    found: [],
  },
  { what: "an address moved", newer: described({ path: "/halts" }), found: ["get /stops: is gone"] },
  {
    what: "a field is gone, another no longer sure, a third of another type, a new value",
    newer: described({
      schema: {
        type: "object",
        required: [],
        properties: { id: { type: "integer" }, kind: { enum: ["bus", "tram", "ferry"] } },
      },
    }),
    found: [
      "get /stops 200.id: is no longer always there",
      "get /stops 200.id: was string, is integer",
      "get /stops 200.kind: output value ferry",
      "get /stops 200.name: is gone",
    ],
  },
  {
    what: "a value is no longer taken, and something more must be given",
    newer: described({
      parameters: [
        { in: "query", name: "kind", schema: { enum: ["bus"] } },
        { in: "query", name: "town", required: true, schema: { type: "string" } },
      ],
    }),
    found: ["get /stops query kind: input value tram", "get /stops query town: is required now"],
  },
])("$what", ({ newer, found }) => {
  expect(listBreakingChanges(described(), newer)).toEqual(found);
});
