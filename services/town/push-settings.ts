import { Type } from "typebox";

/** How browsers are told that a bus comes. */
export const PUSH = Type.Object(
  {
    contact: Type.Optional(
      Type.String({
        pattern: "^(mailto:[^@\\s]+@[^@\\s]+|https://\\S+)$",
        maxLength: 200,
        description: "Whom a push service can ask about this town: mailto: or https:.",
      }),
    ),
    services: Type.Optional(
      Type.Array(
        Type.String({ pattern: "^(https://[^/@\\s]+|http://127\\.0\\.0\\.1:\\d+)$", maxLength: 200 }),
        {
          maxItems: 8,
          description:
            "Origins of push services beside those of the known browsers, as https://push.example.org.",
        },
      ),
    ),
  },
  { additionalProperties: false, description: "Reminders for passengers; they need a key for secrets." },
);
