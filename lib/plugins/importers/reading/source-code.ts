import type { Observed } from "../contract";
import { foldMessage, foldPath, foldText } from "../fingerprints";
import type { Limits } from "../limits";
import { filePlace } from "./file-place";
import { observed, type Reading } from "./observed";
import { line } from "./plain-text";
import { masked } from "./secrets";

/** A weakness in a file of source code, as an importer reads it. The title falls back to the rule's name. */
export type CodeReading = Omit<Reading, "identity" | "context" | "location" | "observation"> & {
  /** Name of the recipe: the detector's. */
  recipe: string;
  /** The file as the report names it; may be empty. */
  path: string | null;
  startLine: number | null;
  /** The flagged text alone, without the lines around it. */
  flagged: string | null;
  /** What is said of this place; it identifies where no text was flagged. */
  message: string | null;
  /** What is shown: the flagged text with the lines around it. */
  code?: string | null;
  /** More of what the tool saw. */
  seen?: readonly (string | null)[];
  /** The flagged text may hold a secret: it is covered before anything is made of it. */
  secret?: boolean;
};

/** The result for a weakness in code. Identity is rule, path and flagged text; the line is shown and is none of it. */
export function codeWeakness(reading: CodeReading, limits: Limits): Observed {
  const { recipe, path, startLine, flagged, message, code = flagged, seen = [], secret = false, ...rest } = reading;
  const shown = (text: string | null): string | null => (text !== null && secret ? masked(text) : text);
  const file = line(foldPath(path ?? ""), limits.locationChars);
  const place = filePlace(file, startLine);
  const text = foldText(shown(flagged) ?? "");
  const { key } = reading.rule;
  const snippet = shown(code);
  return observed(
    {
      ...rest,
      location: place,
      identity: text === "" ? [`${recipe} message`, key, file, foldMessage(message ?? "")] : [recipe, key, file, text],
      context: text === "" || file === "" ? null : [`${recipe} moved`, key, text],
      observation: [snippet === null || snippet.trim() === "" ? null : [place, snippet].filter((one) => one !== "").join("\n"), ...seen.map(shown)],
    },
    limits,
  );
}

/** `12: if x:` and `12 if x:` as tools print code around a place: the lines from `first` to `last`, without their numbers. */
export function numberedLines(code: string, first: number, last: number): string {
  const lines = code.slice(0, 100_000).split("\n").map((one) => /^\s{0,10}(\d{1,9})(?:[: \t](.*)|)$/.exec(one));
  const flagged = lines.filter((one) => one !== null && Number(one[1]) >= first && Number(one[1]) <= last).map((one) => one?.[2] ?? "");
  return flagged.length > 0 ? flagged.join("\n") : code;
}
