import { servedApp } from "@yardline/api/testing/app";
import { memoryIndex } from "@yardline/api/testing/fakes";
import { testIdentity } from "@yardline/api/testing/people";
import { CAMERA, presence } from "@yardline/api/testing/scenes";
import { PASSWORD } from "@yardline/identity/testing";
import { codeOf } from "@yardline/identity/totp";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { buildPage, hasChromium, launchBrowser, openPage } from "../testing/browser.ts";

if (!hasChromium) process.stderr.write("account.test.ts: skipped, there is no /usr/bin/chromium\n");

describe.skipIf(!hasChromium)("accounts in Chromium, on the real doors", { timeout: 60_000 }, () => {
  let browser: Browser;
  let dist = "";
  let removePage = async () => {};

  beforeAll(async () => {
    const built = await buildPage();
    removePage = built.remove;
    dist = built.dist;
    browser = await launchBrowser();
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await removePage();
  });

  async function open(path: string, { asFirst = false } = {}) {
    const { identity } = await testIdentity({ empty: asFirst });
    const index = memoryIndex();
    await index.put([presence()]);
    const { url } = await servedApp({
      index,
      identity,
      pageDir: dist,
      cameras: { listCameras: () => [CAMERA] },
      clock: { now_ms: () => Date.now(), monotonic_ms: () => performance.now() },
    });
    const shown = path.replace("TOKEN", identity.setUp.token);
    const watched = await openPage(browser, url + shown, { map: false });
    onTestFinished(() => watched.close());
    return { ...watched, identity };
  }
  const tabs = (page: Page) =>
    page.getByRole("navigation", { name: "Lists" }).getByRole("link").allTextContents();
  const poll = <Value>(ask: () => Value) => expect.poll(ask, { timeout: 20_000 });
  async function signIn(page: Page, login: string, password = PASSWORD) {
    await page.getByLabel("Login").fill(login);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("dialog").getByRole("button", { name: "Sign in" }).click();
  }

  /** Whoever may look back is asked what for, before the first picture. */
  async function sayWhatFor(page: Page) {
    await page.getByRole("dialog").getByLabel("Purpose: a shift, a case, a request").fill("public order");
    await page.keyboard.press("Enter");
    await page.getByText("Pictures are looked at for: public order").waitFor();
  }

  test("a resident sees stops, and nothing asks for what is not theirs", async () => {
    const { page, wrong } = await open("/");
    await page.getByRole("button", { name: "Sign in" }).waitFor();
    await poll(() => tabs(page)).toEqual(["Stops"]);
    expect(wrong.filter((line) => line.includes("status of 40"))).toEqual([]);
  });

  test("a wrong password is said in words, the right one opens what is theirs, signing out closes it", async () => {
    const { page } = await open("/");
    await page.getByRole("button", { name: "Sign in" }).click();
    await signIn(page, "dispatcher", "nothing of the kind");
    await page.getByRole("alert").filter({ hasText: "The login or the password is wrong." }).waitFor();
    await signIn(page, "dispatcher");
    await poll(() => tabs(page)).toEqual(["Events", "Incidents", "Stops", "Cameras"]);
    await sayWhatFor(page);
    await page.getByRole("button", { name: "Sign out" }).click();
    await poll(() => tabs(page)).toEqual(["Stops"]);
    // The next one at this page looks under their own words.
    await page.getByRole("button", { name: "Sign in" }).click();
    await signIn(page, "yard-only");
    const asked = page.getByRole("dialog").getByLabel("Purpose: a shift, a case, a request");
    await asked.waitFor();
    expect(await asked.inputValue()).toBe("");
  });

  test("the link that the town printed makes the first account, and is out of the address bar afterwards", async () => {
    const { page, identity } = await open("/#set-up=TOKEN", { asFirst: true });
    await page.getByLabel("Your name").fill("Олена");
    await page.getByLabel("Login").fill("olena");
    await page.getByLabel("Password").fill("short");
    await page.getByRole("button", { name: "Make the account" }).click();
    await page.getByRole("alert").filter({ hasText: "at least 12 characters" }).waitFor();
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Make the account" }).click();
    await poll(() => tabs(page)).toEqual(["Stops", "Cameras"]);
    expect(new URL(page.url()).hash).toBe("");
    expect(await identity.accounts.find("olena")).toMatchObject({ name: "Олена" });
  });

  test("a session that ends in mid-work takes nothing away: the page waits for its owner", async () => {
    const { page, identity } = await open("/");
    await page.getByRole("button", { name: "Sign in" }).click();
    await signIn(page, "dispatcher");
    await sayWhatFor(page);
    await page.getByRole("link", { name: "Stops" }).click();
    await page.getByRole("searchbox").fill("Рин");
    await identity.accounts.change("dispatcher", { password: `${PASSWORD} staple` });
    await page.getByText("Your session has ended.").waitFor({ timeout: 30_000 });
    await page.keyboard.press("Escape");
    await signIn(page, "dispatcher", `${PASSWORD} staple`);
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    expect(await page.getByRole("searchbox").inputValue()).toBe("Рин");
  });

  test("a second factor is set up with its QR code, and the code for a lost phone opens the account", async () => {
    const { page, wrong } = await open("/");
    await page.getByRole("button", { name: "Sign in" }).click();
    await signIn(page, "planner");
    await page.getByRole("button", { name: "Your account: planner" }).click();
    const part = page.locator("form", { hasText: "Second factor" });
    await part.getByLabel("Present password").fill(PASSWORD);
    await part.getByRole("button", { name: "Set it up" }).click();
    await page.getByRole("img", { name: "QR code for the app" }).waitFor();
    const secret = ((await page.locator(".totp-secret").textContent()) ?? "").replaceAll(" ", "");
    await part.getByLabel("Code from the app").fill(codeOf(fromBase32(secret), Date.now()));
    await part.getByRole("button", { name: "Confirm" }).click();
    const lost = (await page.locator(".recovery-codes li").first().textContent()) ?? "";
    await page.getByRole("button", { name: "I have kept them" }).click();
    await page.getByText("here", { exact: true }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("button", { name: "Sign in" }).click();
    await signIn(page, "planner");
    await page.getByLabel("Code from the app").fill(lost);
    await page.getByRole("dialog").getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("button", { name: "Your account: planner" }).waitFor();
    expect(wrong.filter((line) => line.includes("Content Security Policy"))).toEqual([]);
  });

  test("whoever was not let in by the town's provider reads why", async () => {
    const { page } = await open("/#sign-in-failed=no-grant");
    await page.getByRole("alert").filter({ hasText: "none of your groups gives rights here" }).waitFor();
    await page.keyboard.press("Escape");
    await poll(() => new URL(page.url()).hash).toBe("");
  });
});

function fromBase32(text: string): Buffer {
  const bits = [...text].map((letter) =>
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"),
  );
  const bytes = bits.join("").match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}
