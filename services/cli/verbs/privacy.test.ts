import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { run } from "../testing.ts";

const TOWN = `town: { name: Вишневе, tenant: vyshneve }
privacy: { contact: rada@example.org, site: "https://town.example" }
cameras:
  - id: yard
    name: Двір школи
    url_file: yard.url
    purpose: protection-of-property
    legal_basis: public-task
    controller: Сільська рада
    mask: { form: none-needed, reason: Only the school's own yard is in view. }
    sign: { posted_on: 2026-11-30, place: At both gates }
`;

async function written(
  ...args: string[]
): Promise<{ code: number; file(name: string): Promise<Buffer>; err: string }> {
  const folder = await mkdtemp(join(tmpdir(), "yardline-privacy-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const config = join(folder, "town.yaml");
  await writeFile(config, TOWN);
  const whole = args.map((each) => each.replace("@", `${folder}/`));
  const { code, err } = await run("privacy", ...whole, "--config", config);
  return { code, file: (name) => readFile(join(folder, name)), err };
}

test("the sign of a camera, before it has ever run", async () => {
  const { code, file } = await written("sign", "--camera", "yard", "--output", "@yard.pdf");
  expect([code, (await file("yard.pdf")).subarray(0, 5).toString()]).toEqual([0, "%PDF-"]);
});

test("the impact assessment and the register, in the form that the file's name asks for", async () => {
  const impact = await written("impact", "--output", "@impact.md", "--language", "ru");
  expect((await impact.file("impact.md")).toString()).toContain(
    "# Оценка воздействия на защиту данных: Вишневе",
  );
  const register = await written("register", "--output", "@register.csv");
  expect((await register.file("register.csv")).toString()).toContain('"Двір школи (yard)"');
  const sheet = await written("register", "--output", "@register.pdf");
  expect((await sheet.file("register.pdf")).subarray(0, 5).toString()).toBe("%PDF-");
});

test.for([
  [["sign", "--output", "@yard.pdf"], /--camera/],
  [["sign", "--camera", "gate", "--output", "@yard.pdf"], /"gate"/],
  [["sign", "--camera", "yard", "--output", "@yard.txt"], /is a \.pdf/],
  [["impact", "--output", "@x.csv"], /neither/],
  [["impact", "--output", "@x.md", "--language", "de"], /uk, ru, en/],
  [["nothing", "--output", "@x.md"], /there is sign, impact and register/],
] as const)("%j is refused", async ([args, says]) => {
  const { code, err } = await written(...args);
  expect([code, says.test(err)]).toEqual([2, true]);
});
