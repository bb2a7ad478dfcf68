import { expect, test } from "vitest";
import { csvOf, markdownOf } from "./document.ts";

test("a document in Markdown; what people typed stays text", () => {
  const table = { columns: ["Camera", "Why"], rows: [["yard|1", "# because\n[x](y)"]] };
  expect(markdownOf({ title: "Title", parts: [{ heading: "One", text: ["Said."], table }] })).toBe(
    "# Title\n\n## One\n\nSaid.\n\n| Camera | Why |\n| --- | --- |\n| yard\\|1 | \\# because \\[x\\](y) |\n",
  );
});

test("a table in CSV, in which no cell is a formula", () => {
  expect(csvOf({ columns: ["a", "b"], rows: [['say "so"', "=1+1"]] })).toBe(
    `\ufeff"a","b"\r\n"say ""so""","'=1+1"\r\n`,
  );
});
