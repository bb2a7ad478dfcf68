import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { buildPage, hasChromium, launchBrowser, openPage } from "../testing/browser.ts";
import { OWN_PASSWORD, type OwnTown, startOwnTown } from "../testing/own-town.ts";

if (!hasChromium) process.stderr.write("set-up.test.ts: skipped, there is no /usr/bin/chromium\n");

const CANARY = "k4n4r31k4";

describe.skipIf(!hasChromium)(
  "a new town is set up in Chromium, on the real town",
  { timeout: 240_000 },
  () => {
    let browser: Browser;
    let town: OwnTown;
    let removePage = async () => {};

    beforeAll(async () => {
      const built = await buildPage();
      removePage = built.remove;
      [browser, town] = await Promise.all([launchBrowser(), startOwnTown(built.dist)]);
    }, 240_000);
    afterAll(async () => {
      await browser?.close();
      await Promise.all([town?.close(), removePage()]);
    });

    /** Somebody in a browser of their own. */
    async function openAs(login: string, path: string) {
      const watched = await openPage(browser, town.url + path, { map: false });
      onTestFinished(() => watched.close());
      const { page } = watched;
      page.setDefaultTimeout(30_000);
      await page.getByRole("button", { name: "Sign in" }).click();
      const form = page.getByRole("dialog");
      await form.getByLabel("Login").fill(login);
      await form.getByLabel("Password").fill(OWN_PASSWORD);
      await form.getByRole("button", { name: "Sign in" }).click();
      await form.waitFor({ state: "hidden" });
      return watched;
    }
    const save = (page: Page) => page.getByRole("button", { name: "Save" }).click();
    const keptOf = async (section: string) =>
      (await (await town.ask("GET", `/v1/settings/sections/${section}`)).json()).value;

    test("the town is named; what is wrong stands beside its field; a restart is asked for where one is needed", async () => {
      const { page, wrong } = await openAs("olena", "/admin/settings");
      await page.getByRole("link", { name: "The town", exact: true }).click();
      await page.getByLabel("Name of the town").fill("Верба");
      await page.getByLabel("Time zone").fill("Mars/Olympus");
      await save(page);
      await page.getByText('There is no time zone "Mars/Olympus"').waitFor();
      await page.getByLabel("Time zone").fill("Europe/Kyiv");
      await page.getByRole("button", { name: "Add: District" }).click();
      await page.getByLabel("Short name").fill("north");
      await page.getByLabel("Name", { exact: true }).fill("Північний");
      await save(page);
      await page.getByText("1 section was changed and is not in use yet: restart Yardline.").waitFor();
      expect(await keptOf("town")).toEqual({
        ...{ name: "Верба", tenant: "town", timezone: "Europe/Kyiv" },
        districts: [{ id: "north", name: "Північний" }],
      });
      expect(wrong.filter((line) => !/status of (?:400|401)/.test(line))).toEqual([]);
    });

    test("a receiver is notified within seconds; its secret and the key in its address are shown to nobody", async () => {
      const { page } = await openAs("olena", "/admin/settings/webhooks");
      await page.getByRole("button", { name: "Add: Receiver" }).click();
      await page.getByLabel("Short name").fill("police");
      await page.getByLabel("The receiver's address").fill(`https://203.0.113.7/hook/${CANARY}`);
      await page.getByLabel("Shared secret").fill(`whsec_${Buffer.alloc(32, CANARY).toString("base64")}`);
      await save(page);
      await page.getByRole("link", { name: "Notifying other systems" }).click();
      await page.getByText("(kept; type only a new one)").waitFor();
      expect(await page.getByLabel("The receiver's address").inputValue()).toBe("https://203.0.113.7/…");
      expect(await page.getByLabel(/^Shared secret/).inputValue()).toBe("");
      expect(await page.content()).not.toContain(CANARY);
      const running = async () => (await (await town.ask("GET", "/healthz")).json()).parts;
      await expect
        .poll(running, { timeout: 30_000 })
        .toContainEqual({ name: "webhook police", running: true, required: false });
      // An address of this machine is told beside the field, and the secret is not carried to another server.
      await page.getByLabel("The receiver's address").fill("https://203.0.113.8/");
      await save(page);
      await page.getByText("Type it again: the address is another one now.").waitFor();
    });

    test("two administrators change one section: the second sees both versions, and nothing typed is lost", async () => {
      const [one, two] = [
        await openAs("olena", "/admin/settings/evidence"),
        await openAs("ivan", "/admin/settings/evidence"),
      ];
      await one.page.getByLabel("Hours that a bundle lies ready").fill("24");
      await two.page.getByLabel("Somebody else releases an export").check();
      await two.page.getByLabel("Hours that a bundle lies ready").fill("48");
      // What is typed outlives the page, too.
      await two.page.reload();
      expect(await two.page.getByLabel("Hours that a bundle lies ready").inputValue()).toBe("48");
      await save(one.page);
      await one.page.getByRole("link", { name: "Giving out evidence" }).waitFor();
      await save(two.page);
      const told = two.page.getByRole("alert");
      await told.getByText("Changed meanwhile by: olena").waitFor();
      expect(await told.getByRole("row").allInnerTexts()).toEqual([
        "Field\tYours\tSaved now",
        "Somebody else releases an export\t✓\t–",
        "Hours that a bundle lies ready\t48\t24",
      ]);
      await told.getByRole("button", { name: "Write mine over them" }).click();
      await two.page.getByRole("link", { name: "Giving out evidence" }).waitFor();
      expect(await keptOf("evidence")).toEqual({ two_person: true, keep_h: 48 });
    });
  },
);
