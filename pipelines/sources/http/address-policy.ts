import { lookup } from "node:dns/promises";
import { BlockList, isIP, SocketAddress } from "node:net";
import { AppError } from "@yardline/domain/errors";

/**
 * Who named a host. `town`: the town's own file names it by number or as `localhost`, so a person meant exactly that machine;
 * `network`: a name server, a redirect, a playlist or a device's own answer says so, and may lie; `stranger`: a system outside of the town
 * says so, which has no business in the town's own networks either.
 */
export type NamedBy = "town" | "network" | "stranger";

type Range = readonly [address: string, prefix: number];

function listOf(ranges: readonly Range[]): BlockList {
  const list = new BlockList();
  for (const [address, prefix] of ranges)
    list.addSubnet(address, prefix, isIP(address) === 6 ? "ipv6" : "ipv4");
  return list;
}

/** No camera is ever there: this host, multicast, broadcast, and where clouds hand out credentials. */
const NEVER = listOf([
  ["0.0.0.0", 8],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
  ["169.254.169.254", 32],
  ["169.254.170.2", 32],
  ["100.100.100.200", 32],
  ["::", 128],
  ["ff00::", 8],
  ["fd00:ec2::254", 128],
]);

/** This machine and its link: what listens there trusts whoever comes from it. */
const NEAR = listOf([
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["::1", 128],
  ["fe80::", 10],
]);

/** Networks of one's own: nobody outside can mean a machine in them. */
const PRIVATE = listOf([
  ["10.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["100.64.0.0", 10],
  ["fc00::", 7],
]);

/**
 * Whether we may connect to an address on a camera's behalf. Private networks are where cameras are; a camera's name, redirect or
 * playlist must not lead to this machine, to its link or to a cloud's metadata.
 * @param ip an IPv4 or IPv6 address in any spelling; anything else may not.
 */
export function mayConnect(ip: string, namedBy: NamedBy): boolean {
  const plain = plainAddress(ip);
  if (plain === undefined) return false;
  const family = isIP(plain) === 6 ? "ipv6" : "ipv4";
  if (NEVER.check(plain, family)) return false;
  if (namedBy === "town") return true;
  return !NEAR.check(plain, family) && (namedBy === "network" || !PRIVATE.check(plain, family));
}

/** One spelling for each address; IPv4 inside IPv6 (mapped, or translated by NAT64) is that IPv4 address. */
function plainAddress(ip: string): string | undefined {
  const bare = ip.replace(/^\[|\]$/g, "").replace(/%.*$/, "");
  const family = isIP(bare);
  if (family === 0) return undefined;
  if (family === 4) return bare;
  const { address } = new SocketAddress({ address: bare, family: "ipv6" });
  const [, high, low] = /^(?:::ffff:|64:ff9b::)([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(address) ?? [];
  if (high !== undefined && low !== undefined) {
    const bits = Number.parseInt(high, 16) * 0x10000 + Number.parseInt(low, 16);
    return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 0xff).join(".");
  }
  return /^(?:::ffff:|64:ff9b::)(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1] ?? address;
}

/** Who named the host of an address that stands in the town's own file. */
export function namedInFile(hostname: string): NamedBy {
  return isIP(hostname.replace(/^\[|\]$/g, "")) > 0 || hostname === "localhost" ? "town" : "network";
}

/**
 * The first address of a host that we may connect to. Connect to that address and not to the name: the next answer of a name server
 * may be another one.
 * @throws AppError `ADDRESS_UNKNOWN` (no such name), `ADDRESS_FORBIDDEN`; neither repeats the host.
 */
export async function allowedAddress(
  hostname: string,
  namedBy: NamedBy,
  resolve: (hostname: string) => Promise<readonly string[]> = resolveAll,
): Promise<string> {
  const bare = hostname.replace(/^\[|\]$/g, "");
  const addresses = isIP(bare) > 0 ? [bare] : await resolve(bare);
  const allowed = addresses.find((address) => mayConnect(address, namedBy));
  if (allowed !== undefined) return allowed;
  if (addresses.length === 0) {
    throw new AppError("ADDRESS_UNKNOWN", "The host is known to no name server", {
      retryable: true,
    });
  }
  throw new AppError(
    "ADDRESS_FORBIDDEN",
    "The host leads to this machine, its link or a cloud's own address; if that is meant, name it by number",
  );
}

async function resolveAll(hostname: string): Promise<readonly string[]> {
  const found = await lookup(hostname, { all: true }).catch(() => []);
  return found.map(({ address }) => address);
}
