import { comparable } from "@yardline/index/condition";
import { valuesOf } from "@yardline/index/query/edit";
import { useMemo } from "react";
import { LABEL_NAMES } from "../events/labels.ts";
import type { MessageKey } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { useTown } from "../page/use-town.tsx";
import {
  FACET_FIELDS,
  type FacetField,
  type FacetValue,
  type FieldCounts,
  facetValues,
  isLabel,
  toggled,
  VALUES_MAX,
  withoutIds,
} from "./facets.ts";
import type { Now } from "./question.ts";
import { TYPE_NAMES } from "./type-names.ts";
import type { FacetCounts } from "./use-facets.ts";

const NAMES: Readonly<Record<FacetField, MessageKey>> = {
  type: "facet.type",
  label: "facet.label",
  camera: "facet.camera",
  zone: "facet.zone",
  route: "facet.route",
  severity: "facet.severity",
};

/** What was found by its values: choosing one writes it into the text of the question. */
export function FacetList({
  q,
  counts,
  now,
  onAsk,
}: {
  readonly q: string;
  readonly counts: FacetCounts;
  now(): Now;
  onAsk(q: string): void;
}) {
  const { t, language } = useSpeech();
  const ids = useLineIds();
  const countsOf = (field: FacetField) =>
    field === "route" ? withoutIds(counts[field] ?? NOTHING, ids) : (counts[field] ?? NOTHING);
  return (
    <div className="facets">
      {FACET_FIELDS.map((field) => {
        const values = facetValues(countsOf(field), valuesOf(q, field, now()));
        if (values.length === 0) return null;
        return (
          <fieldset key={field} className="facet">
            <legend>{t(NAMES[field])}</legend>
            {values.slice(0, VALUES_MAX).map((each) => (
              <FacetChoice
                key={each.value}
                field={field}
                {...each}
                onToggle={() => onAsk(toggled(q, { field, value: each.value, language }, now()))}
              />
            ))}
            {moreThan(values, countsOf(field)) > 0 && (
              <p className="facet-more">{t("facet.more", { count: moreThan(values, countsOf(field)) })}</p>
            )}
          </fieldset>
        );
      })}
    </div>
  );
}

/** The ids of lines that are not their names, in the form in which they are compared. */
function useLineIds(): ReadonlySet<string> {
  const { lines } = useTown();
  return useMemo(() => {
    const all = lines.value?.features.map(({ properties }) => properties) ?? [];
    const names = new Set(all.map(({ route_short_name }) => comparable("route", route_short_name)));
    return new Set(all.map(({ route_id }) => comparable("route", route_id)).filter((id) => !names.has(id)));
  }, [lines.value]);
}

const NOTHING: FieldCounts = { values: [], others: 0 };

/** How many values are not shown. */
function moreThan({ length }: readonly FacetValue[], { others }: FieldCounts): number {
  return Math.max(0, length - VALUES_MAX) + others;
}

function FacetChoice({
  field,
  value,
  count,
  isChosen,
  onToggle,
}: FacetValue & { readonly field: FacetField; onToggle(): void }) {
  const { formats } = useSpeech();
  const name = useValueName(field, value);
  return (
    <label className="facet-choice">
      <input type="checkbox" checked={isChosen} onChange={onToggle} />
      <bdi className="facet-name" title={name}>
        {name}
      </bdi>
      <span className="facet-count">{formats.number(count)}</span>
    </label>
  );
}

const SEVERITY_NAMES: Readonly<Record<string, MessageKey>> = {
  info: "severity.info",
  notice: "severity.notice",
  alarm: "severity.alarm",
};

/** As the town calls it. Values come in the form in which they are compared. */
function useValueName(field: FacetField, value: string): string {
  const { t } = useSpeech();
  const { cameras, lines } = useTown();
  if (field === "label") return isLabel(value) ? t(LABEL_NAMES[value]) : value;
  if (field === "camera")
    return cameras.value?.find(({ id }) => comparable(field, id) === value)?.name ?? value;
  if (field === "route") {
    const found = lines.value?.features.find(
      ({ properties }) => comparable(field, properties.route_short_name) === value,
    );
    return t("filter.line", { line: found?.properties.route_short_name ?? value });
  }
  if (field === "zone") return value === "all" ? t("fact.zone.all") : value;
  const key = field === "type" ? TYPE_NAMES[value] : SEVERITY_NAMES[value];
  return key ? t(key) : value;
}
