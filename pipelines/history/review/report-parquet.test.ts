import { parquetReadObjects } from "hyparquet";
import { expect, test } from "vitest";
import { reportParquet } from "./report-parquet.ts";

const read = (bytes: Uint8Array) => parquetReadObjects({ file: new Uint8Array(bytes).buffer });

test("what goes in comes out: numbers, texts, truths, and nothing where there is nothing", async () => {
  const rows = [
    { stop: "Ринок", n: 3, p50_s: 0.25, better: true },
    { stop: 'a "b", c', n: 0, p50_s: null, better: false, late: 1 },
  ];
  const [first, second] = await read(reportParquet(rows));
  expect(first).toMatchObject({ stop: "Ринок", n: 3, p50_s: 0.25, better: true });
  expect(first?.["late"] ?? null).toBe(null);
  expect(second).toMatchObject({ stop: 'a "b", c', n: 0, better: false, late: 1 });
  expect(second?.["p50_s"] ?? null).toBe(null);
});

test("no rows are a file too", async () => {
  expect(await read(reportParquet([]))).toEqual([]);
});
