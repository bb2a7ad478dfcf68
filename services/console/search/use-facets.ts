import { useEffect, useState } from "react";
import { startPolling } from "../api/polling.ts";
import { countEventsByValue } from "./asking.ts";
import { FACET_FIELDS, type FacetField, type FieldCounts, facetQuestion } from "./facets.ts";
import { type Now, paramsOf, type Question } from "./question.ts";

export type FacetCounts = Partial<Readonly<Record<FacetField, FieldCounts>>>;

/** How often each value occurs in what was found. Those of fields of which something is chosen are asked for without that. */
export function useFacets(text: string, question: Question | undefined, now: () => Now): FacetCounts {
  const [counts, setCounts] = useState<FacetCounts>({});
  // The text and the moment are those of the question.
  useEffect(() => {
    if (!question) return;
    return startPolling({
      load: async (signal) => {
        const counted: FacetCounts[] = [];
        const asked = Map.groupBy(FACET_FIELDS, (field) => facetQuestion(text, field, question, now()).q);
        for (const [q, fields] of asked) {
          const params = paramsOf({ ...question, q }, question);
          for (const field of fields) params.append("by", field);
          const { facets } = await countEventsByValue(`?${params}`, signal);
          counted.push(Object.fromEntries(facets.map(({ field, ...values }) => [field, values])));
        }
        return Object.assign({}, ...counted) as FacetCounts;
      },
      onValue: setCounts,
      // The list says what is wrong.
      onProblem: () => undefined,
    });
  }, [question]);
  return counts;
}
