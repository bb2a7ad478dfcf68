import type { CheckRule, Feed } from "./feed.ts";
import type { Findings } from "./findings.ts";
import type { RawRow } from "./raw-table.ts";

const FILE = "agency.txt";

/** agency.txt and feed_info.txt as wholes. */
export const checkAgencies: CheckRule = (feed, findings) => {
  const agencies = feed.rows(FILE);
  const [first] = agencies;
  if (!first) return;
  if (agencies.length > 1) {
    checkNamed(FILE, agencies, findings);
    checkNamed("routes.txt", feed.rows("routes.txt"), findings);
  }
  for (const row of agencies) {
    const zone = differs(row, first, "agency_timezone");
    if (zone !== undefined) findings.error("inconsistent_agency_timezone", FILE, row.line, zone);
    const lang = differs(row, first, "agency_lang");
    if (lang !== undefined) findings.warning("inconsistent_agency_lang", FILE, row.line, lang);
  }
  checkInfo(feed, first, findings);
};

function checkNamed(file: string, rows: readonly RawRow[], findings: Findings): void {
  for (const row of rows) {
    if (row.text("agency_id") !== "") continue;
    const text = "agency_id is empty, and there are several agencies";
    findings.error("missing_required_agency_id", file, row.line, text);
  }
}

function differs(row: RawRow, first: RawRow, column: string): string | undefined {
  const [here, there] = [row.text(column), first.text(column)];
  if (here === "" || there === "" || here === there) return undefined;
  return `${column} is ${here}, in line ${first.line} ${there}`;
}

function checkInfo(feed: Feed, agency: RawRow, findings: Findings): void {
  const file = "feed_info.txt";
  const [info] = feed.rows(file);
  if (!info) return;
  const [said, lang] = [info.text("feed_lang").toLowerCase(), agency.text("agency_lang").toLowerCase()];
  if (said !== "" && lang !== "" && said !== "mul" && said !== lang) {
    const text = `feed_lang is ${said}, agency_lang ${lang}`;
    findings.warning("feed_info_lang_and_agency_lang_mismatch", file, info.line, text);
  }
  if (info.text("feed_contact_email") === "" && info.text("feed_contact_url") === "") {
    const text = "without an address nobody can tell of mistakes";
    findings.warning("missing_feed_contact_email_and_url", file, info.line, text);
  }
  if ((info.text("feed_start_date") === "") !== (info.text("feed_end_date") === "")) {
    const text = "of feed_start_date and feed_end_date one is missing";
    findings.warning("missing_feed_info_date", file, info.line, text);
  }
}
