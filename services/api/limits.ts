/** Every limit of the doors, in one place. What bites is counted (`telemetry.ts`). */
export type Limits = {
  /** Longest path with its query, in characters. */
  readonly url_chars_max: number;
  /** TCP connections at once; more wait in the kernel's queue or are closed. */
  readonly connections_max: number;
  /** Longest a request's head and body may take to arrive. */
  readonly request_ms_max: number;
  /** Requests within a window: of one address whose people are not known, and of one account or token. How many askers are remembered. */
  readonly rate_window_ms: number;
  readonly address_requests_max: number;
  readonly account_requests_max: number;
  readonly askers_max: number;
  /** Largest request body. */
  readonly body_bytes_max: number;
  /** Live event streams open at once. */
  readonly streams_max: number;
  /** Cameras that one page looks at live at once, and all pages together. */
  readonly live_cameras_max: number;
  readonly live_pictures_max: number;
  /** Of those, cameras that are encoded anew, each by a child that takes most of a core. */
  readonly live_proxies_max: number;
  /** Newest events kept for all streams together: a listener that falls further behind is disconnected and resumes. */
  readonly ring_events_max: number;
  /** Between two comments on a quiet stream. */
  readonly heartbeat_ms: number;
  /** Whether a listener still may listen is looked up so often. */
  readonly recheck_ms: number;
  /** A stop's board is made anew so often while somebody listens to it. */
  readonly board_ms: number;
  /** Changes of incidents that another process wrote are looked for so often. */
  readonly incidents_ms: number;
  /** One saved search alerts one listener at most so often. */
  readonly alerts_ms: number;
  /** A listener that takes nothing for so long is disconnected. */
  readonly stall_ms_max: number;
  /** How long streams get to end by themselves at shutdown. */
  readonly farewell_ms_max: number;
  /** Before the bus is asked again after it failed. */
  readonly tail_retry_ms: number;
  /** Clips being put together at once; each is held in memory. */
  readonly clips_max: number;
  /** Pictures that a frame is drawn into at once, and that wait for it. */
  readonly framings_max: number;
  readonly framings_waiting_max: number;
  /** Filmstrips and H.264 proxies being made at once, each by a child that takes a core, and how many wait. */
  readonly filmstrips_max: number;
  readonly filmstrips_waiting_max: number;
  readonly proxies_max: number;
  readonly proxies_waiting_max: number;
  /** Passwords checked at once, each with 19 MB and some 50 ms of a core, and how many wait. */
  readonly logins_max: number;
  readonly logins_waiting_max: number;
  /** Ways to and back from the town's OpenID provider at once, each a question or two to it, and how many wait. */
  readonly outside_max: number;
  readonly outside_waiting_max: number;
  /** Reviews of past days made at once, and that wait; service days of one, and rows of its answer. */
  readonly reviews_max: number;
  readonly reviews_waiting_max: number;
  readonly review_days_max: number;
  readonly review_rows_max: number;
  /** Moments of a replayed day in one answer. */
  readonly replay_moments_max: number;
  /** Of a day that is saved as a table: sixty buses have some forty thousand. */
  readonly replay_rows_max: number;
  /** Longest time that one list of recordings, or one playlist, covers. */
  readonly recordings_ms_max: number;
  /** Longest clip; of a longer stay its beginning is played. */
  readonly clip_ms_max: number;
  /** Longest with what is asked for before and after it. */
  readonly clip_rolled_ms_max: number;
  /** How long after its end a clip may still be missing its last segment. */
  readonly clip_settle_ms: number;
};

export const LIMITS: Limits = {
  url_chars_max: 4_096,
  connections_max: 2_000,
  request_ms_max: 10_000,
  rate_window_ms: 60_000,
  address_requests_max: 6_000,
  account_requests_max: 3_000,
  askers_max: 50_000,
  body_bytes_max: 16 * 1024,
  streams_max: 500,
  live_cameras_max: 8,
  live_pictures_max: 64,
  live_proxies_max: 2,
  ring_events_max: 2_000,
  heartbeat_ms: 15_000,
  recheck_ms: 2_000,
  board_ms: 5_000,
  incidents_ms: 1_000,
  alerts_ms: 10_000,
  stall_ms_max: 60_000,
  farewell_ms_max: 500,
  tail_retry_ms: 1_000,
  clips_max: 4,
  framings_max: 2,
  framings_waiting_max: 100,
  filmstrips_max: 1,
  filmstrips_waiting_max: 8,
  proxies_max: 1,
  proxies_waiting_max: 3,
  logins_max: 2,
  logins_waiting_max: 20,
  outside_max: 4,
  outside_waiting_max: 40,
  reviews_max: 1,
  reviews_waiting_max: 8,
  review_days_max: 370,
  review_rows_max: 20_000,
  replay_moments_max: 5_000,
  replay_rows_max: 200_000,
  recordings_ms_max: 24 * 3_600_000,
  clip_ms_max: 180_000,
  clip_rolled_ms_max: 300_000,
  clip_settle_ms: 15_000,
};
