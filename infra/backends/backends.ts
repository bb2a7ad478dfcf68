import { answersKafka } from "@yardline/bus/kafka/answers-kafka";
import { answersElasticsearch, startElasticsearch } from "../elasticsearch/start.ts";

import { startKafka } from "../kafka/start.ts";
import { answersPostgres, startPostgres } from "../postgres/start.ts";
import type { Backend } from "./backend.ts";

/** Every real server that can be started here. */
export const BACKENDS: readonly Backend[] = [
  { name: "kafka", port: 19_092, start: startKafka, answers: answersKafka },
  { name: "elasticsearch", port: 19_200, start: startElasticsearch, answers: answersElasticsearch },
  {
    name: "postgres",
    port: 15_432,
    async start(options) {
      const { url, pid, stop } = await startPostgres(options);
      return { address: url, pids: [pid], stop };
    },
    answers: answersPostgres,
  },
];

/** The first port and those after it that a server may take: Kafka's brokers speak among themselves 10 and 20 above. */
export const PORTS_BESIDE = 22;
