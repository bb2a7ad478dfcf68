/** Settings of a small town: cameras by id, each with its address in a file of that name, and buses that nobody registered. */
export function settingsOf(cameras: readonly string[], tracker_port: number) {
  return {
    town: { name: "Town", tenant: "town" },
    gtfs: { feed: "town", from: "gtfs.zip" },
    trackers: [{ protocol: "wialon-ips", port: tracker_port }],
    unknown_devices: "accept",
    cameras: cameras.map((id) => ({
      id,
      name: id,
      url_file: `${id}.url`,
      purpose: "protection-of-property",
      legal_basis: "public-task",
      controller: "Council",
      retention_h: 72,
      mask: { form: "none-needed", reason: "A drawn yard." },
      sign: { posted_on: "2026-11-01", place: "At the gate." },
    })),
  };
}
