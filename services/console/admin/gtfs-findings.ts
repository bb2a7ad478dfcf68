import type { GtfsFinding } from "../api/types.ts";

const SEVERITIES = ["ERROR", "WARNING", "INFO"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** All of one severity: how many places, and the findings, the most frequent first. */
export type SeverityPart = {
  readonly severity: Severity;
  readonly places: number;
  readonly findings: readonly GtfsFinding[];
};

/** By severity, the worst first; none that is empty. */
export function bySeverity(findings: readonly GtfsFinding[]): readonly SeverityPart[] {
  return SEVERITIES.flatMap((severity) => {
    const own = findings.filter((each) => each.severity === severity);
    if (own.length === 0) return [];
    const places = own.reduce((sum, { count }) => sum + count, 0);
    return [{ severity, places, findings: own.toSorted((a, b) => b.count - a.count) }];
  });
}

/** Noon of a service day, so that it is that day in the town's zone whichever that is in Europe. @param date as 20261130 */
export function dayAt(date: string): string {
  return `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6, 8)}T12:00:00Z`;
}
