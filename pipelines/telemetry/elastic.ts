import type { ElasticWatch } from "@yardline/index/elastic-bulk";
import type { Logger } from "pino";
import { Counter, Histogram } from "prom-client";

const sent = new Counter({
  name: "yardline_elastic_documents_total",
  help: "Documents that Elasticsearch was asked to keep.",
});

const took = new Histogram({
  name: "yardline_elastic_bulk_seconds",
  help: "From sending a bulk request to its answer.",
  buckets: [0.01, 0.03, 0.1, 0.3, 1, 3, 10],
});

const waits = new Counter({
  name: "yardline_elastic_retries_total",
  help: "Times that a bulk request was sent again because Elasticsearch did not take all of it.",
});

const refused = new Counter({
  name: "yardline_elastic_refused_documents_total",
  help: "Documents that Elasticsearch can never take.",
});

const reread = new Counter({
  name: "yardline_elastic_reread_documents_total",
  help: "Documents of an earlier release that were written anew with what this one knows.",
});

/** What the Elasticsearch index tells about itself. */
export function watchElastic(log: Logger): ElasticWatch {
  return {
    sent(documents, took_ms) {
      sent.inc(documents);
      took.observe(took_ms / 1000);
    },
    waits(why, wait_ms) {
      waits.inc();
      log.warn({ why, wait_ms }, "Elasticsearch did not take all; it is asked again.");
    },
    refused(index, reason) {
      refused.inc();
      log.error({ index, reason }, "Elasticsearch can never take a document.");
    },
    reread(documents) {
      reread.inc(documents);
      log.info({ documents }, "Documents of an earlier release were read again.");
    },
  };
}
