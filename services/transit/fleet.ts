import type { EpochMs } from "@yardline/domain/time";
import type { VehiclePosition } from "@yardline/domain/vehicle-position";
import { Claims } from "@yardline/matching/claims";
import { cleanFix, type Fix } from "@yardline/matching/fix";
import type { Network } from "@yardline/matching/network";
import type { Ordered } from "@yardline/matching/ordered";
import type { Placement } from "@yardline/matching/placement";
import type { OrderChange } from "@yardline/operations/changes";
import { type Heeded, heed, isParked } from "@yardline/prediction/heed";
import { type Knowledge, newKnowledge } from "@yardline/prediction/knowledge";
import { FLEET_RULES } from "@yardline/rules/transit/fleet-rules";
import { FleetWatch } from "@yardline/rules/transit/fleet-watch";
import { VehicleJournal } from "@yardline/rules/transit/journal";
import { TRANSIT_RULES } from "@yardline/rules/transit/rules";
import type { Finding } from "@yardline/rules/transit/transit-rule";
import type { FixFate } from "@yardline/telemetry/transit";
import { Sightings } from "./sightings.ts";

/** More vehicles than any town has; what comes of others is counted as `crowded`. */
export const VEHICLES_MAX = 20_000;
/** A vehicle that did not report for so long is forgotten. */
const FORGET_MS = 8 * 86_400_000;

/** A vehicle as it was last heard of. */
export type Heard = {
  readonly position: VehiclePosition;
  /** Absent while it is on no run. */
  readonly placement: Placement | undefined;
  /** Whether it stands so long that nothing can be said of when it goes on. */
  readonly parked: boolean;
  /** Set where it is shown as it was so long ago on purpose: what was recent then is told as recent. */
  readonly held_ms?: number;
  /** Set where its place is the middle of the square that it is in. */
  readonly coarsened?: true;
};

type Vehicle = {
  readonly journal: VehicleJournal;
  /** The last that was heard, believed or not. */
  newest: VehiclePosition;
  /** The last that was believed: a jump is first put aside. */
  believed?: VehiclePosition | undefined;
  /** Where it is told to be, other vehicles considered. */
  placement?: Placement | undefined;
  heeded?: Heeded | undefined;
};

export type FleetNews = {
  readonly findings: readonly Finding[];
  readonly fates: ReadonlyMap<FixFate, number>;
  /** Stop visits that the rules about the fleet did not look at: there are too many. */
  readonly crowded_visits: number;
};

/** All vehicles of a town: their journals, what the rules find in them together, where each was last, and what was learnt from them. */
export class Fleet {
  readonly knowledge: Knowledge;
  readonly sightings = new Sightings();
  readonly #network: Network;
  readonly #learnt_to_ms: EpochMs;
  readonly #claims = new Claims();
  readonly #watch: FleetWatch;
  readonly #vehicles = new Map<string, Vehicle>();

  /** @param learnt_to_ms up to when an earlier process learnt what `knowledge` knows: fixes until then are not learnt from again. */
  constructor(network: Network, knowledge = newKnowledge(), learnt_to_ms: EpochMs = 0) {
    this.#network = network;
    this.#watch = new FleetWatch(network, FLEET_RULES);
    this.knowledge = knowledge;
    this.#learnt_to_ms = learnt_to_ms;
  }

  /** @param resumed whether an earlier process took in what came before: see `JournalOptions.resumed`. */
  take(positions: readonly VehiclePosition[], resumed: boolean): FleetNews {
    const fates = new Map<FixFate, number>();
    const count = (fate: FixFate, by: number) => fates.set(fate, (fates.get(fate) ?? 0) + by);
    const findings: Finding[] = [];
    const heard_ms: EpochMs[] = [];
    for (const [vehicle_id, own] of Map.groupBy(positions, (position) => position.vehicle_id)) {
      const fixes = own.flatMap((position) => {
        const fix = cleanFix(position);
        if (typeof fix !== "string") return [{ fix, position }];
        count(fix, 1);
        return [];
      });
      const [first] = fixes;
      if (!first) continue;
      const vehicle = this.#vehicle(vehicle_id, first.position, resumed);
      if (!vehicle) {
        count("crowded", fixes.length);
        continue;
      }
      const { changes, doubled, late, beyond } = vehicle.journal.take(fixes.map(({ fix }) => fix));
      vehicle.newest = newestOf(vehicle.newest, fixes);
      const believed_ms = vehicle.journal.following.fix?.at_ms;
      vehicle.believed = fixes.find(({ fix }) => fix.at_ms === believed_ms)?.position ?? vehicle.believed;
      vehicle.placement = this.#claims.settle(vehicle_id, vehicle.journal.following);
      if (vehicle.placement) this.sightings.note(vehicle_id, vehicle.placement);
      if (vehicle.newest.at_ms > this.#learnt_to_ms) {
        vehicle.heeded = heed(this.knowledge, vehicle.heeded, vehicle.placement);
      }
      findings.push(...changes);
      heard_ms.push(...fixes.map(({ fix }) => fix.at_ms));
      count("doubled", doubled);
      count("late", late);
      count("beyond", beyond);
      count("taken", fixes.length - doubled - late - beyond);
    }
    const together = this.#watch.take(findings, heard_ms);
    return { findings: [...findings, ...together.changes], fates, crowded_visits: together.crowded };
  }

