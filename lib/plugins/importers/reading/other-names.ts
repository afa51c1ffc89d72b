import { OTHER_NAME_CHARS } from "@/lib/domain/scan/report";

/** A host name or an address. Reports also write here what is none: `No registered hostname`, `N/A`, `-`. */
const NAME = /^[\p{L}\p{N}_][\p{L}\p{N}_.:%-]+$/u;
const NOBODY = /^(?:any|none|null|unknown|localhost|127\.0\.0\.1|::1)$/i;

/** What of these texts can be a name of an asset, each once. A text may hold several with commas between. */
export function otherNamesIn(texts: readonly (string | null | undefined)[]): string[] {
  const names = texts.flatMap((text) => (text ?? "").slice(0, 4_000).split(",")).map((name) => name.trim());
  return [...new Set(names)].filter((name) => name.length <= OTHER_NAME_CHARS && NAME.test(name) && !NOBODY.test(name));
}
