import { expect, test } from "vitest";
import { runVerb } from "../testing.ts";
import { doctor } from "./doctor.ts";

test("tells of each thing whether it is there, and how to mend what is not", async () => {
  const { code, out } = await runVerb(doctor, {});
  const rows = out.trimEnd().split("\n");
  expect(rows.filter((row) => !/^(ok|MISSING|absent) +\S/.test(row))).toEqual([]);
  expect(out).toContain(`Node 26 or newer             ${process.version}`);
  expect(code).toBe(out.includes("MISSING") ? 1 : 0);
});
