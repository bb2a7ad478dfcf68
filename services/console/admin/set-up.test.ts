import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { buildPage, hasChromium, launchBrowser, openPage } from "../testing/browser.ts";
import { type NetworkCamera, networkCameraMissing, startNetworkCamera } from "../testing/network-camera.ts";
import { OWN_PASSWORD, type OwnTown, startOwnTown } from "../testing/own-town.ts";

if (!hasChromium) process.stderr.write("set-up.test.ts: skipped, there is no /usr/bin/chromium\n");

const CANARY = "k4n4r31k4";

describe.skipIf(!hasChromium)(
  "a new town is set up in Chromium, on the real town",
  { timeout: 400_000 },
  () => {
    let browser: Browser;
    let town: OwnTown;
    let camera: NetworkCamera | undefined;
    let removePage = async () => {};

    beforeAll(async () => {
      const built = await buildPage();
      removePage = built.remove;
      [browser, town] = await Promise.all([launchBrowser(), startOwnTown(built.dist)]);
      if (networkCameraMissing === undefined) camera = await startNetworkCamera();
    }, 240_000);
    afterAll(async () => {
      await browser?.close();
      await town?.close();
      await Promise.all([camera?.close(), removePage()]);
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

    describe.skipIf(networkCameraMissing !== undefined)("with a real camera", () => {
      test("it is probed, drawn on by mouse and by keys, and in use; of two who edit it the second chooses, and nothing typed is lost", async () => {
        const { page, wrong } = await openAs("olena", "/admin/cameras?add");
        await page.getByLabel("Short name").fill("yard");
        await declared(page);
        await page.getByLabel("The camera's address with its password").fill(camera?.address ?? "");
        await page.getByRole("button", { name: "Probe the camera" }).click();
        const answer = page.getByRole("status").filter({ hasText: /\S/ }).first();
        await answer.waitFor({ timeout: 90_000 });
        expect(await answer.textContent()).toMatch(/^h264, 640×360, [\d.]+ pictures\/s/);
        const still = page.getByRole("img", { name: "Set-up still" });
        await still.waitFor();
        await expect
          .poll(() => still.evaluate(({ naturalWidth }: HTMLImageElement) => naturalWidth), {
            timeout: 30_000,
          })
          .toBe(640);
        await page.getByRole("button", { name: "Add: Mask" }).click();
        await pulled(page, "Point 1 of mask-1", [0.1, 0.2]);
        await page.getByRole("button", { name: "Add: Zone" }).click();
        await page.getByRole("button", { name: "Point 1 of zone-1" }).focus();
        await page.keyboard.press("Shift+ArrowLeft");
        await page.keyboard.press("Shift+ArrowUp");
        await page.getByRole("button", { name: "Save and use" }).click();
        await page.getByRole("link", { name: "Двір" }).waitFor();
        const kept = await cameraOf("yard");
        const [[corner = []] = []] = kept.mask.polygons;
        expect(corner[0]).toBeCloseTo(0.1, 2);
        expect(corner[1]).toBeCloseTo(0.2, 2);
        expect(kept.zones[0].polygon[0]).toEqual([0.3, 0.3]);
        expect(JSON.stringify(kept)).not.toContain(camera?.address);
        await expect
          .poll(async () => (await healthOf("camera yard"))?.running, { timeout: 90_000 })
          .toBe(true);
        await editedByTwo();
        expect(wrong.filter((line) => !/status of 401/.test(line))).toEqual([]);
      });

      test("the privacy officer reads what is held of it and why, and releases it; requests come with their days", async () => {
        const now_ms = Date.now();
        const at = (hours: number) => new Date(now_ms + hours * 3_600_000).toISOString();
        const made = await town.ask("POST", "/v1/holds", {
          ...{ camera: "yard", from: at(-1), to: at(0), until: at(24 * 20) },
          ...{ reason: "a broken window", legal_basis: "case 12" },
        });
        expect(made.status).toBeLessThan(300);
        const { page } = await openAs("oksana", "/privacy/holds");
        await page.getByText("a broken window").waitFor();
        await page.getByText("case 12").waitFor();
        await page.getByRole("button", { name: "Release" }).click();
        await page.getByRole("dialog").getByLabel("Why").fill("the case is closed");
        await page.getByRole("dialog").getByRole("button", { name: "Release" }).click();
        await page.getByText("Released", { exact: true }).waitFor();
        await requested(page, at(-25 * 24).slice(0, 10));
        await page.getByRole("link", { name: "Exports" }).click();
        await page.getByText("Nothing was exported").waitFor();
      });
    });

    const healthOf = async (name: string) => {
      const { parts } = await (await town.ask("GET", "/healthz")).json();
      return parts.find((part: { readonly name: string }) => part.name === name);
    };
    const cameraOf = async (id: string) =>
      (await (await town.ask("GET", `/v1/settings/cameras/${id}`)).json()).settings;

    async function declared(page: Page) {
      await page.getByLabel("Name", { exact: true }).first().fill("Двір");
      await page.getByLabel("Purpose").selectOption("protection-of-property");
      await page.getByLabel("Legal basis").selectOption("public-task");
      await page.getByLabel("Controller").fill("Рада Верби");
      await page.getByRole("combobox", { name: /^Mask/ }).selectOption("burnt-in");
      await page.getByLabel("When the sign was put up").fill("2026-11-20");
      await page.getByLabel("Where the sign hangs").fill("At the gate");
    }

    /** By the mouse, to a place in fractions of the picture. */
    async function pulled(page: Page, point: string, [x, y]: readonly [number, number]) {
      const handle = page.getByRole("button", { name: point });
      await handle.scrollIntoViewIfNeeded();
      const [from, ground] = [await handle.boundingBox(), await page.locator(".draw-ground").boundingBox()];
      if (!from || !ground) throw new Error("There is nothing to pull.");
      await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
      await page.mouse.down();
      await page.mouse.move(ground.x + ground.width / 2, ground.y + ground.height / 2, { steps: 3 });
      await page.mouse.move(ground.x + ground.width * x, ground.y + ground.height * y, { steps: 3 });
      await page.mouse.up();
    }

    async function editedByTwo() {
      const [one, two] = [
        await openAs("olena", "/admin/cameras/yard"),
        await openAs("ivan", "/admin/cameras/yard"),
      ];
      const name = (page: Page) => page.getByLabel("Name", { exact: true }).first();
      await name(one.page).fill("Двір школи");
      await name(two.page).fill("Двір і брама");
      await two.page.getByLabel("Controller").fill("Рада");
      await one.page.getByRole("button", { name: "Save and use" }).click();
      await one.page.getByRole("link", { name: "Двір школи" }).waitFor();
      await two.page.getByRole("button", { name: "Save and use" }).click();
      const told = two.page.getByRole("alert").filter({ hasText: "olena changed it meanwhile" });
      await told.getByText("Changed meanwhile: name").waitFor();
      expect(await name(two.page).inputValue()).toBe("Двір і брама");
      await told.getByRole("button", { name: "Write mine over them" }).click();
      await two.page.getByRole("link", { name: "Двір і брама" }).waitFor();
      expect(await cameraOf("yard")).toMatchObject({ name: "Двір і брама", controller: "Рада" });
    }

    /** What somebody asks who was filmed: recorded with its days, who asks is checked, and it is refused with a reason. */
    async function requested(page: Page, received: string) {
      await page.getByRole("link", { name: "People's requests" }).click();
      await page.getByRole("button", { name: "Record a request" }).click();
      const form = page.getByRole("dialog");
      await form.getByLabel("Received on").fill(received);
      await form.getByLabel("Name").fill("Марія");
      await form.getByLabel("Where to answer").fill("+380 44 000 00 00");
      await form.getByLabel("Where and when, in the person's own words").fill("By the gate, in the morning");
      await form.getByLabel("From").fill(received);
      await form.getByLabel("To", { exact: true }).fill(received);
      await form.getByRole("button", { name: "Save" }).click();
      await page.getByText(/Answer by .* \(\d+ days?\)/).waitFor();
      await page.getByText("Due soon", { exact: true }).waitFor();
      await page.getByRole("button", { name: "Identity checked" }).click();
      await page.getByRole("dialog").getByLabel("How it was checked who asks").fill("by her passport");
      await page.getByRole("dialog").getByRole("button", { name: "Identity checked" }).click();
      await page.getByRole("dialog").waitFor({ state: "hidden" });
      await page.getByRole("button", { name: "Refuse" }).click();
      await page.getByRole("dialog").getByLabel("Why").fill("she is in no recording");
      await page.getByRole("dialog").getByRole("button", { name: "Refuse" }).click();
      await page.getByText("Refused", { exact: true }).waitFor();
    }
  },
);
