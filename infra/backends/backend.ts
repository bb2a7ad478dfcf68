/** A real server for development and tests, as `./yardline backends` and the tests start it. */
export type Backend = {
  readonly name: "kafka" | "elasticsearch" | "postgres";
  /** Of `./yardline backends start`; tests take free ones. */
  readonly port: number;
  /**
   * Starts it on loopback with everything it keeps below `folder`, or finds the one that runs there already; waits until it answers.
   * @throws AppError `BACKEND_TOOLS_MISSING` naming the packages to install, `BACKEND_FAILED` with the last lines of its log.
   */
  start(options: BackendOptions): Promise<Running>;
  /** Whether the server at an address that `start` gave does what it is asked, within a second or two. */
  answers(address: string): Promise<boolean>;
};

export type BackendOptions = {
  readonly folder: string;
  readonly port: number;
  /** Lives on when this process ends. */
  readonly detached: boolean;
};

export type Running = {
  /** What the product's own settings take, as in `kafka://127.0.0.1:19092`; may hold a password. */
  readonly address: string;
  readonly pids: readonly number[];
  /** SIGTERM, then SIGKILL after a limit. */
  stop(): Promise<void>;
};
