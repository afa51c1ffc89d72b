import { hash } from "node:crypto";

/**
 * Version of the recipes below. A finding keeps the version it was made with: when a recipe changes, the number
 * goes up and the import command can carry decisions over instead of meeting strangers.
 */
export const FINGERPRINT_VERSION = 1;

/**
 * Identity of one weakness on one asset as one detector sees it: SHA-256 in hex over named parts.
 *
 * The asset and the detector are not among the parts, they belong to the finding's key beside the fingerprint; so
 * an asset that is renamed keeps its findings. What goes in is what stays when people edit around a weakness:
 *
 * - **never** line or column numbers, the position in the report, times, versions of the tool, severity or scores;
 * - the tool's own stable fingerprint with the rule, where there is one (SARIF `fingerprints`; with the path for
 *   `partialFingerprints`, which the standard calls not sufficient alone);
 * - else rule + path + the flagged text with its blanks folded, or where the report carries no text, the message
 *   with line numbers taken out (`foldMessage`);
 * - a package weakness: advisory + package + the file that names the package, without the version, so that an
 *   upgrade which is still vulnerable keeps its decisions (two vulnerable versions side by side are one finding);
 * - a network weakness: check + port + protocol (+ the name of the compliance check).
 *
 * Results that agree in all of this are one finding and are counted as duplicates of the report: the same rule on
 * the same text of the same file cannot be told apart without its line, and a line is no identity.
 */
export function fingerprintOf(kind: string, parts: readonly (string | number | null)[]): string {
  return hash("sha256", JSON.stringify([FINGERPRINT_VERSION, kind, ...parts]), "hex");
}

/** Text whose layout does not matter: blanks folded, so that a new indentation is no new weakness. */
export const foldText = (text: string): string => text.replaceAll(/\s+/g, " ").trim().slice(0, 8_000);

/** A message without what moves when lines move: `line 12`, `lines 3-9`, `a.c:12:7`, `column 4`. */
export const foldMessage = (message: string): string =>
  foldText(message)
    .replaceAll(/\b(lines?|columns?|col|offset)[ #:]{1,3}\d+(?:(?:-| to | and )\d+)?/gi, "$1 #")
    .replaceAll(SOURCE_LINE, "$1:#");

/** `a.c:12`, `a.c:12:7`: file endings of source code alone, because `example.com:443` is no line. */
const SOURCE_LINE = /(\.(?:c|cc|cpp|cs|go|h|hpp|html|java|jsx?|json|kt|php|py|rb|rs|scala|swift|tf|tsx?|vue|xml|ya?ml)):\d+(?::\d+)?\b/g;

/** A path as every machine would write it: forward slashes, no `./`, no digest of an image, no doubled slash. */
export function foldPath(path: string): string {
  if (!/\\|@sha256|\/\/|^\.\//.test(path)) return path;
  return path
    .replaceAll("\\", "/")
    .replace(/^(?:\.\/)+/, "")
    .replaceAll(/@sha256[:_][0-9a-f]{64}/g, "")
    .replaceAll(/([^:])\/{2,}/g, "$1/");
}