  /** By which orders vehicles are thought of. */
  get ordered(): Ordered {
    return this.#network.ordered;
  }

  /**
   * From now on vehicles are thought of by these orders.
   * @param changes since when they say something else than the orders before, and of which vehicles; undefined for all.
   * @returns what stands differently because of it.
   */
  order(ordered: Ordered, changes: readonly OrderChange[]): readonly Finding[] {
    this.#network.heed(ordered);
    const findings: Finding[] = [];
    for (const [vehicle_id, vehicle] of this.#vehicles) {
      const own = changes.filter(({ vehicles }) => vehicles?.includes(vehicle_id) ?? true);
      if (own.length === 0) continue;
      findings.push(...vehicle.journal.reconsider(Math.min(...own.map(({ since_ms }) => since_ms))));
      vehicle.placement = this.#claims.settle(vehicle_id, vehicle.journal.following);
      if (vehicle.placement) this.sightings.note(vehicle_id, vehicle.placement);
    }
    return [...findings, ...this.#watch.take(findings, []).changes];
  }

  /** What the time and the silence of vehicles mean by now; forgets those long gone. */
  hush(now_ms: EpochMs): readonly Finding[] {
    const findings = [...this.#vehicles].flatMap(([vehicle_id, { journal, newest }]) => {
      if (now_ms - newest.at_ms > FORGET_MS) this.#vehicles.delete(vehicle_id);
      return journal.hush(now_ms);
    });
    return [...findings, ...this.#watch.take(findings, []).changes, ...this.#watch.look(now_ms)];
  }

  /** Everything that the rules find in what is kept, as it stands. */
  listTold(): readonly Finding[] {
    const single = [...this.#vehicles.values()].flatMap(({ journal }) => journal.listTold());
    return [...single, ...this.#watch.listTold()];
  }

  listHeard(): readonly Heard[] {
    return [...this.#vehicles.values()].map(({ journal, newest, believed = newest, placement, heeded }) => ({
      position: believed,
      placement: journal.following.fix ? placement : undefined,
      parked: isParked(heeded, newest.at_ms),
    }));
  }

  /** A vehicle as it was heard of at a moment, by its own fixes alone; undefined where none is kept from before it. */
  findHeardAt(vehicle_id: string, at_ms: EpochMs): Heard | undefined {
    const vehicle = this.#vehicles.get(vehicle_id);
    const following = vehicle?.journal.followingAt(at_ms);
    if (!vehicle || !following?.fix) return undefined;
    const { fix, placement } = following;
    const { at_ms: fixed_ms, latitude, longitude } = fix;
    const position = { vehicle_id, at_ms: fixed_ms, received_at_ms: fixed_ms, latitude, longitude };
    return { position, placement, parked: isParked(vehicle.heeded, vehicle.newest.at_ms) };
  }

  /** The fixes that are kept of a time, by vehicle; both ends included. */
  *fixesBetween(from_ms: EpochMs, to_ms: EpochMs): Generator<readonly [string, readonly Fix[]]> {
    for (const [vehicle_id, { journal }] of this.#vehicles) {
      const fixes = journal.fixesBetween(from_ms, to_ms);
      if (fixes.length > 0) yield [vehicle_id, fixes];
    }
  }

  /** Since when all fixes that came are kept, of every vehicle; undefined while there are none. */
  get kept_since_ms(): EpochMs | undefined {
    const kept = [...this.#vehicles.values()].map(({ journal }) => journal.kept);
    const begins = kept.flatMap(({ since_ms }) => since_ms ?? []);
    if (begins.length === 0) return undefined;
    const oldest_ms = begins.reduce((a, b) => Math.min(a, b));
    return kept.reduce(
      (latest, { since_ms, trimmed }) => (trimmed ? Math.max(latest, since_ms ?? latest) : latest),
      oldest_ms,
    );
  }

  #vehicle(vehicle_id: string, newest: VehiclePosition, resumed: boolean): Vehicle | undefined {
    const known = this.#vehicles.get(vehicle_id);
    if (known) return known;
    if (this.#vehicles.size >= VEHICLES_MAX) return undefined;
    const journal = new VehicleJournal({ network: this.#network, rules: TRANSIT_RULES, vehicle_id, resumed });
    const vehicle = { journal, newest };
    this.#vehicles.set(vehicle_id, vehicle);
    return vehicle;
  }
}

function newestOf(
  known: VehiclePosition,
  fixes: readonly { readonly fix: Fix; readonly position: VehiclePosition }[],
): VehiclePosition {
  return fixes.reduce((best, { position }) => (position.at_ms > best.at_ms ? position : best), known);
}
