import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openFileStore } from "@yardline/media/files";
import { describeMediaStore } from "@yardline/media/testing";
import { expect, onTestFinished, test } from "vitest";
import { findLocalId, nameMedia } from "./named-media.ts";

async function place() {
  const folder = await mkdtemp(join(tmpdir(), "yardline-named-"));
  const open = async () => nameMedia(await openFileStore({ folder }), "north");
  return { folder, open, remove: () => rm(folder, { recursive: true }) };
}

describeMediaStore("A store that names its edge", place);

test("what was named before the box joined a region is still found", async () => {
  const { folder, open, remove } = await place();
  const bare = await openFileStore({ folder });
  const id = await bare.putSnapshot("yard", 0, Uint8Array.of(1));
  await bare.close();
  const named = await open();
  onTestFinished(async () => {
    await named.close();
    await remove();
  });
  expect([await named.read(id), await named.read(`north/${id}`)]).toEqual([
    Buffer.from([1]),
    Buffer.from([1]),
  ]);
  expect(await named.read(`south/${id}`)).toBeUndefined();
});

test("an edge understands only the names that it gave", () => {
  expect(findLocalId("north", "north/a")).toBe("a");
  expect(findLocalId("north", "south/a")).toBeUndefined();
  expect(findLocalId("north", "northern/a")).toBeUndefined();
});
