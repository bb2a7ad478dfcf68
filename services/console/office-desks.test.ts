import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { servedApp } from "@yardline/api/testing/app";
import { testIdentity } from "@yardline/api/testing/people";
import { CAMERA, TENANT } from "@yardline/api/testing/scenes";
import { openAudit } from "@yardline/audit/audit";
import { originOf } from "@yardline/audit/checkpoint";
import { openFileStore } from "@yardline/audit/file-store";
import { verifierOf } from "@yardline/audit/signed-note";
import { deed } from "@yardline/audit/testing";
import { PASSWORD } from "@yardline/identity/testing";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { buildPage, hasChromium, launchBrowser, openPage } from "./testing/browser.ts";

if (!hasChromium) process.stderr.write("office-desks.test.ts: skipped, there is no /usr/bin/chromium\n");

describe.skipIf(!hasChromium)(
  "administrator and privacy officer in Chromium, on the real doors",
  { timeout: 90_000 },
  () => {
    let browser: Browser;
    let dist = "";
    let removePage = async () => {};

    beforeAll(async () => {
      const built = await buildPage();
      removePage = built.remove;
      dist = built.dist;
      browser = await launchBrowser();
    }, 120_000);
    afterAll(async () => {
      await browser?.close();
      await removePage();
    });

    /** A page on real doors with a real log on disk, somebody signed in. */
    async function openAs(login: string, path: string) {
      const folder = await mkdtemp(join(tmpdir(), "yardline-office-"));
      onTestFinished(() => rm(folder, { recursive: true }));
      const store = await openFileStore({ folder, file_bytes: 64 * 1024 });
      onTestFinished(() => store.close());
      const signer = { name: originOf(TENANT), key: generateKeyPairSync("ed25519").privateKey };
      const audit = openAudit(store, { now_ms: () => Date.now() }, verifierOf(signer));
      const { identity } = await testIdentity();
      const adopted: object[] = [];
      const { url } = await servedApp({
        identity,
        audit,
        pageDir: dist,
        cameras: { listCameras: () => [CAMERA] },
        health: {
          listParts: () => [{ name: "indexer", required: true, running: false, detail: "disk full" }],
        },
        trackers: {
          listUnknown: async () =>
            adopted.length > 0
              ? []
              : [
                  {
                    ...{ protocol: "egts", device_id: "8607190200" },
                    ...{ first_seen_at: "2026-11-22T10:00:00Z", last_seen_at: "2026-11-22T12:00:00Z" },
                  },
                ],
          adopt: async (device) => void adopted.push(device),
        },
        clock: { now_ms: () => Date.now(), monotonic_ms: () => performance.now() },
      });
      const watched = await openPage(browser, url + path, { map: false });
      onTestFinished(() => watched.close());
      await signIn(watched.page, login);
      return { ...watched, audit, adopted, identity };
    }
    async function signIn(page: Page, login: string) {
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByLabel("Login").fill(login);
      await page.getByLabel("Password").fill(PASSWORD);
      await page.getByRole("dialog").getByRole("button", { name: "Sign in" }).click();
      await page.getByRole("dialog").waitFor({ state: "hidden" });
    }
    const poll = <Value>(ask: () => Value) => expect.poll(ask, { timeout: 20_000 });

    test("a dispatcher has neither desk, and the page says so", async () => {
      const { page } = await openAs("planner", "/admin/people");
      await page.getByText("This page is not for your account").waitFor();
      expect(
        await page.getByRole("navigation", { name: "Desks" }).getByRole("link").allTextContents(),
      ).toEqual(["Situation", "Search", "Buses", "Planning"]);
    });

    test("the administrator sees what stands still and what to do, and gives a tracker to its bus", async () => {
      const { page, adopted, audit, wrong } = await openAs("administrator", "/admin/health");
      await page.getByText("1 part does not run that the town needs").waitFor();
      await page.getByText("Check whether the disk is full, and restart Yardline").waitFor();
      await page.getByRole("link", { name: "Trackers" }).click();
      await page.getByRole("button", { name: "Adopt" }).click();
      await page.getByRole("dialog").getByLabel("Bus").fill("AA 1042");
      await page.keyboard.press("Enter");
      await page.getByText("Tracker 8607190200 is on AA 1042 now.").waitFor();
      await page.getByText("No unknown trackers").waitFor();
      expect(adopted).toEqual([{ protocol: "egts", device_id: "8607190200", vehicle_id: "AA 1042" }]);
      const { entries } = await audit.search({ action: "configure" }, { limit: 5 });
      expect(entries).toMatchObject([
        { who: "administrator", object: { kind: "tracker", id: "8607190200" } },
      ]);
      expect(wrong.filter((line) => !line.includes("503"))).toEqual([]);
    });

    test("the privacy officer reads what was deleted by which rule, of one camera, and the chain proves it", async () => {
      const { page, audit } = await openAs("privacy-officer", "/privacy/register");
      const gone = (id: string, details: Record<string, string | number>) =>
        audit.write({
          ...{ tenant: TENANT, who: "(box)", from: "", action: "delete" },
          ...{ object: { kind: "camera", id }, details },
        });
      await gone(CAMERA.id, { rule: "camera-time", things: 7, before: "2026-11-19T12:00:00Z", holds: 1 });
      await gone("gate", { rule: "made-room", things: 2 });
      await page.getByRole("link", { name: "Deletion proofs" }).click();
      await page.getByText("Before its time", { exact: true }).waitFor();
      await page.getByText("1 hold kept what is its").waitFor();
      await page.getByLabel("Camera", { exact: true }).fill(CAMERA.id);
      await page.getByRole("button", { name: "Show", exact: true }).click();
      await poll(() => page.locator(".rows > li").count()).toBe(1);
      expect(new URL(page.url()).searchParams.get("object_id")).toBe(CAMERA.id);
      await page.getByText("7 pieces deleted").waitFor();
      await page.getByRole("button", { name: "Verify the whole log" }).click();
      await page.getByText(/entries are as they were written/).waitFor();
    });

    test("a person is added with a camera of their own, changed and locked; nobody locks out the last administrator", async () => {
      const { page, identity } = await openAs("administrator", "/admin/people");
      await page.getByRole("link", { name: "Add a person" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Login").fill("halyna");
      await dialog.getByLabel("Name").fill('Галина "Г" <b>');
      await dialog.getByLabel("Password").fill("a long enough password");
      await dialog.getByText(/^Only these cameras/).click();
      await dialog.getByLabel(CAMERA.name).check();
      await dialog.getByRole("button", { name: "Save" }).click();
      const row = page.locator(".rows > li").filter({ hasText: "halyna" });
      await row.getByText("Dispatcher").waitFor();
      expect(await identity.accounts.find("halyna")).toMatchObject({
        name: 'Галина "Г" <b>',
        grants: [{ tenant: TENANT, role: "dispatcher", cameras: [CAMERA.id] }],
      });
      await row.getByRole("link", { name: "Change" }).click();
      expect(new URL(page.url()).pathname).toBe("/admin/people/halyna");
      await dialog.getByRole("combobox").selectOption("planner");
      await dialog.getByRole("button", { name: "Save" }).click();
      await row.getByText("Planner").waitFor();
      await row.getByRole("button", { name: "Lock", exact: true }).click();
      await row.getByText("Locked").waitFor();
      const own = page.locator(".rows > li").filter({ hasText: "administrator" });
      await own.getByRole("button", { name: "Lock", exact: true }).click();
      await own.getByRole("alert").filter({ hasText: "Nobody would be left" }).waitFor();
    });

    test("the privacy officer finds who looked, by an address that can be sent on, and has the log proven", async () => {
      const { page, audit } = await openAs("privacy-officer", "/privacy/log");
      for (let n = 0; n < 120; n++)
        await audit.write(deed({ tenant: TENANT, who: n % 2 ? "ivan" : "olena" }));
      await page.getByLabel("Who (login)").fill("olena");
      await page.getByRole("button", { name: "Show", exact: true }).click();
      await poll(() => page.locator(".log > li").count()).toBe(60);
      expect(new URL(page.url()).search).toBe("?who=olena");
      await page.reload();
      await poll(() => page.locator(".log > li").count()).toBe(60);
      await page.getByRole("button", { name: "Verify the whole log" }).click();
      await page.getByText(/entries are as they were written/).waitFor();
      await page.getByText("No checkpoint was given").waitFor();
      await page.getByRole("button", { name: "Clear filters" }).click();
      await page.getByRole("button", { name: "Show older ones" }).click();
      await poll(() => page.locator(".log > li").count()).toBeGreaterThan(120);
      const { entries } = await audit.search({ action: "audit" }, { limit: 10 });
      expect(entries.every(({ who }) => who === "privacy-officer")).toBe(true);
    });
  },
);
