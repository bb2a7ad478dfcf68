import { createHmac } from "node:crypto";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { eventually } from "@yardline/testkit/eventually";
import { handClock } from "@yardline/testkit/hand-clock";
import { SMTPServer } from "smtp-server";
import { expect, onTestFinished, test } from "vitest";
import { checkpointFolder } from "./checkpoint-folder.ts";
import { checkpointMail } from "./checkpoint-mail.ts";
import { type CheckpointPlace, sendCheckpoints } from "./checkpoint-place.ts";
import { checkpointPrinter } from "./checkpoint-printer.ts";
import { checkpointWebhook } from "./checkpoint-webhook.ts";
import { guardedPost } from "./post.ts";

const NOTE =
  "yardline-audit/town\n42\nq6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=\nat 2026-11-22T12:00:00.000Z\n\n— town AAAA\n";
const NOON_MS = Date.parse("2026-11-22T12:00:00Z");
const clock = handClock(NOON_MS);
const signal = new AbortController().signal;

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "yardline-checkpoint-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

test("a real mail server gets the note as it is, and only encrypted where it is not on this machine", async () => {
  const mails: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData: async (stream, _session, done) => {
      mails.push(await text(stream));
      done();
    },
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => new Promise<void>((done) => server.close(() => done())));
  const { port } = server.server.address() as AddressInfo;
  const mail = {
    server: { host: "127.0.0.1", port, tls: false },
    from: "box@town.example",
    to: ["dpo@town.example"],
    every_ms: 1,
  };
  await checkpointMail(mail, "Town").send(NOTE, signal);
  const body = decoded(mails[0] ?? "");
  expect(body).toContain(NOTE.trim());
  expect(body).toContain("Збережіть цей лист");
  expect(mails[0]).toMatch(/To: dpo@town\.example/);
  const remote = { ...mail, server: { ...mail.server, host: "0.0.0.0" } };
  await expect(checkpointMail(remote, "Town").send(NOTE, signal)).rejects.toThrow();
});

/** The text of a mail, whichever of the two encodings it came in. */
function decoded(mail: string): string {
  const [head = "", ...rest] = mail.replaceAll("\r\n", "\n").split("\n\n");
  const body = rest.join("\n\n");
  if (/encoding: base64/i.test(head)) return Buffer.from(body, "base64").toString();
  const bytes = body
    .replaceAll("=\n", "")
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return /quoted-printable/i.test(head) ? Buffer.from(bytes, "latin1").toString() : body;
}

test("a webhook gets it as text, signed; an answer of trouble is a failure", async () => {
  const secret = Buffer.alloc(32, 7);
  const got: { text: string; isSigned: boolean }[] = [];
  const answers = [204, 503];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const { "webhook-id": id, "webhook-timestamp": at } = request.headers;
    const expected = createHmac("sha256", secret).update(`${id}.${at}.${body}`).digest("base64");
    got.push({ text: body, isSigned: request.headers["webhook-signature"] === `v1,${expected}` });
    response.writeHead(answers.shift() ?? 500).end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const place = checkpointWebhook({ url, secret, every_ms: 1 }, { clock, post: guardedPost });
  await place.send(NOTE, signal);
  expect(got).toEqual([{ text: NOTE, isSigned: true }]);
  await expect(place.send(NOTE, signal)).rejects.toMatchObject({
    code: "CHECKPOINT_REFUSED",
    message: "The webhook answered 503.",
  });
});

test("a folder has one file a month; a disk that is not mounted is no folder", async () => {
  const folder = await newFolder();
  const place = checkpointFolder({ folder, every_ms: 1 }, { clock });
  await place.send(NOTE, signal);
  await place.send(NOTE, signal);
  expect(await readFile(join(folder, "audit-checkpoints-2026-11.txt"), "utf8")).toBe(`${NOTE}\n${NOTE}\n`);
  const gone = checkpointFolder({ folder: join(folder, "usb"), every_ms: 1 }, { clock });
  await expect(gone.send(NOTE, signal)).rejects.toThrow(/ENOENT/);
});

test("a printer gets it on the standard input of lp", async () => {
  const folder = await newFolder();
  const lp = join(folder, "lp");
  await mkdir(join(folder, "out"));
  await writeFile(lp, `#!/bin/sh\n[ "$2" = office ] || exit 3\ncat > ${join(folder, "out/page")}\n`);
  await chmod(lp, 0o755);
  await checkpointPrinter({ printer: "office", every_ms: 1 }, { lp }).send(NOTE, signal);
  expect(await readFile(join(folder, "out/page"), "utf8")).toBe(NOTE);
  await expect(
    checkpointPrinter({ printer: "other", every_ms: 1 }, { lp }).send(NOTE, signal),
  ).rejects.toMatchObject({ code: "CHECKPOINT_REFUSED" });
});

test("each place gets one as often as it wants, one that failed at the next look, and no place waits for another", async () => {
  const time = handClock();
  const told: string[] = [];
  const stop = new AbortController();
  let isDown = true;
  const place = (name: string, every_ms: number): CheckpointPlace => ({
    ...{ name, every_ms },
    send: async () => {
      if (name === "mail" && isDown) throw new Error("no answer");
    },
  });
  const running = sendCheckpoints({
    ...{
      places: [place("folder", 3_600_000), place("mail", 3_600_000)],
      sign: async () => NOTE,
      clock: time,
      look_ms: 5,
    },
    signal: stop.signal,
    sent: (name) => void told.push(`${name} sent`),
    failed: (name, why) => void told.push(`${name}: ${why}`),
  });
  await eventually(() =>
    expect(told.slice(0, 3).toSorted()).toEqual(["folder sent", "mail: no answer", "mail: no answer"]),
  );
  isDown = false;
  await eventually(() => expect(told).toContain("mail sent"));
  const sentSoFar = told.length;
  time.advance(3_600_001);
  await eventually(() => expect(told.slice(sentSoFar).toSorted()).toEqual(["folder sent", "mail sent"]));
  stop.abort();
  await running;
});
