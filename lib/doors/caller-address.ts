/**
 * The address a call came from: the last entry of X-Forwarded-For. The launcher has every call carry that of its own socket there (see
 * lib/cli/peer-address.mjs); with DOCKET_PROXY=1 a proxy in front appends it, and what it did not append is not believed.
 */
export function addressOf(forwarded: unknown): string {
  const last = typeof forwarded === "string" ? forwarded.split(",").at(-1)?.trim() : undefined;
  return last === undefined || last === "" ? "unknown" : last.slice(0, 64);
}
