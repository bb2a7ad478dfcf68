import type { MessageKey } from "../messages/translate.ts";

/** What somebody who mends a timetable is told of a kind of finding: what it is, and what to do. */
export type NoticeWords = { readonly title: MessageKey; readonly todo: MessageKey };

/** The checker's codes, by what is done about them; one that stands nowhere is told by its own name. */
const KINDS = {
  files:
    "missing_required_file missing_recommended_file unknown_file invalid_input_files_in_subfolder missing_calendar_and_calendar_date_files empty_file",
  columns:
    "missing_required_column missing_recommended_column unknown_column duplicated_column empty_column_name",
  table: "csv_parsing_failed invalid_row_length empty_row new_line_in_value invalid_character",
  values:
    "missing_required_field missing_recommended_field number_out_of_range unexpected_enum_value mixed_case_recommended_field non_ascii_or_non_printable_char leading_or_trailing_whitespaces invalid_integer invalid_float invalid_color invalid_currency invalid_date invalid_email invalid_language_code invalid_phone_number invalid_time invalid_timezone invalid_url",
  duplicates: "duplicate_key more_than_one_entity duplicate_route_name",
  references: "foreign_key_violation missing_required_agency_id",
  agency:
    "inconsistent_agency_timezone inconsistent_agency_lang feed_info_lang_and_agency_lang_mismatch missing_feed_contact_email_and_url missing_feed_info_date",
  expiry:
    "expired_calendar feed_expiration_date7_days feed_expiration_date30_days service_window_outside_feed_period trip_coverage_not_active_for_next7_days",
  calendar: "service_has_no_active_day_of_the_week big_gap_in_service future_calendar future_feed",
  times:
    "start_and_end_range_out_of_order start_and_end_range_equal stop_time_with_arrival_before_previous_departure_time stop_time_with_only_arrival_or_departure_time stop_time_timepoint_without_times missing_timepoint_value missing_trip_edge unsorted_stop_times",
  overlaps:
    "overlapping_frequency block_trips_with_overlapping_stop_times inconsistent_route_type_for_block_id",
  places: "point_near_origin point_near_pole stop_without_location",
  stations:
    "wrong_parent_location_type station_with_parent_station location_without_parent_station platform_without_parent_station unused_station location_with_unexpected_stop_time",
  names:
    "missing_stop_name same_name_and_description_for_stop same_name_and_description_for_route route_both_short_and_long_name_missing route_short_name_too_long route_long_name_contains_short_name trip_headsign_matches_intermediate_stop route_color_contrast same_route_and_agency_url same_stop_and_route_url same_stop_and_agency_url",
  unused: "unused_shape unused_trip unusable_trip stop_without_stop_time",
  shapes:
    "single_shape_point decreasing_shape_distance equal_shape_distance_same_coordinates equal_shape_distance_diff_coordinates equal_shape_distance_diff_coordinates_distance_below_threshold stop_too_far_from_shape stops_match_shape_out_of_order stop_has_too_many_matches_for_shape trip_distance_exceeds_shape_distance trip_with_shape_dist_traveled_but_no_shape_distances decreasing_or_equal_stop_time_distance",
  speeds: "fast_travel_between_consecutive_stops fast_travel_between_far_stops",
  transfers:
    "transfer_distance_too_large transfer_distance_above_2_km transfer_with_invalid_stop_location_type transfer_with_invalid_trip_and_route transfer_with_invalid_trip_and_stop",
} as const;
type Kind = keyof typeof KINDS | "other";

const WORDS: Readonly<Record<Kind, NoticeWords>> = {
  files: { title: "gtfs.files", todo: "gtfs.files.todo" },
  columns: { title: "gtfs.columns", todo: "gtfs.columns.todo" },
  table: { title: "gtfs.table", todo: "gtfs.table.todo" },
  values: { title: "gtfs.values", todo: "gtfs.values.todo" },
  duplicates: { title: "gtfs.duplicates", todo: "gtfs.duplicates.todo" },
  references: { title: "gtfs.references", todo: "gtfs.references.todo" },
  agency: { title: "gtfs.agency", todo: "gtfs.agency.todo" },
  expiry: { title: "gtfs.expiry", todo: "gtfs.expiry.todo" },
  calendar: { title: "gtfs.calendar", todo: "gtfs.calendar.todo" },
  times: { title: "gtfs.times", todo: "gtfs.times.todo" },
  overlaps: { title: "gtfs.overlaps", todo: "gtfs.overlaps.todo" },
  places: { title: "gtfs.places", todo: "gtfs.places.todo" },
  stations: { title: "gtfs.stations", todo: "gtfs.stations.todo" },
  names: { title: "gtfs.names", todo: "gtfs.names.todo" },
  unused: { title: "gtfs.unused", todo: "gtfs.unused.todo" },
  shapes: { title: "gtfs.shapes", todo: "gtfs.shapes.todo" },
  speeds: { title: "gtfs.speeds", todo: "gtfs.speeds.todo" },
  transfers: { title: "gtfs.transfers", todo: "gtfs.transfers.todo" },
  other: { title: "gtfs.other", todo: "gtfs.other.todo" },
};

const KIND_OF = new Map(
  Object.entries(KINDS).flatMap(([kind, codes]) => codes.split(" ").map((code) => [code, kind as Kind])),
);

export function wordsOf(code: string): NoticeWords {
  return WORDS[KIND_OF.get(code) ?? "other"];
}
