import { LANGUAGES } from "@yardline/events/event-type";
import { expect, test } from "vitest";
import { sharedApp } from "../testing/app.ts";
import { CAMERA, NOON_MS } from "../testing/scenes.ts";

const EVIL = '<script>alert("x")</script>';
const cameras = [
  { ...CAMERA, sign: "stale" as const, sign_version: "0A1B2C", reason: "rtsp://admin:secret@10.0.0.7" },
  {
    ...CAMERA,
    id: "gate",
    name: EVIL,
    controller: EVIL,
    state: "paused" as const,
    paused_until_ms: NOON_MS + 3_600_000,
  },
];
const app = sharedApp(() => ({
  cameras: { listCameras: () => cameras },
  town: {
    ...{ name: "Вишневе", tenant: "demo", simulated: false },
    privacy: { contact: "rada@example.org", officer: "Olena", site: "https://town.example" },
  },
}));

test("everybody may read why cameras film, by what right, and whom to write to; never an address or why one is lost", async () => {
  const answer = await app().inject("/v1/public/cameras");
  expect(answer.json()).toMatchObject({
    ...{ contact: "rada@example.org", officer: "Olena" },
    cameras: [
      { id: "yard", purpose: "protection-of-property", retention_h: 72, films: true, sign: "stale" },
      { id: "gate", films: false, paused_until: "2026-11-22T13:00:00.000Z" },
    ],
  });
  expect(answer.body).not.toMatch(/secret|10\.0\.0\.7|rtsp/);
});

test("the register is a page without scripts in three languages, and warns of a sign that is out of date", async () => {
  for (const language of LANGUAGES) {
    const { body, headers } = await app().inject(`/public/cameras?language=${language}`);
    expect(headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(headers["content-security-policy"]).toMatch(/^default-src 'none'; style-src 'sha256-[^']+';/);
    expect(body).toContain(`<html lang="${language}">`);
    expect(body).toContain("rada@example.org");
    expect(body).not.toMatch(/<script|secret|anonym|анонім|аноним/i);
    expect(body.match(/class="warn"/g)).toHaveLength(1);
  }
  expect((await app().inject("/public/cameras")).body).toContain("Реєстр камер: Вишневе");
  expect((await app().inject("/public/cameras?language=de")).statusCode).toBe(400);
});

test("the sign of a camera comes as a sheet, in the language that is asked for", async () => {
  const answer = await app().inject("/v1/public/cameras/yard/sign?language=ru");
  expect([answer.statusCode, answer.headers["content-type"]]).toEqual([200, "application/pdf"]);
  expect(answer.headers["content-disposition"]).toBe('inline; filename="sign-yard-ru.pdf"');
  expect(answer.rawPayload.subarray(0, 5).toString()).toBe("%PDF-");
  expect((await app().inject("/v1/public/cameras/none/sign")).statusCode).toBe(404);
});
