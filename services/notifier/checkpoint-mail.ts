import { createTransport } from "nodemailer";
import type { CheckpointPlace } from "./checkpoint-place.ts";

/** How a mail leaves: by a server that takes mail of this town. */
export type MailServer = {
  readonly host: string;
  readonly port: number;
  /** From the first byte, as on port 465; else STARTTLS, which must be there but on this machine itself. */
  readonly tls: boolean;
  readonly user?: string;
  readonly password?: string;
};

export type Mail = {
  readonly server: MailServer;
  readonly from: string;
  readonly to: readonly string[];
  readonly every_ms: number;
};

const LOOPBACK: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "::1"]);
const WAIT_MS_MAX = 20_000;

/** A mail to people who keep it. It holds nothing of what is in the log. */
export function checkpointMail({ server, from, to, every_ms }: Mail, town: string): CheckpointPlace {
  const { host, port, tls, user, password } = server;
  const transport = createTransport({
    ...{ host, port, secure: tls, requireTLS: !tls && !LOOPBACK.has(host) },
    ...{ connectionTimeout: WAIT_MS_MAX, greetingTimeout: WAIT_MS_MAX, socketTimeout: WAIT_MS_MAX },
    ...(user !== undefined && password !== undefined && { auth: { user, pass: password } }),
    // A mail is made of what is given here and of nothing that stands on a disk or elsewhere.
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  return {
    name: "mail",
    every_ms,
    async send(note) {
      await transport.sendMail({ from, to: [...to], subject: subjectOf(town), text: `${WORDS}\n\n${note}` });
    },
  };
}

function subjectOf(town: string): string {
  return `Yardline ${town}: audit checkpoint · контрольна точка журналу · контрольная точка журнала`;
}

const WORDS = [
  "Збережіть цей лист: за ним можна довести, що журнал переглядів не змінено (./yardline audit verify --checkpoint).",
  "Сохраните это письмо: по нему можно доказать, что журнал просмотров не изменён (./yardline audit verify --checkpoint).",
  "Keep this mail: it proves that the log of who looked at what was not changed (./yardline audit verify --checkpoint).",
].join("\n");
