import { z } from "zod";

/** An address as bits: an IPv4 address that is written as IPv6 counts as what it is. */
type Point = { bits: 32 | 128; value: bigint };
type Network = Point & { length: number };

const ipv4 = z.ipv4();
const ipv6 = z.ipv6();
const MAPPED = 0xffffn; // ::ffff:0:0/96, RFC 4291 2.5.5.2

const joined = (parts: readonly bigint[], width: bigint): bigint => parts.reduce((sum, part) => (sum << width) | part, 0n);
const valueOfFour = (text: string): bigint => joined(text.split(".").map(BigInt), 8n);
const groups = (text: string | undefined): readonly bigint[] => (text ? text.split(":").map((group) => BigInt(`0x${group}`)) : []);

function valueOfSix(text: string): bigint {
  const [, head, four] = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text) ?? [];
  const tail = four === undefined ? null : valueOfFour(four);
  const plain = head === undefined || tail === null ? text : `${head}${(tail >> 16n).toString(16)}:${(tail & 0xffffn).toString(16)}`;
  const [left, right] = plain.split("::");
  const [before, after] = [groups(left), groups(right)];
  return joined([...before, ...new Array<bigint>(8 - before.length - after.length).fill(0n), ...after], 16n);
}

/** As it is written, IPv6 always in its own 128 bits. */
function written(text: string): Point | null {
  if (ipv4.safeParse(text).success) return { bits: 32, value: valueOfFour(text) };
  return ipv6.safeParse(text).success ? { bits: 128, value: valueOfSix(text) } : null;
}

const isMapped = ({ bits, value }: Point): boolean => bits === 128 && value >> 32n === MAPPED;

function pointOf(text: string): Point | null {
  const point = written(text);
  return point && isMapped(point) ? { bits: 32, value: point.value & 0xffffffffn } : point;
}

/** A network ("203.0.113.0/24", "2001:db8::/32") or a single address; null for anything else, also where bits behind the length are set. */
function networkOf(text: string): Network | null {
  const [address = "", given, ...more] = text.split("/");
  const as = written(address);
  if (!as || more.length > 0 || (given !== undefined && !/^\d{1,3}$/.test(given))) return null;
  const long = given === undefined ? as.bits : Number(given);
  if (long > as.bits || (as.value & ((1n << BigInt(as.bits - long)) - 1n)) !== 0n) return null;
  if (!isMapped(as)) return { ...as, length: long };
  return long < 96 ? null : { bits: 32, value: as.value & 0xffffffffn, length: long - 96 };
}

/** Is this an address, or a network of them? */
export function isNetwork(text: string): boolean {
  return networkOf(text) !== null;
}

/** Does an address lie in one of these networks? What cannot be read lies in none. */
export function liesIn(address: string, networks: readonly string[]): boolean {
  const point = pointOf(address);
  if (!point) return false;
  return networks.some((text) => {
    const network = networkOf(text);
    return network !== null && network.bits === point.bits && (network.value ^ point.value) >> BigInt(network.bits - network.length) === 0n;
  });
}
