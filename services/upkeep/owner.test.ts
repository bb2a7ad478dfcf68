import { chownSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { refuseRoot } from "./owner.ts";
import { makeFolder } from "./testing/kept-folder.ts";

const NOBODY = 65_534;

test("root is told who should do it, also where the folder is still to be made", async () => {
  const folder = makeFolder();
  if (process.getuid?.() === 0) chownSync(folder, NOBODY, NOBODY);
  for (const path of [folder, join(folder, "new/town")]) {
    await expect(refuseRoot(path, 0)).rejects.toMatchObject({
      code: "FOLDER_OWNER",
      message: expect.stringMatching(/sudo -u '#\d+' \.\/yardline/),
    });
  }
  await refuseRoot(folder, NOBODY);
});
