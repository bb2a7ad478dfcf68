/**
 * What somebody may do, split as duties are split. Pictures of people have five rights of their own, so that who watches now need
 * not be able to look back, and who looks back need not be able to take a copy away.
 */
export const RIGHTS = [
  /** Cameras as they are now, and the events of this moment. */
  "live",
  /** Recordings, snapshots and yard events of the past. */
  "archive",
  /** Copies that leave the system. */
  "export",
  /** What a redaction covers. */
  "unmask",
  /** Who looked at what. */
  "audit",
  /** The transport side beyond what residents see: vehicles by name, events of buses, reviews. */
  "transit",
  /** To change what runs today: assignments, detours, alerts, public positions. */
  "dispatch",
  /** How the box is: health, metrics, space. No picture. */
  "operate",
  /** Cameras, zones, timetables, retention. No picture. */
  "configure",
  /** Accounts and what they may. */
  "people",
] as const;
export type Right = (typeof RIGHTS)[number];

export const ROLES = ["dispatcher", "planner", "administrator", "privacy-officer", "operator"] as const;
export type Role = (typeof ROLES)[number];

/**
 * What comes with a role. Whoever configures sees no pictures, and whoever reads the audit log cannot change what it is about.
 * A resident has no account and no right here: what everybody may know is no right. `unmask` comes with no role: it is given by name.
 */
export const RIGHTS_OF: Readonly<Record<Role, readonly Right[]>> = {
  dispatcher: ["live", "archive", "export", "transit", "dispatch"],
  planner: ["transit"],
  administrator: ["configure", "people", "operate"],
  "privacy-officer": ["audit"],
  operator: ["operate"],
};
