import { execFileSync, spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { bytesOf } from "@yardline/evidence/read-bytes";
import { testFolder } from "@yardline/evidence/testing";
import { readContainer } from "@yardline/evidence/verify-bundle";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { buildPage, hasChromium, launchBrowser, openPage } from "../testing/browser.ts";
import { type NightTown, PASSWORD, SEEN_BOX, startNightTown } from "../testing/night-town.ts";

if (!hasChromium) process.stderr.write("evidence.test.ts: skipped, there is no /usr/bin/chromium\n");

const MAIN = join(import.meta.dirname, "../../cli/main.ts");
const SIZE = { width_px: 640, height_px: 360 };
/** What an encoder makes of grey is never as colourful. */
const COLOUR_MIN = 40;
/** An encoder smears colours over an edge, in fractions of the picture. */
const SMEAR = 0.03;

describe.skipIf(!hasChromium)("the dispatcher's whole job on a running town", { timeout: 400_000 }, () => {
  let browser: Browser;
  let town: NightTown;
  let removePage = async () => {};

  beforeAll(async () => {
    const built = await buildPage();
    removePage = built.remove;
    [browser, town] = await Promise.all([launchBrowser(), startNightTown(built.dist)]);
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await Promise.all([town?.close(), removePage()]);
  });

  async function signIn(login: string, path: string) {
    const watched = await openPage(browser, town.url + path, { map: false });
    onTestFinished(() => watched.close());
    const { page } = watched;
    page.setDefaultTimeout(30_000);
    await page.getByRole("button", { name: "Sign in" }).click();
    const form = page.getByRole("dialog");
    await form.getByLabel("Login").fill(login);
    await form.getByLabel("Password").fill(PASSWORD);
    await form.getByRole("button", { name: "Sign in" }).click();
    await form.waitFor({ state: "hidden" });
    return watched;
  }
  const poll = <Value>(ask: () => Value) => expect.poll(ask, { timeout: 30_000 });

  test("last night's loitering by the playground is found, watched, exported redacted, and verified by whoever gets it", async () => {
    const { page, wrong } = await signIn("halyna", "/search");
    const purpose = page.getByRole("dialog");
    await purpose.getByLabel("Purpose").fill("theft of a bicycle");
    await purpose.getByRole("button", { name: "Begin" }).click();
    const box = page.getByRole("combobox", { name: "Search events" });
    await box.fill("type:yard.loitering zone:playground yesterday 20:00..06:00");
    await box.press("Enter");
    await page.getByRole("list", { name: "Events found" }).getByRole("link").first().click();

    const sheet = page.getByRole("region", { name: /^Yard/ });
    await watched(sheet);
    await aroundIt(sheet);
    const passed = sheet.getByRole("region", { name: "Buses that passed" });
    await passed.getByText("No. 107").waitFor();
    const near = sheet.getByRole("region", { name: "Near here, within ten minutes" });
    await near.getByRole("link", { name: /^A person in zone “gate”/ }).click();
    await sheet
      .getByText(/^A person in zone “gate”/)
      .first()
      .waitFor();
    // What has no recording offers none to export.
    expect(await sheet.getByRole("link", { name: "Export as evidence" }).count()).toBe(0);
    await near.getByRole("link", { name: /^A person loiters/ }).click();
    await sheet.getByRole("link", { name: "Export as evidence" }).click();
    await opened(page);
    expect(await coloursOf(page)).toEqual({ seen: true, beside: false });

    await page.getByLabel("What for recordings are looked at").fill("theft of a bicycle");
    await page.getByLabel("Legal basis").selectOption("police-request");
    await page.getByLabel("The paper: number and date").fill("№ 12/345 of 30.11.2026");
    await page.getByRole("button", { name: "Ask for the export" }).click();
    await page.getByText("Ready", { exact: true }).first().waitFor();
    const saving = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download" }).click();
    const bundle = await readFile(await (await saving).path());
    const fingerprint =
      (await page.getByText("Fingerprint of the town’s key:").locator("code").textContent()) ?? "";

    const names = (await readContainer(bytesOf(bundle))) ?? [];
    const films = names.filter(({ name }) => name.endsWith(".mp4"));
    expect(films.map(({ name }) => name)).toEqual(["redacted/1-maidanchyk-1.mp4"]);
    const [film] = films;
    expect(coverOf(bundle.subarray(film?.at, (film?.at ?? 0) + (film?.size ?? 0)))).toEqual({
      seen: true,
      beside: false,
    });
    await verified(bundle, fingerprint);
    expect(wrong.filter((line) => !/ERR_FAILED|Failed to load|-map/.test(line))).toEqual([]);
  });

  test("a session that ends takes nothing from the form of an export, nor does a page loaded anew; and two clicks send once", async () => {
    const { page } = await signIn("halyna", `/evidence/new?event=${town.occurrence}`);
    const purpose = page.getByRole("dialog");
    await purpose.getByLabel("Purpose").fill("a fire");
    await purpose.getByRole("button", { name: "Begin" }).click();
    await opened(page);
    const [paper, asking] = [
      page.getByLabel("The paper: number and date"),
      page.getByRole("button", { name: "Ask for the export" }),
    ];
    await paper.fill('№ 7 "<b>пожежа</b>" \u202Eabc');
    const before = (await exportsOf(page)).length;
    await page.request.delete(`${town.url}/v1/session`, { headers: { origin: town.url } });
    await asking.click();
    const again = page.getByRole("dialog").filter({ hasText: "Your session has ended." });
    await again.getByLabel("Login").fill("halyna");
    await again.getByLabel("Password").fill(PASSWORD);
    await again.getByRole("button", { name: "Sign in" }).click();
    await again.waitFor({ state: "hidden" });
    await page.reload();
    await page.getByRole("button", { name: "Region 1" }).waitFor();
    expect(await paper.inputValue()).toBe('№ 7 "<b>пожежа</b>" \u202Eabc');
    await asking.dblclick();
    await page.getByRole("heading", { name: "Export recordings" }).waitFor({ state: "hidden" });
    await poll(async () => (await exportsOf(page)).length).toBe(before + 1);
    await page.getByText("Ready", { exact: true }).first().waitFor();
    expect((await exportsOf(page)).length).toBe(before + 1);
    // What was sent is no draft any more.
    await page.goto(`${town.url}/evidence/new?event=${town.occurrence}`);
    await page.getByText("Nothing is opened: all is covered.").waitFor();
    expect(await paper.inputValue()).toBe("");
  });

  test("with a release by two whoever asked cannot release it: somebody else does, and the privacy officer reads who both were", async () => {
    await town.releaseByTwo(true);
    onTestFinished(() => town.releaseByTwo(false));
    const asking = await signIn("halyna", `/evidence/new?event=${town.occurrence}`);
    const purpose = asking.page.getByRole("dialog");
    await purpose.getByLabel("Purpose").fill("a broken window");
    await purpose.getByRole("button", { name: "Begin" }).click();
    await opened(asking.page);
    await asking.page.getByLabel("The paper: number and date").fill("№ 8 of 30.11.2026");
    await asking.page.getByRole("button", { name: "Ask for the export" }).click();
    await asking.page.getByText("You asked for this yourself, so somebody else must release it.").waitFor();
    expect(await asking.page.getByRole("button", { name: "Release" }).count()).toBe(0);
    const { id } = (await exportsOf(asking.page)).find(({ state }) => state === "waiting") ?? {};
    const approve = (page: Page) =>
      page.request.post(`${town.url}/v1/evidence/${id}/approve`, { headers: { origin: town.url } });
    expect((await approve(asking.page)).status()).toBe(409);
    const officer = await signIn("oksana", "/privacy/exports");
    await officer.page.getByText("Waits for a second person", { exact: true }).waitFor();
    await officer.page.getByText("Somebody else with the right to export decides.").waitFor();
    expect((await approve(officer.page)).status()).toBe(403);

    const releasing = await signIn("petro", `/evidence/one/${id}`);
    await releasing.page.getByRole("button", { name: "Release" }).click();
    await asking.page.getByText("Ready", { exact: true }).first().waitFor();
    await officer.page.reload();
    await officer.page.getByText(/Asked by halyna · decided by petro/).waitFor();
  });

  const exportsOf = async (page: Page): Promise<readonly { readonly id: string; readonly state: string }[]> =>
    (await (await page.request.get(`${town.url}/v1/evidence`)).json()).evidence;

  /** It really plays: its time goes on, and pictures come. */
  async function watched(sheet: Locator) {
    const video = sheet.locator("video");
    await video.waitFor();
    await sheet.getByRole("button", { name: "Play (space)" }).click();
    await poll(() => video.evaluate(({ currentTime }: HTMLVideoElement) => currentTime)).toBeGreaterThan(0.5);
    expect(await video.evaluate(({ videoWidth }: HTMLVideoElement) => videoWidth)).toBe(SIZE.width_px);
  }

  /** What led to it and what came of it: the recording goes on where it stood, and says where there is no more. */
  async function aroundIt(sheet: Locator) {
    const video = sheet.locator("video");
    const length_s = () => video.evaluate(({ duration }: HTMLVideoElement) => Math.round(duration));
    const clock = sheet.locator(".player-time");
    expect(await length_s()).toBe(10);
    await sheet.getByRole("button", { name: "Pause (space)" }).click();
    const stood = await clock.textContent();
    await sheet.getByRole("button", { name: "+30 s before" }).click();
    await poll(length_s).toBe(40);
    await poll(() => video.evaluate(({ currentTime }: HTMLVideoElement) => currentTime)).toBeGreaterThan(30);
    // The clock is drawn a moment after the film has come to where it stood.
    await poll(() => clock.textContent()).toBe(stood);
    await sheet.page().keyboard.press("]");
    await poll(length_s).toBe(70);
    await sheet.page().keyboard.press("Home");
    await poll(() => clock.textContent()).toBe("22:39:30");
    expect(await sheet.getByText(/nothing is recorded/).count()).toBe(0);
    await sheet.page().keyboard.press("[");
    await sheet.getByText("Before 22:39:30 nothing is recorded.").waitFor();
    await poll(length_s).toBe(70);
  }

  /** Whoever it is about stays open, by keys alone, and all else is covered. */
  async function opened(page: Page) {
    await page.getByRole("heading", { name: "Export recordings" }).waitFor();
    await page.getByRole("button", { name: "Open a region" }).press("Enter");
    await page.getByRole("button", { name: "Region 1" }).focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowLeft");
    await page.getByRole("button", { name: "As it will leave" }).press("Enter");
  }

  /** Whether the previewed picture has colours where somebody was seen, and where nobody was. */
  const coloursOf = async (page: Page) => {
    const pixels = await page
      .getByRole("img", { name: "As it will leave" })
      .evaluate((drawn: HTMLCanvasElement) => {
        const data = drawn.getContext("2d")?.getImageData(0, 0, drawn.width, drawn.height).data ?? [];
        return Array.from(data).filter((_, at) => at % 4 !== 3);
      });
    return coloured(pixels);
  };

  /** The same of the first picture of the film that left, decoded by ffmpeg. */
  function coverOf(mp4: Uint8Array) {
    const decode = ["-i", "pipe:0", "-frames:v", "1", "-pix_fmt", "rgb24", "-f", "rawvideo", "pipe:1"];
    return coloured(
      execFileSync("ffmpeg", ["-nostdin", "-v", "error", ...decode], { input: mp4, maxBuffer: 10_000_000 }),
    );
  }

  function coloured(rgb: ArrayLike<number>) {
    const [left, top, right, bottom] = SEEN_BOX;
    let [seen, beside] = [false, false];
    for (let at = 0; at < rgb.length; at += 3) {
      const [red = 0, green = 0, blue = 0] = [rgb[at], rgb[at + 1], rgb[at + 2]];
      if (Math.max(red, green, blue) - Math.min(red, green, blue) < COLOUR_MIN) continue;
      const [x, y] = [((at / 3) % SIZE.width_px) / SIZE.width_px, at / 3 / SIZE.width_px / SIZE.height_px];
      const inside = x > left - SMEAR && x < right + SMEAR && y > top - SMEAR && y < bottom + SMEAR;
      if (inside) seen = true;
      else beside = true;
    }
    return { seen, beside };
  }

  /** By the command line and by the page that is one file; with one byte changed both say no. */
  async function verified(bundle: Buffer, fingerprint: string) {
    const folder = await testFolder();
    const [whole, changed, page] = ["whole.zip", "changed.zip", "verify.html"].map((name) =>
      join(folder, name),
    ) as [string, string, string];
    await writeFile(whole, bundle);
    await writeFile(
      changed,
      bundle.map((byte, at) => (at === bundle.length >> 1 ? byte ^ 1 : byte)),
    );
    const cli = (...args: string[]) => {
      const { status, stdout } = spawnSync(process.execPath, [MAIN, "evidence", ...args], {
        encoding: "utf8",
      });
      return { status, stdout };
    };
    expect(cli("verify", whole, "--fingerprint", fingerprint)).toEqual({
      status: 0,
      stdout: expect.stringContaining("signed by the town's key"),
    });
    expect(cli("verify", changed, "--fingerprint", fingerprint)).toEqual({
      status: 1,
      stdout: expect.stringContaining("NOT as it was signed"),
    });
    cli("page", "--out", page);
    const offline = await browser.newContext({ locale: "en-GB", offline: true });
    onTestFinished(() => offline.close());
    const verifier = await offline.newPage();
    await verifier.goto(pathToFileURL(page).href);
    await verifier.locator("#fingerprint").fill(fingerprint);
    for (const [file, outcome] of [
      [whole, "good"],
      [changed, "bad"],
    ] as const) {
      await verifier.locator("#bundle").setInputFiles(file);
      await poll(() => verifier.getByRole("status").getAttribute("data-outcome")).toBe(outcome);
    }
  }
});
