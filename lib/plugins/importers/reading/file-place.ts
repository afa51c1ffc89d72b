/** More than any file has. */
const MOST_LINES = 999_999_999;

/** A number that can be that of a line: whole, from 1 on. What a report calls a line beside that is none. */
export const lineNumber = (at: number | null): number | null => (at !== null && Number.isInteger(at) && at >= 1 && at <= MOST_LINES ? at : null);

/** `src/a.ts:12`, or the file alone where its line is not known; the line is for people and never part of an identity. */
export function filePlace(file: string, at: number | null): string {
  const line = lineNumber(at);
  return file === "" || line === null ? file : `${file}:${String(line)}`;
}
