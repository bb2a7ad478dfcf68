import { makeElasticPlace } from "./testing/elastic-place.ts";
import { describeEventIndex } from "./testing.ts";

describeEventIndex("Elasticsearch", makeElasticPlace);
