import { memoryRecords, type Rows } from "./memory.ts";
import { describeRecords } from "./testing.ts";

describeRecords("memory", async () => {
  const rows: Rows = new Map();
  return { open: async () => memoryRecords(rows), isShared: true, remove: async () => rows.clear() };
});
