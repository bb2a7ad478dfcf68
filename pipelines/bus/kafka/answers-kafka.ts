import { parseKafkaAddress } from "./address.ts";
import { clientMaker } from "./client.ts";

const ANSWER_MS_MAX = 2_000;

/** Whether the brokers at an address answer within two seconds, with this login. */
export async function answersKafka(url: string): Promise<boolean> {
  const admin = clientMaker(parseKafkaAddress(url), "yardline-status", undefined)().admin({
    retry: { retries: 0 },
  });
  const answer = admin
    .connect()
    .then(() => admin.describeCluster())
    .then(() => true)
    .catch(() => false);
  const timeout = new Promise<false>((resolve) => {
    setTimeout(resolve, ANSWER_MS_MAX, false).unref();
  });
  const answers = await Promise.race([answer, timeout]);
  admin.disconnect().catch(() => undefined);
  return answers;
}
