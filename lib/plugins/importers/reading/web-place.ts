/**
 * Where on the web a weakness lies. `origin` names the application (`https://example.com`, the usual port left out),
 * `path` is what stays between two scans: the path and the names of the query's parameters, never their values.
 */
export type WebPlace = { origin: string; host: string; port: number | null; path: string };

const USUAL: Readonly<Record<string, number>> = { "http:": 80, "https:": 443 };

/** Reads an address as a scanner writes it; null when it is none of http or https. */
export function webPlace(address: string | null | undefined): WebPlace | null {
  const url = parsed((address ?? "").trim());
  if (!url || url.host === "") return null;
  const names = url.search === "" ? [] : [...new Set(url.searchParams.keys())].sort();
  const query = names.length === 0 ? "" : `?${names.slice(0, 50).join("&")}`;
  return { origin: `${url.protocol}//${url.host}`, host: url.hostname, port: url.port === "" ? (USUAL[url.protocol] ?? null) : Number(url.port), path: `${url.pathname}${query}` };
}

function parsed(text: string): URL | null {
  if (text.length > 16_000 || !/^https?:\/\//i.test(text)) return null;
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** The path of an address, or of what stands where an address should be: without values of a query or a fragment. */
export function stablePath(address: string | null | undefined): string {
  const place = webPlace(address);
  if (place) return place.path;
  const [path = "", query] = (address ?? "").split("#", 1)[0]?.split("?", 2) ?? [];
  const names = query === undefined ? [] : [...new Set(query.split("&").map((one) => one.split("=", 1)[0] ?? ""))].sort();
  return names.length === 0 ? path : `${path}?${names.slice(0, 50).join("&")}`;
}
