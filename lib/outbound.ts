import { lookup as resolveName, type LookupAddress } from "node:dns";
import { request as requestPlain, type IncomingMessage } from "node:http";
import { request as requestSecure } from "node:https";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { TrackerFault, type TrackerAnswer, type TrackerRequest } from "@/lib/domain/connector/asking";

/** Where nothing outside lives: this machine, private and shared networks, link-local (also of cloud machines), multicast, documentation. */
const INSIDE = new BlockList();
for (const [network, bits] of [["0.0.0.0", 8], ["10.0.0.0", 8], ["100.64.0.0", 10], ["127.0.0.0", 8], ["169.254.0.0", 16], ["172.16.0.0", 12], ["192.0.0.0", 24],
  ["192.0.2.0", 24], ["192.168.0.0", 16], ["198.18.0.0", 15], ["198.51.100.0", 24], ["203.0.113.0", 24], ["224.0.0.0", 3]] as const) INSIDE.addSubnet(network, bits, "ipv4");
for (const [network, bits] of [["::", 128], ["::1", 128], ["64:ff9b::", 96], ["64:ff9b:1::", 48], ["100::", 64], ["2001:db8::", 32], ["2002::", 16], ["fc00::", 7], ["fe80::", 10], ["ff00::", 8]] as const) INSIDE.addSubnet(network, bits, "ipv6");

/** Is this an address inside? An IPv4 address written as IPv6 counts as what it is. */
export function isInside(address: string): boolean {
  const plain = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  const family = isIP(plain);
  return family === 0 || INSIDE.check(plain, family === 4 ? "ipv4" : "ipv6");
}

/** A connection that was refused or broke; the message names the address and what was wrong. */
export class OutboundFault extends Error {}

export type Outbound = {
  /** Milliseconds until the answer must have come whole. */
  timeout: number;
  /** Bytes of the answer. */
  maxBytes: number;
  /** Only where the operator named the address: lets it lie inside. */
  allowInside?: boolean;
};

const REDIRECTS = 5;

/**
 * Fetches what stands at an http(s) address, as bytes. Names are resolved once and the connection goes to the very address that was
 * looked at, so that a name which answers differently the second time leads nowhere. Follows five redirects, each checked alike.
 * @throws OutboundFault on another status than 2xx, an address inside, a time-out, or an answer that is too large
 */
export async function download(address: string, limits: Outbound): Promise<Buffer> {
  let at = address;
  for (let hop = 0; hop <= REDIRECTS; hop++) {
    const { response, close } = await get(at, limits);
    try {
      const { statusCode = 0, headers } = response;
      if (statusCode >= 300 && statusCode < 400 && headers.location) {
        at = new URL(headers.location, at).href;
        continue;
      }
      if (statusCode < 200 || statusCode >= 300) throw new OutboundFault(`${shown(at)} answered with status ${statusCode}.`);
      return await whole(response, at, limits);
    } finally {
      close();
    }
  }
  throw new OutboundFault(`${shown(address)} redirects more than ${REDIRECTS} times.`);
}

/**
 * Asks a tracker once: any method, no redirect is followed (a write would be sent twice, a secret elsewhere), and every status is an answer.
 * From the moment that the connection stands the request counts as sent.
 * @throws TrackerFault `unreachable`: nothing was sent; `in_doubt`: it was, and no whole answer came in time or within the bytes
 */
export async function ask(request: TrackerRequest, limits: Outbound): Promise<TrackerAnswer> {
  let isSent = false;
  try {
    const url = allowed(request.address, limits);
    const isSecure = url.protocol === "https:";
    return await new Promise((resolve, reject) => {
      const body = request.body === null ? null : Buffer.from(request.body, "utf8");
      const headers = { ...request.headers, ...(body ? { "Content-Length": String(body.length) } : {}) };
      const asking = (isSecure ? requestSecure : requestPlain)(url, {
        method: request.method, headers, lookup: guarded(request.address, limits), signal: AbortSignal.timeout(limits.timeout), agent: false,
      });
      asking.once("socket", (socket) => socket.once(isSecure ? "secureConnect" : "connect", () => (isSent = true)));
      asking.once("error", reject);
      asking.once("response", (response) => {
        const { statusCode: status = 0 } = response;
        whole(response, request.address, limits).then((bytes) => resolve({ status, headers: plainHeaders(response), text: bytes.toString("utf8") }), reject).finally(() => asking.destroy());
      });
      asking.end(body ?? undefined);
    });
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const message = error instanceof OutboundFault ? said : `${shown(request.address)} ${isSent ? "gave no whole answer" : "could not be reached"}: ${said}`;
    throw new TrackerFault(isSent ? "in_doubt" : "unreachable", message, isSent ? null : "Look at the address, and whether this machine may reach it.");
  }
}

function plainHeaders(response: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : (value ?? "")]));
}

function allowed(address: string, limits: Outbound): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url?.protocol !== "https:" && url?.protocol !== "http:") throw new OutboundFault(`${shown(address)} is no http(s) address.`);
  const name = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(name) !== 0 && isInside(name) && !limits.allowInside) throw refused(address);
  return url;
}

async function get(address: string, limits: Outbound): Promise<{ response: IncomingMessage; close: () => void }> {
  const url = allowed(address, limits);
  return new Promise((resolve, reject) => {
    const request = (url.protocol === "https:" ? requestSecure : requestPlain)(url, { lookup: guarded(address, limits), signal: AbortSignal.timeout(limits.timeout), agent: false });
    request.once("response", (response) => resolve({ response, close: () => request.destroy() }));
    request.once("error", (error) => reject(error instanceof OutboundFault ? error : new OutboundFault(`${shown(address)} could not be reached: ${error.message}`)));
    request.end();
  });
}

function guarded(address: string, { allowInside }: Outbound): LookupFunction {
  return (name, options, done) => {
    resolveName(name, { ...options, all: true }, (error, found: LookupAddress[]) => {
      if (error) return done(error, "", 4);
      if (!allowInside && found.some((one) => isInside(one.address))) return done(refused(address), "", 4);
      const [first] = found;
      if (options.all) return done(null, found);
      return first ? done(null, first.address, first.family) : done(new OutboundFault(`${shown(address)} has no address.`), "", 4);
    });
  };
}

async function whole(response: IncomingMessage, address: string, { maxBytes }: Outbound): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const piece of response) {
      if (!(piece instanceof Buffer)) continue;
      bytes += piece.length;
      if (bytes > maxBytes) throw new OutboundFault(`${shown(address)} answers with more than ${maxBytes} bytes.`);
      pieces.push(piece);
    }
  } catch (error) {
    throw error instanceof OutboundFault ? error : new OutboundFault(`${shown(address)} broke off: ${error instanceof Error ? error.message : String(error)}`);
  }
  return Buffer.concat(pieces);
}

const refused = (address: string): OutboundFault => new OutboundFault(`${shown(address)} lies inside this network: it is not asked.`);

/** Without a name and a password in it. */
const shown = (address: string): string => address.replace(/\/\/[^/@]*@/, "//").slice(0, 300);
