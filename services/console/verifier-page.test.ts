import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { recordingFact, testBundle } from "@yardline/evidence/testing";
import { expect, onTestFinished, test } from "vitest";
import { hasChromium, launchBrowser } from "./testing/browser.ts";

const MAIN = join(import.meta.dirname, "../cli/main.ts");
const RECORDING = new Uint8Array(3_000).fill(7);

// The page is made by Node itself, as a town makes it: the test runner rewrites functions.
test.skipIf(!hasChromium)(
  "a browser verifies a bundle from a file, without asking anybody",
  { timeout: 120_000 },
  async () => {
    const name = "recordings/yard/0001.mp4";
    const facts = { recordings: [await recordingFact(name, RECORDING)] };
    const { data, key, folder, path } = await testBundle({ [name]: RECORDING }, facts);
    const page_path = join(folder, "verify.html");
    execFileSync(process.execPath, [MAIN, "evidence", "page", "--out", page_path]);
    const changed = join(folder, "changed.zip");
    await writeFile(
      changed,
      data.map((byte, at) => (at === 1_000 ? byte ^ 1 : byte)),
    );

    const browser = await launchBrowser();
    onTestFinished(() => browser.close());
    const page = await (await browser.newContext({ locale: "uk-UA", offline: true })).newPage();
    const wrong: string[] = [];
    page.on("console", (message) => void (message.type() === "error" && wrong.push(message.text())));
    page.on("pageerror", ({ message }) => wrong.push(message));
    page.on("request", (request) => void (request.url().startsWith("file:") || wrong.push(request.url())));
    await page.goto(pathToFileURL(page_path).href);
    const verdict = page.locator("#verdict");
    const said = async (file: string) => {
      await page.setInputFiles("#bundle", file);
      await verdict.waitFor({ state: "visible" });
      return { outcome: await verdict.getAttribute("data-outcome"), text: await verdict.textContent() };
    };

    expect(await said(path)).toMatchObject({
      outcome: "half",
      text: expect.stringContaining("Пакет цілий. Хто його підписав"),
    });
    await page.fill("#fingerprint", key.fingerprint.match(/.{4}/g)?.join(" ") ?? "");
    await page.locator("#fingerprint").blur();
    await page.getByText("Пакет цілий і підписаний містом.").waitFor();
    expect(await said(changed)).toMatchObject({
      outcome: "bad",
      text: expect.stringContaining(`Змінено файл: ${name}`),
    });
    await page.getByRole("button", { name: "English" }).click();
    expect(await verdict.textContent()).toContain("The bundle is NOT as it was signed.");
    await page.getByRole("button", { name: "Русский" }).click();
    expect(await verdict.textContent()).toContain("Пакет НЕ таков");
    expect(await page.evaluate("document.documentElement.lang")).toBe("ru");
    expect(wrong).toEqual([]);
  },
);
